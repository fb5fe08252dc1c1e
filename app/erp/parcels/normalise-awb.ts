/** An AWB (tracking number) as carriers and people write it, in one spelling: no blanks or dashes, capitals; null for none. */
export function normaliseAwb(awb: string | null): string | null {
  const text = awb?.replace(/[\s-]+/g, "").toUpperCase() ?? "";
  return text === "" ? null : text;
}
