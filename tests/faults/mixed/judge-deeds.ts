import type { IntentOf } from "./both-sides.ts";
import { BothSides, qtyOf } from "./side-by-side.ts";

/** What was done: money and messages only as an action said, and the ERP's own facts as they were. */
export class DeedsJudge extends BothSides {
  /** Money and messages move only by an action that said so, and once. */
  *money(): Iterable<string> {
    const { ledger, moved, erp } = this;
    const refunded = moved.refunded - ledger.foreign.refunded;
    if (refunded > 0 && !ledger.refunding) yield `${String(refunded)} was refunded, and no action said so`;
    const paid = moved.paid - ledger.foreign.paid;
    const received = ledger.remitted.reduce((sum, amount) => sum + Math.round(Number(amount) * 100), 0);
    // Where an order grew while it was marked as paid, a person is told.
    if (paid > received && !this.isOpen("orderMarkAsPaid", () => true))
      yield `${String(paid)} was booked in Shopify, ${String(received)} received`;
    for (const body of ledger.mutations)
      if (!ledger.telling && !/CalculatedOrder/.test(body) && /"notify(?:Customer)?":true/.test(body))
        yield `a customer was written to: ${body}`;
    for (const { receiptId, isTold } of this.receipts()) {
      const isOf = ({ payload, kind }: IntentOf) =>
        kind === "orderMarkAsPaid" && payload.receiptId === receiptId;
      const isUntold =
        this.open.some(isOf) || erp.intents.some((one) => isOf(one) && one.status === "dropped");
      if (isTold === isUntold)
        yield `receipt ${String(receiptId)} is told: ${String(isTold)}, open: ${String(isUntold)}`;
    }
  }

  /**
   * What is still to be collected: what is owed in Shopify, less the receipts that Shopify does not know and the price of what the ERP
   * has cancelled and Shopify still asks for.
   */
  *collection(): Iterable<string> {
    const { shopify, erp } = this;
    if (erp.method !== "COD" || shopify.cancelled) return;
    // What will not arrive collects nothing, and its share goes to nobody else.
    const isLost =
      erp.parcels.some(({ state }) => /rto|lost|cancelled/.test(state)) ||
      shopify.fulfillments.some(({ live }) => !live);
    if (isLost || erp.lines.every(({ qty, cancelled }) => cancelled === qty)) return;
    const kept = erp.lines.reduce((sum, { id, qty, cancelled }) => {
      const line = shopify.lines.find((one) => one.id === id);
      if (line === undefined) return sum;
      const price = (units: number) => Math.round((line.price * units) / line.qty);
      const units = Math.max(0, line.current - (qty - cancelled));
      return sum + price(line.qty - line.current + units) - price(line.qty - line.current);
    }, 0);
    const untold = this.receipts().reduce((sum, { isTold, minor }) => sum + (isTold ? 0 : minor), 0);
    const owed = Math.round(shopify.outstanding * 100) - untold - kept;
    const collected = Math.round(erp.collect * 100);
    if (collected < owed)
      yield `${String(collected)} is to be collected, but ${String(owed)} is owed and not received`;
    // A parcel whose share is less by an edit or a payment, or of which Shopify has another parcel that somebody is asked about, has perhaps
    // paid more than its share: that is nobody else's.
    const isAsked = this.isOpen("fulfillmentCreate", () => true);
    if (collected > Math.max(0, owed) && !this.ledger.reshaped && !isAsked)
      yield `${String(collected)} is to be collected, but only ${String(owed)} is owed and not received`;
  }

  private receipts(): { receiptId: string | undefined; minor: number; isTold: boolean }[] {
    const { facts } = this.erp;
    return facts.flatMap(({ kind, details: { receiptId, amount } }) => {
      if (kind !== "receipt") return [];
      const isTold = facts.some(
        (one) => one.kind === "receipt_written_back" && one.details.receiptId === receiptId,
      );
      return { receiptId, isTold, minor: Math.round(Number(amount) * 100) };
    });
  }

  /** Law 8: what the ERP did stands. */
  *ownFacts(): Iterable<string> {
    for (const line of this.erp.lines) {
      const own = (kind: string) =>
        this.erp.facts
          .filter((one) => one.kind === kind && one.lineId === line.id)
          .reduce((sum, { qty }) => sum + (qty ?? 0), 0);
      const handedOver = own("handed_over");
      const inParcels = this.erp.parcels
        .filter((one) => one.origin === "erp" && one.state !== "cancelled")
        .reduce((sum, one) => sum + qtyOf(one.lines, line.id), 0);
      if (inParcels !== handedOver)
        yield `line ${line.id}: ${String(handedOver)} handed over, ${String(inParcels)} in the ERP's parcels`;
      if (Math.min(handedOver, line.qty) > line.shipped + line.cancelled)
        yield `line ${line.id}: ${String(handedOver)} handed over, ${String(line.shipped)} shipped`;
      const cancelled = Math.min(own("cancelled"), line.qty - Math.min(handedOver, line.qty));
      if (cancelled > line.cancelled)
        yield `line ${line.id}: ${String(cancelled)} cancelled by the ERP, ${String(line.cancelled)} cancelled`;
    }
  }
}
