import { CsvError, parse } from "csv-parse/sync";

import {
  readRemittanceRows,
  separatorOf,
  type CsvRow,
  type ReadRemittances,
  type RemittanceDefaults,
} from "./read-remittance-rows.ts";

/** What a courier's CSV says it paid out; nothing is booked by it. */
export function parseRemittances(text: string, defaults?: RemittanceDefaults): ReadRemittances {
  const bare = text.replace(/^\uFEFF/, "");
  try {
    const rows = parse(bare, {
      ...{
        delimiter: separatorOf(bare),
        info: true,
        skip_empty_lines: true,
        skip_records_with_empty_values: true,
      },
      ...{ relax_column_count: true, relax_quotes: true, trim: true },
      // With `info` a record comes in an envelope, which the library's types do not say.
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return readRemittanceRows(
      rows.map(({ record, info }): CsvRow => ({ line: info.lines, cells: record })),
      defaults,
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return {
      entries: [],
      problems: [{ line: 0, words: "The file is no CSV: save it as CSV in your spreadsheet." }],
    };
  }
}
