import type { NewFact } from "#app/erp/facts/new-fact.ts";
import type { SendableIntent } from "./plan-intent.ts";
import type { Progress } from "./plan.ts";

/** What the ERP learns when an intent is done: which fulfilments are its parcel, and that Shopify knows of receipts. */
export function factsOfSending({ kind, payload }: SendableIntent, progress: Progress): NewFact[] {
  if (kind === "orderMarkAsPaid") {
    const { orderUpdatedAt: knownAt, receiptIds = [payload.receiptId] } = progress;
    return receiptIds.map((receiptId) =>
      factOf("receipt_written_back", null, {
        ...{ receiptId, ...(knownAt ? { knownAt } : {}) },
        ...(receiptId === payload.receiptId ? knownPayment(progress) : {}),
      }),
    );
  }
  if (kind !== "fulfillmentCreate") return [];
  return (progress.fulfillmentIds ?? []).map((fulfillmentId) =>
    factOf("parcel_linked", payload.parcelId, { fulfillmentId }),
  );
}

/** Which payment of Shopify's it is, and what rounding makes it differ. */
function knownPayment({ paymentId, rounding }: Progress) {
  const isRounded = rounding !== undefined && /[1-9]/.test(rounding);
  return { ...(paymentId === undefined ? {} : { paymentId }), ...(isRounded ? { rounding } : {}) };
}

function factOf(kind: string, parcelId: string | null, details: NewFact["details"]): NewFact {
  return { kind, lineId: null, parcelId, qty: null, details };
}
