import type { NewFact } from "#app/erp/facts/new-fact.ts";
import type { SendableIntent } from "./plan-intent.ts";
import type { Progress } from "./plan.ts";

/** What the ERP learns when an intent is done: which fulfilments are its parcel, and that Shopify knows of a receipt. */
export function factsOfSending({ kind, payload }: SendableIntent, progress: Progress): NewFact[] {
  if (kind === "orderMarkAsPaid") {
    const { orderUpdatedAt: knownAt } = progress;
    return [
      factOf("receipt_written_back", null, { receiptId: payload.receiptId, ...(knownAt ? { knownAt } : {}) }),
    ];
  }
  if (kind !== "fulfillmentCreate") return [];
  return (progress.fulfillmentIds ?? []).map((fulfillmentId) =>
    factOf("parcel_linked", payload.parcelId, { fulfillmentId }),
  );
}

function factOf(kind: string, parcelId: string | null, details: NewFact["details"]): NewFact {
  return { kind, lineId: null, parcelId, qty: null, details };
}
