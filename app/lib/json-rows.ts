/**
 * Rows as one JSON parameter for `json_to_recordset`: a batch in one statement, whatever its columns.
 * PostgreSQL keeps neither the NUL character nor half of a surrogate pair in text, so a name that
 * carries one (people paste anything) loses that character here instead of failing its whole batch.
 */
export function toJsonRows(rows: readonly object[]): string {
  const json = JSON.stringify(rows);
  // JSON writes a NUL and a lone surrogate as escapes and nothing else as \u0000 or \ud...
  if (!json.includes("\\u0000") && !json.includes("\\ud")) return json;
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === "string" ? value.replaceAll("\u0000", "").toWellFormed() : value,
  );
}
