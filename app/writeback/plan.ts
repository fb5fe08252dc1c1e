/** What is to be done in Shopify for one intent, given what Shopify has now. Plans are pure; ids are Shopify's numbers as text. */
import type { IntentPayload } from "#app/outbox/outbox-intent.ts";
import type { Units } from "./order-now.ts";

export type SentTracking = Pick<IntentPayload<"fulfillmentCreate">, "awbNumber" | "courier" | "trackingUrl">;

/** Units of a fulfilment order's own lines. */
export type PartUnits = { id: string; qty: number };

/** One mutation, or the wait for what one has begun. */
export type Step =
  | { do: "moveFulfillmentOrder"; fulfillmentOrderId: string; locationId: string; lines: PartUnits[] }
  | {
      do: "createFulfillment";
      parts: { fulfillmentOrderId: string; lines: PartUnits[] }[];
      tracking: SentTracking;
      notifyCustomer: boolean;
    }
  | { do: "updateTracking"; fulfillmentId: string; tracking: SentTracking; notifyCustomer: boolean }
  | {
      do: "createEvent";
      fulfillmentId: string;
      status: IntentPayload<"fulfillmentEvent">["status"];
      happenedAt: string;
    }
  | { do: "cancelFulfillment"; fulfillmentId: string }
  | ({ do: "cancelOrder" } & IntentPayload<"orderCancel">)
  | { do: "awaitJob"; jobId: string }
  /** `lines`: the units to take off, and how many the line has before. */
  | ({ do: "editOrder"; lines: (Units & { from: number })[] } & Omit<IntentPayload<"orderEdit">, "lines">)
  | { do: "markAsPaid" }
  | { do: "createManualPayment"; amount: string; currency: string };

/** Both sides in words, and what a person can do. */
export type Conflict = { erp: string; shopify: string; next: string };

export type Plan =
  /**
   * `readAgain`: these change what there is to plan with, so Shopify is read and planned anew after them. `note`: what is to be
   * known if an answer does not come. `fulfillmentIds`: those that turned out to be the parcel already. `whenDenied`: what it comes to
   * where Shopify does not give the shop's app a payment of a part.
   */
  | {
      steps: Step[];
      readAgain?: true;
      note?: Partial<Progress>;
      fulfillmentIds?: string[];
      whenDenied?: PlannedEnd;
    }
  /** Nobody can know yet what came of an earlier try; ISO, when it is to be looked at again. */
  | { later: string }
  | PlannedEnd;

/** Nothing is to be done in Shopify. */
export type PlannedEnd =
  /** Shopify has it so; `fulfillmentIds`: those that turned out to be the parcel; `note`: what else is known by it. */
  | { already: string; fulfillmentIds?: string[]; note?: Partial<Progress> }
  | { conflict: Conflict }
  | { refused: { message: string; next: string } }
  /** It is not sent, and is no fault: the ERP itself no longer wishes it, or Shopify hears of it by another. */
  | { dropped: string };

/** What earlier tries of an intent have left behind; kept in the row's `answer`, also when it is done. */
export type Progress = {
  /** A mutation left and nobody knows what came of it: the answer was lost, or the worker died. */
  unsure?: boolean;
  /** A person chose not to send it while that was so: Shopify is read for what came of it, and nothing more is done. */
  unwanted?: boolean;
  /** When the last one left (ISO). */
  leftAt?: string;
  /** Fulfilments made or touched by it. */
  fulfillmentIds?: string[];
  /** Shopify's job that cancels the order. */
  jobId?: string;
  /** That job has ended. */
  jobEnded?: boolean;
  /** Fulfilments the order had before one was made: any other is newer, whatever the clocks say. */
  fulfillmentsBefore?: string[];
  /** Fulfilments that were to be cancelled. */
  cancelling?: string[];
  /** Payments the order had before one was booked. */
  paymentsBefore?: string[];
  /** What it books, decimal in the customer's currency. */
  booking?: string;
  /** How much more was received than that, or less, by rounding to whole rupees. */
  rounding?: string;
  /** The receipts of which Shopify is told by it; without it the intent's own. */
  receiptIds?: string[];
  /** Shopify's payment that it is. */
  paymentId?: string;
  /** Shopify answered that it marked the order as paid; or that it added a payment of the amount. */
  markedAsPaid?: boolean;
  partBooked?: boolean;
  /** Units not fulfilled before the edit left, by line id. */
  unfulfilledBefore?: Record<string, number>;
  /** Shopify's `updatedAt` of the order right after it. */
  orderUpdatedAt?: string;
  /** The same of each change, one for one, as Shopify answered it: by these our own are known where they come back. */
  orderChanges?: string[];
  /** What came of it, in words. */
  said?: string;
};

/** Lines added up by their id; those without units are left out. */
export function addUnits(...lists: (readonly Units[])[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { lineId, qty } of lists.flat()) sums.set(lineId, (sums.get(lineId) ?? 0) + qty);
  return sums;
}

/** "2 × Shirt, 1 × Cap". */
export function sayLines(lines: readonly Units[], titles: ReadonlyMap<string, string>): string {
  return lines.map(({ lineId, qty }) => `${String(qty)} × ${titles.get(lineId) ?? "an item"}`).join(", ");
}
