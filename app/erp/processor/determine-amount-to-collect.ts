import { toMinor } from "#app/lib/money.ts";
import type { Receipt } from "#app/erp/facts/order-facts.ts";
import { apportion } from "#app/erp/orders/apportion.ts";
import type { PaymentVerdict } from "#app/settings/determine-payment-method.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { OrderLinePart } from "#app/shopify/codecs/order-parts.ts";
import type { LineState } from "./determine-line-quantities.ts";
import { lineTotal } from "./build-order-charges.ts";
import type { OrderStatusResult } from "./determine-order-status.ts";
import type { ShippedParcel } from "./determine-shipped-quantities.ts";
import { collectUnit, roundToCollect } from "./round-to-collect.ts";

export type AmountToCollect = {
  /** What is still to be collected for the whole order, presentment minor units. */
  orderMinor: number;
  /** Parcel id → what its label says. */
  byParcel: ReadonlyMap<string, number>;
  /** The share of what is packed and still here: what its label says. */
  packedMinor: number;
};

/**
 * What the labels say: for COD what is outstanding, apportioned over the parcels and what is still to be sent by the worth
 * of the goods, to the exact sum. Receipts count once: one that Shopify does not know of yet lowers what is outstanding,
 * and what a courier remitted for a parcel is that parcel's alone. Goods that come back collect nothing, and their share
 * goes to nobody else. What the ERP has cancelled is off what is outstanding by its whole price, as it will be when
 * Shopify is told: a label printed in between stays true.
 */
export function determineAmountToCollect(
  order: OrderSnapshot,
  status: Pick<OrderStatusResult, "lines" | "shipped">,
  {
    payment,
    receipts,
    round,
  }: {
    payment: Pick<PaymentVerdict, "paymentMethod">;
    receipts: readonly Receipt[];
    round: ShopSettings["roundRupees"];
  },
): AmountToCollect {
  if (payment.paymentMethod !== "COD" || order.cancelledAt !== null) return NOTHING_TO_COLLECT;
  const unit = collectUnit(order.presentmentCurrency, round);
  const parcels = status.shipped.parcels.filter(({ left }) => left);
  if (order.deletedAt && parcels.length === 0) return NOTHING_TO_COLLECT;
  const { weights, neverSent } = weigh(order, status, parcels);
  const rounded = (minor: number) => roundToCollect(minor, order.presentmentCurrency, round);
  const owed = Math.max(0, grossMinor(order, receipts, parcels) - priceTakenOff(order, neverSent));
  if (rounded(owed) === 0 || weights.every((weight) => weight === 0)) return NOTHING_TO_COLLECT;

  const split = (minor: number, by: readonly number[]) =>
    apportion(minor / unit, by).map((share) => share * unit);
  const printedOf = ({ erp }: ShippedParcel) => minorOf(erp?.amountToCollect, order.presentmentCurrency);
  const shares = shareOut(owed, parcels, weights, { rounded, split, printedOf });
  const byParcel = new Map<string, number>();
  let orderMinor = 0;
  let beyond = 0;
  for (const [i, parcel] of parcels.entries()) {
    const remitted = sumReceipts(order, receipts, ({ parcelId }) => isOf(parcel, parcelId));
    const share = shares[i] ?? 0;
    const collects = willArrive(parcel) ? Math.max(0, share - remitted) : 0;
    byParcel.set(parcel.id, collects);
    orderMinor += collects;
    beyond += Math.max(0, remitted - share);
  }
  // What came for a parcel beyond its share, as when its share is less since the order was changed, is money of the order's: what is
  // still here asks for that much less, for Shopify does too. The labels of what has left are printed, and stay.
  const here = shares.slice(parcels.length);
  const left = here.reduce((sum, share) => sum + share, 0);
  const [packedMinor = 0, toSendMinor = 0] = split(Math.max(0, rounded(left - beyond)), here);
  return { orderMinor: orderMinor + packedMinor + toSendMinor, byParcel, packedMinor };
}

const NOTHING_TO_COLLECT: AmountToCollect = { orderMinor: 0, byParcel: new Map(), packedMinor: 0 };
const WILL_NOT_ARRIVE: ReadonlySet<string> = new Set(["rto_initiated", "rto_received", "lost", "cancelled"]);

