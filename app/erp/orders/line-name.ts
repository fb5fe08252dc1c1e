/** What a person calls a line of an order: "Kurta (M / Red)", for two of one product are told apart by their variants alone. */
export function lineName({ title, variantTitle }: { title: string; variantTitle: string | null }): string {
  return variantTitle === null || variantTitle === "" ? title : `${title} (${variantTitle})`;
}
