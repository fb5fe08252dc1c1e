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
    for (const { kind, details } of erp.facts) {
      if (kind !== "receipt") continue;
      const isTold = erp.facts.some(
        (one) => one.kind === "receipt_written_back" && one.details.receiptId === details.receiptId,
      );
      const isUntold = this.isOpen("orderMarkAsPaid", ({ receiptId }) => receiptId === details.receiptId);
      if (isTold === isUntold)
        yield `receipt ${String(details.receiptId)} is told: ${String(isTold)}, open: ${String(isUntold)}`;
    }
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