function willArrive({ state, cancelledInShopify }: ShippedParcel): boolean {
  return !WILL_NOT_ARRIVE.has(state) && !cancelledInShopify;
}

function isOf({ aliases }: ShippedParcel, parcelId: string | null): boolean {
  return parcelId !== null && aliases.includes(parcelId);
}

/**
 * Who collects how much of the whole: each parcel, what is packed, what is still to be sent. A label that left with its box is printed: it
 * asks for what it says, whatever became of the rest of the order since, and the rest share what remains, by their worth. Only where all
 * is less than these labels say, each asks for its part of it. What is more, and nobody else is there to ask for it, was to be collected
 * with what does not arrive; where all arrives, it is theirs too.
 */
function shareOut(
  owed: number,
  parcels: readonly ShippedParcel[],
  weights: readonly number[],
  {
    rounded,
    split,
    printedOf,
  }: {
    rounded: (minor: number) => number;
    split: (minor: number, by: readonly number[]) => number[];
    printedOf: (parcel: ShippedParcel) => number | null;
  },
): number[] {
  const printed = weights.map((_, i) => {
    const parcel = parcels[i];
    return parcel && willArrive(parcel) ? printedOf(parcel) : null;
  });
  const onTheRoad = printed.reduce<number>((sum, minor) => sum + (minor ?? 0), 0);
  if (onTheRoad > 0 && onTheRoad >= owed)
    return split(
      rounded(owed),
      printed.map((minor) => minor ?? 0),
    );
  const lost = weights.map((_, i) => Number(parcels[i] !== undefined && !willArrive(parcels[i])));
  const others = weights.map((weight, i) => (printed[i] === null ? weight : 0));
  const [by = weights] = [others, lost].filter((one) => one.some((weight) => weight > 0));
  const rest = split(rounded(owed - onTheRoad), by);
  return rest.map((share, i) => share + (printed[i] ?? 0));
}

function minorOf(decimal: string | undefined, currency: string): number | null {
  return decimal === undefined ? null : toMinor(decimal, currency);
}

/** What all parcels together had to collect before any of them was remitted; below zero where more came in. */
function grossMinor(
  order: OrderSnapshot,
  receipts: readonly Receipt[],
  parcels: readonly ShippedParcel[],
): number {
  const outstanding = order.totals.outstanding?.presentment ?? 0;
  if (receipts.length === 0) return outstanding;
  // Told to Shopify, and this payload already knows: the outstanding amount is less by it.
  const isKnown = ({ writtenBackAt }: Receipt) => writtenBackAt !== null && writtenBackAt <= order.updatedAt;
  const ofParcel = ({ parcelId }: Receipt) => parcels.some((parcel) => isOf(parcel, parcelId));
  const remittedAndKnown = sumReceipts(order, receipts, (one) => ofParcel(one) && isKnown(one));
  const paidAndUnknown = sumReceipts(order, receipts, (one) => !ofParcel(one) && !isKnown(one));
  return outstanding + remittedAndKnown - paidAndUnknown;
}

function sumReceipts(
  order: OrderSnapshot,
  receipts: readonly Receipt[],
  counts: (receipt: Receipt) => boolean,
): number {
  return receipts.reduce(
    (sum, receipt) => (counts(receipt) ? sum + toMinor(receipt.amount, order.presentmentCurrency) : sum),
    0,
  );
}

type Units = { lineId: string; qty: number };

/**
 * Worth of each parcel's goods, of what is packed, and of what else is still to be sent: the weights of the shares. Units sent
 * again are worth their parcel that arrives, not the one that came back. `neverSent`: what the ERP has cancelled while Shopify
 * still asks for its money.
 */
