import { normaliseAwb } from "#app/erp/parcels/normalise-awb.ts";
import type { ErpSide, IntentOf, ShopifySide } from "./both-sides.ts";
import { BothSides, OPEN, qtyOf } from "./side-by-side.ts";

/** What is said of an order: its header and status, what became of its parcels, and what is shown as not done. */
export class WordsJudge extends BothSides {
  *header(): Iterable<string> {
    const { shopify, erp } = this;
    if (shopify.cancelled !== erp.cancelled)
      yield `Shopify's order is ${shopify.cancelled ? "" : "not "}cancelled, the ERP has it otherwise`;
    if (shopify.financial !== erp.financial.toUpperCase())
      yield `Shopify says ${shopify.financial}, the ERP ${erp.financial}`;
    if (Math.abs(shopify.outstanding - erp.outstanding) > 0.001)
      yield `${String(shopify.outstanding)} is to be paid in Shopify, ${String(erp.outstanding)} in the ERP`;
    if (shopify.held !== erp.holds.some(({ kind }) => kind === "shopify"))
      yield `Shopify's order is ${shopify.held ? "" : "not "}on hold, the ERP has it otherwise`;
    yield* this.status();
  }

  *status(): Iterable<string> {
    const status = this.statusByTable();
    if (!status.includes(this.erp.status))
      yield `the status is ${this.erp.status}, by its lines ${status.join(" or ")}`;
  }

  /** The table of docs/order-status.md. */
  private statusByTable(): string[] {
    const sum = (of: (line: ErpSide["lines"][number]) => number) =>
      this.erp.lines.reduce((all, line) => all + of(line), 0);
    const live = sum(({ qty, cancelled }) => qty - cancelled);
    const [shipped, delivered, rto, returned] = [
      sum((line) => line.shipped),
      sum((line) => line.delivered),
      sum((line) => line.rto),
      sum((line) => line.returned),
    ];
    if (live === 0) return ["cancelled"];
    // What came back and is readied again is open; the rows do not say which of it.
    if (rto > 0)
      return [
        "rto",
        "shipped",
        "partially_shipped",
        "open",
        "on_hold",
        "partially_delivered",
        "partially_returned",
        "returned",
      ];
    if (returned > 0) return returned === live ? ["returned"] : ["partially_returned"];
    if (delivered > 0) return delivered === live ? ["delivered"] : ["partially_delivered"];
    if (shipped > 0) return shipped === live ? ["shipped"] : ["partially_shipped"];
    return [this.erp.holds.length > 0 || this.erp.stopShip !== null ? "on_hold" : "open"];
  }

  /** What became of a parcel: Shopify was told the ERP's word, or it is shown that it was not. */
  *courierWords(): Iterable<string> {
    for (const { id, origin, state, lines } of this.erp.parcels) {
      const live = this.shopify.fulfillments.filter((one) => one.live && this.owners.get(one.id) === id);
      if (live.length === 0 || state === "cancelled") continue;
      const isDelivered = live.some(({ display }) => display === "DELIVERED");
      const isAsked = [...lines.keys()].some((lineId) => this.caseOf(id, lineId) > 0);
      const isUntold = this.isOpen("fulfillmentEvent", ({ parcelId }) => parcelId === id);
      if (state === "delivered" && !isDelivered && !isUntold && !this.isOverruled(live, "DELIVERED"))
        yield `parcel ${id} is delivered, Shopify says ${live.map(({ display }) => display).join()}`;
      if (isDelivered && state !== "delivered" && !isAsked)
        yield `Shopify has parcel ${id} (${origin}) delivered, the ERP ${state}`;
    }
  }

  /** A parcel's AWB is in Shopify, unless somebody has changed it there since it was told, or it is shown that it was not. */
  *tracking(): Iterable<string> {
    for (const { id, origin, state, awb } of this.erp.parcels) {
      if (origin !== "erp" || state === "cancelled" || awb === null) continue;
      const isUntold =
        this.isOpen("fulfillmentCreate", ({ parcelId }) => parcelId === id) ||
        this.isOpen("trackingUpdate", ({ parcelId }) => parcelId === id);
      if (isUntold) continue;
      for (const one of this.shopify.fulfillments) {
        if (!one.live || this.owners.get(one.id) !== id) continue;
        if (this.ledger.retracked.has(`gid://shopify/Fulfillment/${one.id}`)) continue;
        if (!one.awbs.some((told) => normaliseAwb(told) === normaliseAwb(awb)))
          yield `parcel ${id} has AWB ${awb}, Shopify's fulfilment ${one.id} ${one.awbs.join()}`;
      }
    }
  }

  /** Shopify was told once, and a carrier said something else later: the ERP's word stands. */
  private isOverruled(live: ShopifySide["fulfillments"], word: string): boolean {
    return live.some(({ events }) => events.includes(word));
  }

  /** What is not done says why in words, and nothing is left over that would be done if it were tried. */
  *shown(): Iterable<string> {
    for (const { kind, status, error, conflict } of this.erp.intents) {
      if (OPEN.includes(status) && !error) yield `${kind} ${status} without a word`;
      if (status === "conflict" && !(conflict?.erp && conflict.shopify && conflict.next))
        yield `${kind} conflict without both sides`;
      if (status === "waiting" && !this.open.some((one) => OPEN.includes(one.status)))
        yield `${kind} waits for ever`;
    }
    const isAgain = this.erp.facts.some(({ kind }) => kind === "rto_received");
    if (this.ledger.foreignActs === 0 && !isAgain)
      for (const { kind, status, error } of this.erp.intents)
        if (OPEN.includes(status))
          yield `nobody else did anything, and yet ${kind} is ${status}: ${String(error)}`;
  }

  /** Tried again and still open: each is about something that does differ now. */
  *genuine(): Iterable<string> {
    for (const { kind, payload, status, error } of this.open) {
      if (!OPEN.includes(status)) continue;
      if (!this.isAboutSomething(kind, payload))
        yield `${kind} is ${status} though nothing differs: ${String(error)}`;
    }
  }

  private isAboutSomething(kind: IntentOf["kind"], payload: IntentOf["payload"]): boolean {
    // Taken back, and heard of from a carrier after all: a parcel of Shopify's, and still the one that is asked back.
    const isTied = (id: string) =>
      this.erp.facts.some(
        ({ kind, parcelId, details }) =>
          kind === "parcel_linked" && parcelId === payload.parcelId && details.fulfillmentId === id,
      );
    const own = this.shopify.fulfillments.filter(
      ({ id }) => this.owners.get(id) === payload.parcelId || id === payload.parcelId || isTied(id),
    );
    const live = own.filter((one) => one.live);
    switch (kind) {
      case "fulfillmentCreate":
        return (
          payload.lines?.some(
            ({ lineId, qty }) => live.reduce((sum, one) => sum + qtyOf(one.lines, lineId), 0) !== qty,
          ) === true
        );
      case "fulfillmentCancel":
        return live.length > 0;
      case "trackingUpdate":
        return live.length === 0;
      case "fulfillmentEvent":
        return live.length === 0 || live.some(({ display }) => display === "DELIVERED");
      case "orderCancel":
        return !this.shopify.cancelled;
      case "orderEdit":
        return !this.shopify.cancelled && this.shopify.lines.some(({ unfulfilled }) => unfulfilled > 0);
      case "orderMarkAsPaid":
        return true;
      case "inventorySet":
        return true;
    }
  }
}
