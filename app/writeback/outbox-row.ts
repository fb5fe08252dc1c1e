import type { IntentRow } from "#app/outbox/intent-row.ts";
import type { IntentStanding } from "#app/outbox/intent-standing.ts";
import type { Conflict } from "./plan.ts";

/** What an intent is about, as people call it, and what is wished, in words. */
export type NamedIntent = {
  orderNumber: string | null;
  /** Of a stock level: whose it is and where; null of an order. */
  stock: { skuId: string | null; sku: string; location: string } | null;
  words: string;
};

/** An intent for a page: what was wished of which order or stock level, how it stands, and what a person can do. Times ISO. */
export type OutboxRow = Omit<IntentRow, "payload" | "conflict" | "answer" | "leasedUntil"> &
  NamedIntent & {
    /** Its status; of what waits, what it waits for. */
    standing: IntentStanding;
    /** Both sides, where they differ. */
    conflict: Conflict | null;
    /** What came of it, in words; null where there is no more to say than its status. */
    said: string | null;
    /** What to do about `errorCode`. */
    next: string | null;
  };