function weigh(
  order: OrderSnapshot,
  status: Pick<OrderStatusResult, "lines">,
  parcels: readonly ShippedParcel[],
): { weights: number[]; neverSent: Units[] } {
  const valueOf = worthOfUnits(order.lines);
  // Units that Shopify still asks money for: what it has taken off weighs nothing.
  const left = new Map(order.lines.map(({ id, currentQty }) => [id, currentQty]));
  const takeUnits = ({ lineId, qty }: Units): Units => {
    const units = Math.max(0, Math.min(qty, left.get(lineId) ?? 0));
    left.set(lineId, (left.get(lineId) ?? 0) - units);
    return { lineId, qty: units };
  };
  const takeAll = (lines: readonly Units[]) =>
    lines.map(takeUnits).reduce((sum, { lineId, qty }) => sum + valueOf(lineId, qty), 0);
  const unitsOf = (of: (line: OrderLinePart, state: LineState) => number): Units[] =>
    order.lines.map((line) => {
      const state = status.lines.get(line.id);
      return { lineId: line.id, qty: state ? of(line, state) : 0 };
    });

  // First what will arrive, then what is packed and what is to be sent; what will not arrive has what is left.
  const worth = new Map<ShippedParcel, number>();
  for (const parcel of parcels.filter(willArrive)) if (parcel.lines) worth.set(parcel, takeAll(parcel.lines));
  const sentUnknown = parcels.some(({ lines }) => lines === null)
    ? takeAll(unitsOf((_line, state) => state.shippedQty))
    : 0;
  const packed = takeAll(unitsOf((_line, state) => state.packedQty));
  const unpacked = unitsOf(
    (line, state) => line.qty - state.cancelledQty - state.shippedQty - state.packedQty,
  ).map(takeUnits);
  const toSend = unpacked.reduce((sum, { lineId, qty }) => sum + valueOf(lineId, qty), 0);
  for (const parcel of parcels)
    if (parcel.lines && !worth.has(parcel)) worth.set(parcel, takeAll(parcel.lines));
  const neverSent = unitsOf((_line, state) => state.cancelledQty).map(takeUnits);
  // Parcels whose goods nobody told yet share what the others leave of all that was sent.
  const unknown = parcels.length - worth.size;
  const each = unknown === 0 ? 0 : Math.floor(sentUnknown / unknown);
  const weights = [...parcels.map((parcel) => worth.get(parcel) ?? each), packed, toSend];
  if (weights.some((weight) => weight > 0)) return { weights, neverSent };
  // Nothing of any worth (only shipping to pay): the parcels share it, else what is packed has it all, else what is to be sent.
  const isPacked = [...status.lines.values()].some(({ packedQty }) => packedQty > 0);
  const isToSend = !isPacked && unpacked.some(({ qty }) => qty > 0);
  const alone = parcels.length === 0;
  return {
    weights: [...parcels.map(() => 1), Number(alone && isPacked), Number(alone && isToSend)],
    neverSent,
  };
}

/** Worth of units of a line after discounts: linear in the units, so that splitting a parcel moves no other's share. */
function worthOfUnits(lines: readonly OrderLinePart[]): (lineId: string, qty: number) => number {
  const unit = new Map(
    lines.map((line) => [
      line.id,
      line.qty === 0 ? 0 : Math.max(0, Math.round(lineTotal(line).presentment / line.qty)),
    ]),
  );
  return (lineId, qty) => (unit.get(lineId) ?? 0) * Math.max(0, qty);
}

/**
 * What Shopify takes off when these units are taken off the order: their price after discounts, and their taxes where these come on
 * top. Each figure in parts of the whole line, as Shopify's own current figures are, so that nothing is off by a paisa.
 */
function priceTakenOff(order: OrderSnapshot, units: readonly Units[]): number {
  const lines = new Map(order.lines.map((line) => [line.id, line]));
  return units.reduce((sum, { lineId, qty }) => {
    const line = lines.get(lineId);
    if (line === undefined || line.qty === 0 || qty === 0) return sum;
    const figures = [
      lineTotal(line),
      ...(order.taxesIncluded ? [] : line.taxLines.map(({ amount }) => amount)),
    ];
    const gone = line.qty - line.currentQty;
    const part = (figure: number, of: number) => Math.round((figure * of) / line.qty);
    return figures.reduce(
      (all, { presentment }) => all + part(presentment, gone + qty) - part(presentment, gone),
      sum,
    );
  }, 0);
}
