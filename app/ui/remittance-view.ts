import type { RemittanceEntry } from "#app/erp/actions/remittance.ts";
import type { RemittanceRow } from "#app/erp/actions/remittance-row.ts";
import type { ListPage } from "#app/lib/list-page.ts";

import type { PageAnswer } from "./page-answer.ts";

/** The list of what couriers paid out. */
export type RemittanceListView = { page: ListPage<RemittanceRow>; ignored: string[] };

/** What a file says, before anything is booked. Amounts are exact decimals. */
export type RemittancePreview = {
  count: number;
  amount: string;
  deduction: string;
  /** Of its first and last day of payment; null where nothing can be booked. */
  days: { first: string; last: string } | null;
  /** The first rows of it. */
  entries: RemittanceEntry[];
  /** Rows left out; `line` 0 is the file as a whole. */
  problems: { line: number; words: string }[];
  /** How many problems there are: no more than these are shown. */
  problemCount: number;
  /** What the file does not say, and a person can say for all its rows. */
  asks: ("reference" | "date")[];
};

/** What came of a wish on the page; of an upload also what the file says, or what was booked. */
export type RemittanceAnswer = PageAnswer & {
  preview?: RemittancePreview;
  booked?: { booked: number; already: number; queued: number };
};
