import type { DecodedOrder, OrderLinePart, RefundLinePart } from "#app/shopify/codecs/order-parts.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";

/** How far Shopify's number of a level moved, in units: between these two, and exactly so where they are equal. */
export type StockMoves = { least: number; most: number };

export const NOTHING_MOVED: StockMoves = { least: 0, most: 0 };

/** What happened around the moment itself may be on either side of it: Shopify's clock is not ours. */
const SLACK_MS = 120_000;

/** The moment since which moves are asked for, as early and as late as it may be by Shopify's clock. */
export type Since = { fromMs: number; toMs: number };

export function sinceOf(at: string): Since {
  const ms = Date.parse(at);
  return { fromMs: ms - SLACK_MS, toMs: ms + SLACK_MS };
}

/** Where an order's goods leave from, as seen from the level. */
export type OrderPlace = {
  /** Whether it is here; null where nothing says it for all of the order. */
  isHere: boolean | null;
  /** It is the only place that stocks the item: whatever comes back comes here. */
  isOnly: boolean;
  /** It may have been moved to another place since. */
  mayHaveMoved: boolean;
};

type OrderSeen = {
  order: OrderSnapshot;
  /** The newest payload that is certainly from before; null where none is known. */
  earlier: DecodedOrder | null;
  place: OrderPlace;
};

/**
 * How far an order has moved a level's number since, by its lines of that variant. An order placed since took its units, where it leaves
 * from here; units that a refund since put back on the shelf came back. Whatever is not known widens the range and no more: units added
 * to an order of before (as many as its last payload of before lacks), units of which no refund says whether they were restocked (or
 * where, if the item is stocked at several places; in Shopify's returns that is said when the goods are looked at), what was done within
 * two minutes of the moment, an order whose place is not known, orders that an app made or that were drafts, and test orders.
 */
export function movesOfOrder(
  { order, earlier, place }: OrderSeen,
  { variantId, since }: { variantId: string; since: Since },
): StockMoves {
  const lines = order.lines.filter((line) => line.variantId === variantId);
  const moves = addMoves(
    lines.flatMap((line) => [
      takenBy(line, { order, earlier, place }, since),
      givenBack(line, { order, earlier, place }, since),
    ]),
  );
  return order.test ? { least: Math.min(moves.least, 0), most: Math.max(moves.most, 0) } : moves;
}

export function addMoves(moves: readonly StockMoves[]): StockMoves {
  return moves.reduce(
    (sum, { least, most }) => ({ least: sum.least + least, most: sum.most + most }),
    NOTHING_MOVED,
  );
}

/**
 * Sales that take from stock as they are made. An app that makes orders says whether they do, most often not; what was a draft may have
 * been set aside long before.
 */
const SALES = ["web", "pos"];

function takenBy(line: OrderLinePart, { order, earlier, place }: OrderSeen, since: Since): StockMoves {
  const { qty } = line;
  const createdMs = Date.parse(order.createdAt);
  const isHere = place.isOnly || place.isHere;
  const isSure = isHere && SALES.includes(order.sourceName ?? "");
  if (createdMs >= since.toMs)
    return isHere === false ? NOTHING_MOVED : { least: -qty, most: isSure ? -qty : 0 };
  // From a place that it has left since, it gave back what it had taken there.
  const gone = place.mayHaveMoved ? qty : 0;
  if (createdMs >= since.fromMs) return { least: isHere === false ? -gone : -qty, most: gone };
  const had = earlier?.lines.find(({ id }) => id === line.id)?.qty ?? 0;
  return { least: -Math.max(gone, qty - had), most: gone };
}

function givenBack(line: OrderLinePart, { order, earlier, place }: OrderSeen, since: Since): StockMoves {
  let told = 0;
  const back = { least: 0, most: 0 };
  for (const { createdAt, lines, returnId } of order.refunds) {
    const own = (lines ?? []).filter(({ lineId }) => lineId === line.id);
    told += unitsOf(own);
    const atMs = createdAt === null ? null : Date.parse(createdAt);
    if (atMs !== null && atMs < since.fromMs) continue;
    const units = unitsOf(own.filter(({ restockType }) => restockType !== "NO_RESTOCK"));
    back.most += units;
    const isSince = atMs !== null && atMs >= since.toMs;
    if (isSince && place.isOnly)
      back.least += unitsOf(own.filter(({ restockType }) => isOnShelf(restockType, returnId)));
  }
  const had = earlier?.lines.find(({ id }) => id === line.id);
  const removed = line.qty - line.currentQty;
  const removedSince = removed - (had === undefined ? 0 : had.qty - had.currentQty);
  // Units that went without a word of a refund, and what an order that is gone for good had still promised.
  const untold = Math.max(0, Math.min(removed - told, removedSince));
  const isGone = [order.cancelledAt, order.deletedAt].some((iso) => iso && Date.parse(iso) >= since.fromMs);
  return { least: back.least, most: back.most + untold + (isGone ? line.currentQty : 0) };
}

/** Units that were never sent are free at once; those of a return of Shopify's only where it says so of the goods. */
function isOnShelf(restockType: string, returnId: string | null | undefined): boolean {
  return restockType === "CANCEL" || (restockType === "RETURN" && returnId === null);
}

function unitsOf(lines: readonly RefundLinePart[]): number {
  return lines.reduce((sum, { qty }) => sum + qty, 0);
}
