import type { RemittanceEntry } from "#app/erp/actions/remittance.ts";
import type { RemittanceRow } from "#app/erp/actions/remittance-row.ts";
import type { ListPage } from "#app/lib/list-page.ts";

import type { PageAnswer } from "./page-answer.ts";

/** The list of what couriers paid out. */
export type RemittanceListView = { page: ListPage<RemittanceRow>; ignored: string[] };

/** Rows of a file that cannot be read: nothing is booked of them, and no queue has them. */
export type RemittanceLeftOut = {
  /** The first of them; `line` 0 is the file as a whole. */
  problems: { line: number; words: string }[];
  count: number;
  /** All of them as they came, with line and reason, as a CSV that can be corrected and chosen again; null where it is the whole file. */
  csv: string | null;
};

/** What a file says, before anything is booked. Amounts are exact decimals. */
export type RemittancePreview = {
  count: number;
  amount: string;
  deduction: string;
  /** Of its first and last day of payment; null where nothing can be booked. */
  days: { first: string; last: string } | null;
  /** The first rows of it. */
  entries: RemittanceEntry[];
  leftOut: RemittanceLeftOut;
  /** What the file does not say, and a person can say for all its rows. */
  asks: ("reference" | "date")[];
};

/** What came of a wish on the page; of an upload also what the file says, or what was booked. */
export type RemittanceAnswer = PageAnswer & {
  preview?: RemittancePreview;
  booked?: { booked: number; already: number; queued: number; leftOut: RemittanceLeftOut };
};
