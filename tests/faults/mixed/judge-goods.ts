import type { ErpSide } from "./both-sides.ts";
import { BothSides, qtyOf } from "./side-by-side.ts";

/** Parcels and units: Shopify has them as the ERP has, or what is shown says just why not. */
export class GoodsJudge extends BothSides {
  /** Every fulfilment that stands is one parcel of the ERP's, or of one that is asked back from Shopify. */
  *fulfilments(): Iterable<string> {
    for (const { id, live } of this.shopify.fulfillments) {
      if (!live) continue;
      const owner = this.owners.get(id);
      if (owner === undefined) yield `fulfilment ${id} is no parcel in the ERP`;
      else if (
        !this.erp.parcels.some((one) => one.id === owner && one.state !== "cancelled") &&
        !this.isOpen("fulfillmentCancel", ({ parcelId }) => parcelId === owner || parcelId === id)
      )
        yield `fulfilment ${id} stands, but its parcel ${owner} did not leave, and nobody is told`;
    }
  }

  /** Every parcel that left is fulfilled in Shopify, unit by unit and once. */
  *parcels(): Iterable<string> {
    for (const { id, state, lines } of this.erp.parcels) {
      if (state === "cancelled") continue;
      const own = this.shopify.fulfillments.filter((one) => this.owners.get(one.id) === id);
      const live = own.filter((one) => one.live);
      const ids = new Set([...lines.keys(), ...live.flatMap((one) => [...one.lines.keys()])]);
      for (const lineId of ids) {
        const held = qtyOf(lines, lineId);
        const told = live.reduce((sum, one) => sum + qtyOf(one.lines, lineId), 0);
        if (told > held && !this.isOpen("fulfillmentCreate", ({ parcelId }) => parcelId === id))
          yield `parcel ${id} holds ${String(held)} of ${lineId}, Shopify fulfilled ${String(told)} of it`;
        if (told >= held) continue;
        const isUntold = this.isOpen("fulfillmentCreate", ({ parcelId }) => parcelId === id);
        const isCancelled = own.some((one) => !one.live);
        const isAskedBack = isCancelled && this.caseOf(id, lineId) > 0;
        const isTold = this.erp.notApplied.some(
          ({ rule, parcelId }) => rule === "fulfilment-cancelled-after-handover" && parcelId === id,
        );
        // Goods that have arrived are not asked back.
        if (!isUntold && !isAskedBack && !(isTold && state === "delivered"))
          yield `parcel ${id} (${state}) holds ${String(held)} of ${lineId}, Shopify fulfilled ${String(told)}, and nothing says so`;
      }
    }
  }

  /** Units that will not be sent are the same on both sides, line by line. */
  *lines(): Iterable<string> {
    const { shopify, erp } = this;
    const ids = erp.lines.map(({ id }) => id);
    const missing = shopify.lines.filter(({ id, qty }) => !ids.includes(id) && qty > 0);
    if (missing.length > 0) yield `the ERP has no line ${missing.map(({ id }) => id).join(", ")}`;
    for (const line of erp.lines) {
      const told = shopify.lines.find(({ id }) => id === line.id);
      if (!told || told.qty !== line.qty) {
        yield `line ${line.id}: ${String(line.qty)} ordered, Shopify has ${String(told?.qty)}`;
        continue;
      }
      const live = shopify.fulfillments.filter((one) => one.live);
      const fulfilled = live.reduce((sum, one) => sum + qtyOf(one.lines, line.id), 0);
      if (fulfilled > told.qty) yield `line ${line.id}: more fulfilled than ordered`;
      const cancelled = told.qty - fulfilled - told.unfulfilled;
      yield* this.cancelled(line, cancelled);
      yield* this.shipped(line);
    }
  }

  private *cancelled(line: ErpSide["lines"][number], inShopify: number): Iterable<string> {
    const words = `line ${line.id}: ${String(line.cancelled)} cancelled in the ERP, ${String(inShopify)} in Shopify`;
    if (line.cancelled > inShopify) {
      const isUntold =
        this.isOpen("orderCancel", () => true) ||
        this.isOpen("orderEdit", ({ lines }) => lines?.some(({ lineId }) => lineId === line.id) === true);
      const backUnits = this.erp.cases.reduce((sum, one) => sum + qtyOf(one.lines, line.id), 0);
      if (!isUntold && backUnits < line.cancelled - inShopify) yield words;
    }
    if (line.cancelled < inShopify) {
      const missed = inShopify - line.cancelled;
      const isStopped = this.erp.stopShip !== null || this.isConfirmed(line.id);
      const packed = isStopped ? line.packed : 0;
      const out = this.erp.parcels
        .filter((one) => one.origin === "erp" && one.state !== "cancelled")
        .filter(
          (one) =>
            this.isOpen("fulfillmentCreate", ({ parcelId }) => parcelId === one.id) ||
            this.caseOf(one.id, line.id) > 0,
        )
        .reduce((sum, one) => sum + qtyOf(one.lines, line.id), 0);
      if (packed + out + qtyOf(this.shopify.forgiven, line.id) < missed) yield words;
    }
  }

  /** A person said that what is packed may leave, though Shopify's order has so many of it now. */
  private isConfirmed(lineId: string): boolean {
    const now = this.shopify.lines.find(({ id }) => id === lineId)?.current;
    return this.erp.facts.some(
      ({ kind, details }) =>
        kind === "stop_ship_confirmed" && details.keys?.includes(`line-${lineId}-${String(now)}`),
    );
  }

  private *shipped(line: ErpSide["lines"][number]): Iterable<string> {
    const out = this.erp.parcels
      .filter(({ state }) => state !== "cancelled")
      .reduce((sum, one) => sum + qtyOf(one.lines, line.id), 0);
    const back = this.erp.cases.reduce((sum, one) => sum + qtyOf(one.lines, line.id), 0);
    const shipped = Math.max(line.shipped, line.delivered);
    const untold = this.erp.parcels
      .filter((one) => this.isOpen("fulfillmentCreate", ({ parcelId }) => parcelId === one.id))
      .reduce((sum, one) => sum + qtyOf(one.lines, line.id), 0);
    // Beyond what counts as shipped: it came back and went again, is asked back, or Shopify has another parcel of the same goods.
    if (out < shipped) yield `line ${line.id}: ${String(shipped)} shipped, ${String(out)} in parcels`;
    if (out - shipped > back + untold)
      yield `line ${line.id}: ${String(out)} in parcels, ${String(shipped)} shipped, ${String(back)} in cases`;
  }
}
