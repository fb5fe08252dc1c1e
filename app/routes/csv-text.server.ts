import { stringify } from "csv-stringify/sync";

import { CSV_FORM } from "./csv-form.ts";

/** A short CSV, its first row the names of its columns; as every export is written. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    CSV_FORM,
  );
}
