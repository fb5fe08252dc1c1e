/**
 * Text as PostgreSQL can keep it: without the NUL character and halves of surrogate pairs (people paste anything).
 * Cut on the way in, so that what is computed equals what was stored the last time.
 */
export function storableText(text: string): string {
  const clean = text.includes("\u0000") ? text.replaceAll("\u0000", "") : text;
  return clean.isWellFormed() ? clean : clean.toWellFormed();
}
