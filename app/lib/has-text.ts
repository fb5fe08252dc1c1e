import type { Condition } from "./asked-conditions.ts";

/**
 * SQL, with a `?` for what was typed: whether a column has it somewhere, whatever the case. It is compared whole, so that a % or _ that
 * somebody types means itself.
 */
export const hasText = (column: string) => `strpos(lower(${column}), lower(?)) > 0`;

/** The condition that one of the columns has what was searched for; none where nothing was. */
export function searchedIn(columns: readonly string[], search: string): Condition[] {
  if (search === "") return [];
  return [[`(${columns.map(hasText).join(" or ")})`, ...columns.map(() => search)]];
}

/** The same of texts in memory. */
export function someHasText(texts: readonly (string | null)[], search: string): boolean {
  const wanted = search.toLowerCase();
  return wanted === "" || texts.some((text) => text?.toLowerCase().includes(wanted));
}
