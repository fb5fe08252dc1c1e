/**
 * A SKU text as it is stored and compared: outer blanks cut, case kept (Shopify tells "a1" from "A1").
 * @returns null for a blank one, which never matches anything
 */
export function normaliseSkuCode(text: string | null | undefined): string | null {
  const code = text?.trim();
  return code === undefined || code === "" ? null : code;
}
