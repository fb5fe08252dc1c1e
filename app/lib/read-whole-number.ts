/** A whole number as a form has it, within its limits; null for anything else: no sign, no fraction, no "1e2". */
export function readWholeNumber(
  text: string,
  { least, most }: { least: number; most: number },
): number | null {
  const number = Number(text);
  return /^\d{1,9}$/.test(text.trim()) && number >= least && number <= most ? number : null;
}
