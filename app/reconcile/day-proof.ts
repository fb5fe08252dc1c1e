import type { AppError } from "#app/lib/errors.ts";

/** An order as Shopify listed it when a day was checked; `total` is a decimal. */
export type ToldOrder = { number: string; total: string; currency: string };

/** One day of a shop's orders: what Shopify has against what the ERP holds. Test orders count on neither side. */
export type DayProof = {
  shop: string;
  /** `YYYY-MM-DD` in `timeZone`; an order belongs to the day it was created at Shopify. */
  day: string;
  timeZone: string;
  /** The shop's; null while neither the shop nor an order has told it. */
  currency: string | null;
  /** Null where Shopify could not be asked, or its list is not its count. */
  shopifyOrders: number | null;
  /** Current totals in minor units of the shop's currency; null where they were not listed. */
  shopifyTotalMinor: number | null;
  erpOrders: number;
  erpTotalMinor: number;
  /** Ids Shopify lists and the ERP has no order for. */
  missing: string[];
  /** Ids of orders whose total is not Shopify's, or which Shopify lists no more and the ERP still counts. */
  differing: string[];
  /** Cache entries of that day's orders that wait for the processor, and that failed. */
  pending: number;
  failed: number;
  onHold: number;
  /** What Shopify listed of `missing` and `differing`, by id; an order it lists no more is not in it. */
  told: Record<string, ToldOrder>;
  /** Why the comparison is not complete, and what to do, in a merchant's words. */
  problem: string | null;
  /** What kept us from learning what Shopify has; `problem` says it too. Not stored. */
  refusal: AppError | null;
  checkedAt: Date;
};

/** The proof of one day for a page or the API: plain data that survives JSON. Times in UTC, amounts as decimals. */
export type ProofLine = {
  day: string;
  isYesterday: boolean;
  timeZone: string;
  /** never: nobody has checked that day; stale: it was checked more than 25 hours ago. */
  state: "never" | "fresh" | "stale";
  /** The last day that was checked at all, if any. */
  lastCheckedDay: string | null;
  proof: StoredProof | null;
};

/** What `DailyProof` holds of a day; the fields mean what they mean in `DayProof`. */
export type StoredProof = {
  currency: string | null;
  shopifyOrders: number | null;
  shopifyTotal: string | null;
  erpOrders: number;
  erpTotal: string;
  missing: string[];
  differing: string[];
  pending: number;
  failed: number;
  onHold: number;
  problem: string | null;
  checkedAt: string;
};
