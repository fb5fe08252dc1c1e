import { normaliseAwb } from "#app/erp/parcels/normalise-awb.ts";
import type { ErpSide, IntentOf, ShopifySide, Units } from "./both-sides.ts";
import type { Ledger, Money } from "./ledger.ts";

/** Both sides of one order, and who did what. */
export type Judged = { shopify: ShopifySide; erp: ErpSide; ledger: Ledger; money: Money };

const OPEN = ["conflict", "refused"];

/**
 * Where the two sides of an order at rest do not agree by the table of docs/order-status.md and nothing that is shown says just that:
 * a change that Shopify did not take, a case, packed goods that must not leave. Empty when all is well.
 */
export function judgeOrder(of: Judged): string[] {
  const one = new Judge(of);
  return [
    ...one.fulfilments(),
    ...one.parcels(),
    ...one.lines(),
    ...one.header(),
    ...one.courierWords(),
    ...one.money(),
    ...one.ownFacts(),
    ...one.shown(),
  ];
}

const qtyOf = (units: Units | undefined, lineId: string) => units?.get(lineId) ?? 0;

class Judge {
  private readonly shopify: ShopifySide;
  private readonly erp: ErpSide;
  private readonly ledger: Ledger;
  private readonly moved: Money;
  /** Not done, and not going to be by itself: where it differs, or behind one that does. */
  private readonly open: IntentOf[];
  /** Parcel that a fulfilment is, by the fulfilment's id. */
  private readonly owners = new Map<string, string>();
  private readonly takenBack: ReadonlySet<string>;

  constructor({ shopify, erp, ledger, money }: Judged) {
    this.shopify = shopify;
    this.erp = erp;
    this.ledger = ledger;
    this.moved = money;
    const first = erp.intents.findIndex(({ status }) => OPEN.includes(status));
    this.open = erp.intents.filter(
      ({ status }, i) => OPEN.includes(status) || (status === "waiting" && first >= 0 && i > first),
    );
    this.takenBack = new Set(
      erp.facts.flatMap(({ kind, parcelId }) => (kind === "taken_back" && parcelId !== null ? [parcelId] : [])),
    );
    for (const { id, awbs } of shopify.fulfillments) {
      const owner = this.ownerOf(id, awbs);
      if (owner !== null) this.owners.set(id, owner);
    }
  }

  private ownerOf(id: string, awbs: readonly string[]): string | null {
    const linked = this.erp.facts.find(
      ({ kind, details }) => kind === "parcel_linked" && details.fulfillmentId === id,
    );
    if (linked?.parcelId) return linked.parcelId;
    const numbers = awbs.map((awb) => normaliseAwb(awb));
    const labelled = this.erp.facts.find(
      ({ kind, parcelId, details }) =>
        ["handed_over", "tracking"].includes(kind) &&
        parcelId !== null &&
        details.awbNumber != null &&
        numbers.includes(normaliseAwb(details.awbNumber)),
    );
    if (labelled?.parcelId) return labelled.parcelId;
    return this.erp.parcels.find((one) => one.id === id || one.fulfillmentId === id)?.id ?? null;
  }

  private isOpen(kind: IntentOf["kind"], fits: (payload: IntentOf["payload"]) => boolean): boolean {
    return this.open.some((one) => one.kind === kind && fits(one.payload));
  }

  private caseOf(parcelId: string, lineId: string): number {
    const aliases = [parcelId, ...[...this.owners].flatMap(([id, owner]) => (owner === parcelId ? [id] : []))];
    return this.erp.cases
      .filter((one) => one.parcelId !== null && aliases.includes(one.parcelId))
      .reduce((sum, one) => sum + qtyOf(one.lines, lineId), 0);
  }

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
        const isAskedBack = own.some((one) => !one.live) && this.caseOf(id, lineId) > 0;
        if (!isUntold && !isAskedBack)
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
      const packed = this.erp.stopShip !== null ? line.packed : 0;
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
    const status = this.statusByTable();
    if (!status.includes(erp.status)) yield `the status is ${erp.status}, by its lines ${status.join(" or ")}`;
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
    if (rto > 0) return ["rto", "shipped", "partially_shipped", "open", "on_hold", "partially_delivered", "partially_returned", "returned"];
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

  /** Shopify was told once, and a carrier said something else later: the ERP's word stands. */
  private isOverruled(live: ShopifySide["fulfillments"], word: string): boolean {
    return live.some(({ events }) => events.includes(word));
  }

  /** Money and messages move only by an action that said so, and once. */
  *money(): Iterable<string> {
    const { ledger, moved, erp } = this;
    const refunded = moved.refunded - ledger.foreign.refunded;
    if (refunded > 0 && !ledger.refunding) yield `${String(refunded)} was refunded, and no action said so`;
    const paid = moved.paid - ledger.foreign.paid;
    const received = ledger.remitted.reduce((sum, amount) => sum + Math.round(Number(amount) * 100), 0);
    if (paid > received) yield `${String(paid)} was booked in Shopify, ${String(received)} received`;
    for (const body of ledger.mutations)
      if (!ledger.telling && !/CalculatedOrder/.test(body) && /"notify(?:Customer)?":true/.test(body)) yield `a customer was written to: ${body}`;
    for (const { kind, details } of erp.facts) {
      if (kind !== "receipt") continue;
      const isTold = erp.facts.some(
        (one) => one.kind === "receipt_written_back" && one.details.receiptId === details.receiptId,
      );
      const isUntold = this.isOpen("orderMarkAsPaid", ({ receiptId }) => receiptId === details.receiptId);
      if (isTold === isUntold) yield `receipt ${String(details.receiptId)} is told: ${String(isTold)}, open: ${String(isUntold)}`;
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

  /** What is not done says why in words, and nothing is left over that would be done if it were tried. */
  *shown(): Iterable<string> {
    for (const { kind, status, error, conflict } of this.erp.intents) {
      if (OPEN.includes(status) && !error) yield `${kind} ${status} without a word`;
      if (status === "conflict" && !(conflict?.erp && conflict.shopify && conflict.next))
        yield `${kind} conflict without both sides`;
      if (status === "waiting" && !this.open.some((one) => OPEN.includes(one.status))) yield `${kind} waits for ever`;
    }
    const isAgain = this.erp.facts.some(({ kind }) => kind === "rto_received");
    if (this.ledger.foreignActs === 0 && !isAgain)
      for (const { kind, status, error } of this.erp.intents)
        if (OPEN.includes(status)) yield `nobody else did anything, and yet ${kind} is ${status}: ${String(error)}`;
  }

  /** Tried again and still open: each is about something that does differ now. */
  *genuine(): Iterable<string> {
    for (const { kind, payload, status, error } of this.open) {
      if (!OPEN.includes(status)) continue;
      if (!this.isAboutSomething(kind, payload)) yield `${kind} is ${status} though nothing differs: ${String(error)}`;
    }
  }

  private isAboutSomething(kind: IntentOf["kind"], payload: IntentOf["payload"]): boolean {
    const own = this.shopify.fulfillments.filter(
      (one) => this.owners.get(one.id) === payload.parcelId || one.id === payload.parcelId,
    );
    const live = own.filter((one) => one.live);
    switch (kind) {
      case "fulfillmentCreate":
        return payload.lines?.some(
          ({ lineId, qty }) => live.reduce((sum, one) => sum + qtyOf(one.lines, lineId), 0) !== qty,
        ) === true;
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

/** As judgeOrder, for differences that were tried again: each that is left is about something. */
export function judgeLeft(of: Judged): string[] {
  return [...new Judge(of).genuine()];
}
