import { addToParcel, sendParcel } from "#simulator/store/draw-parcels.ts";
import type { DraftFulfillment, DraftFulfillmentOrder, OrderDraft } from "#simulator/store/order-draft.ts";
import {
  archiveWhenDone,
  beginOrderAct,
  commitOrderAct,
  moveStock,
  placeOfLine,
  told,
  toldOf,
  type LineName,
  type OrderAct,
} from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { legacyId } from "#simulator/store/ids.ts";
import { refuse } from "./refused-act.ts";

export type Tracking = { company?: string | null; number?: string | null; url?: string | null };

/** Units of a fulfilment order by its own lines' gids. */
export type PartUnits = { id: string; quantity: number };

export type FulfilOrder = {
  order: string;
  /** The fulfilment order's gid; without it all that can be sent. */
  fulfillmentOrder?: string;
  /** Without it all that is left. */
  lines?: readonly { line: LineName; quantity: number }[];
  /** Instead of both: one parcel of these fulfilment orders; without `lines` all that is left of one. */
  parts?: readonly { fulfillmentOrder: string; lines?: readonly PartUnits[] }[];
  /** Missing: drawn, as couriers give numbers; null: none. */
  tracking?: Tracking | null;
};

const SENDABLE = ["OPEN", "IN_PROGRESS"];

/** Sends goods: a parcel of each fulfilment order. Shopify's words where a fulfilment order cannot be sent from. */
export function fulfilOrder(shop: LiveShop, act: FulfilOrder): ActDone {
  const under = beginOrderAct(shop, act.order);
  const parcels = act.parts ? [sendParts(under, act.parts)] : sendLines(under, act);
  if (act.tracking !== undefined) for (const parcel of parcels) parcel.tracking = trackingOf(act.tracking);
  archiveWhenDone(under.draft, under.atMs);
  const order = commitOrderAct(shop, under);
  const all = order["displayFulfillmentStatus"] === "FULFILLED";
  return {
    id: parcels[0]?.gid ?? order.id,
    happenings: [
      ...parcels.flatMap((one) => toldOf("fulfillments/create", order, "fulfillments", one.gid)),
      told(all ? "orders/fulfilled" : "orders/partially_fulfilled", order),
      told("orders/updated", order),
      ...moveStock(
        shop,
        under,
        parcels.flatMap(({ lines, location }) =>
          lines.map(({ line, quantity }) => ({ line, quantity, location })),
        ),
        (units) => ({ committed: -units, on_hand: -units }),
      ),
    ],
  };
}

/** A parcel of each fulfilment order, of all that is left or of some lines of the order. */
function sendLines({ draft, plan, random, atMs }: OrderAct, act: FulfilOrder): DraftFulfillment[] {
  const named = draft.fulfillmentOrders.filter((one) => one.gid === act.fulfillmentOrder);
  if (act.fulfillmentOrder !== undefined && named.length === 0) refuse("Fulfillment order does not exist.");
  const from = act.fulfillmentOrder === undefined ? draft.fulfillmentOrders : named;
  const open = from.filter(canBeSent);
  const closed = from.find((one) => !open.includes(one));
  if (open.length === 0) refuseStatus(closed);
  const wanted = new Map<number, number>();
  for (const { line, quantity } of act.lines ?? []) {
    const place = placeOfLine(draft, line);
    wanted.set(place, (wanted.get(place) ?? 0) + quantity);
  }
  for (const [place, quantity] of wanted) {
    const waiting = open.flatMap((one) => one.lines.filter((line) => line.line === place));
    if (quantity <= 0 || quantity > waiting.reduce((sum, line) => sum + line.remaining, 0))
      refuse("Invalid fulfillment order line item quantity requested.");
  }
  return open.flatMap((part) => {
    const place = draft.fulfillmentOrders.indexOf(part);
    const parcel = sendParcel(random, plan, draft, place, atMs, (left, line) => {
      if (act.lines === undefined) return left;
      const take = Math.min(left, wanted.get(line) ?? 0);
      wanted.set(line, (wanted.get(line) ?? 0) - take);
      return take;
    });
    return parcel ?? [];
  });
}

/**
 * One parcel of one or several fulfilment orders, as fulfillmentCreate makes it. The words about the status, the
 * quantities and the delivery methods are Shopify's; those about the location are assumed.
 */
function sendParts(under: OrderAct, parts: NonNullable<FulfilOrder["parts"]>): DraftFulfillment {
  const { draft, plan, random, atMs } = under;
  const from = parts.map(({ fulfillmentOrder, lines }) => {
    const place = draft.fulfillmentOrders.findIndex((one) => one.gid === fulfillmentOrder);
    const part = draft.fulfillmentOrders[place];
    if (!part) return refuse("Fulfillment order does not exist.");
    if (!canBeSent(part)) refuseStatus(part);
    return { place, part, limit: limitOf(part, lines) };
  });
  if (new Set(from.map((one) => one.place)).size < from.length)
    refuse("Fulfillment orders can only be named once.");
  checkTogether(draft, from);
  const first = from[0] ?? refuse("Line items by fulfillment order can't be blank.");
  const parcel =
    sendParcel(random, plan, draft, first.place, atMs, first.limit) ??
    refuse("Invalid fulfillment order line item quantity requested.");
  for (const one of from.slice(1)) addToParcel(plan, draft, parcel, one.place, one.limit);
  return parcel;
}

function checkTogether(draft: OrderDraft, from: readonly { part: DraftFulfillmentOrder }[]): void {
  if (new Set(from.map((one) => one.part.location)).size > 1)
    refuse("All fulfillment orders must be assigned to the same location.");
  const methods = [...new Set(from.map((one) => one.part.method.type.toLowerCase()))].sort();
  if (methods.length > 1)
    refuse(
      `All fulfillment orders must have the same delivery method type. Multiple delivery method types ${JSON.stringify(methods).replace(",", ", ")} were found.`,
    );
}

/** How much of which line a parcel takes. @throws RefusedAct for what a fulfilment order cannot give. */
export function limitOf(
  part: DraftFulfillmentOrder,
  lines: readonly PartUnits[] | undefined,
): (remaining: number, line: number) => number {
  if (lines === undefined || lines.length === 0) return (remaining) => remaining;
  const wanted = new Map<number, number>();
  for (const { id, quantity } of lines) {
    const line = part.lines.find((one) => one.gid === id);
    if (!line) return refuse("Fulfillment order line item does not exist.");
    if (quantity <= 0) refuse("Quantity must be greater than 0");
    const sum = (wanted.get(line.line) ?? 0) + quantity;
    if (sum > line.remaining) refuse("Invalid fulfillment order line item quantity requested.");
    wanted.set(line.line, sum);
  }
  return (_remaining, line) => wanted.get(line) ?? 0;
}

function canBeSent(part: DraftFulfillmentOrder): boolean {
  return SENDABLE.includes(part.status) && part.lines.some((line) => line.remaining > 0);
}

function refuseStatus(part: DraftFulfillmentOrder | undefined): never {
  return refuse(
    `Fulfillment order ${legacyId(part?.gid ?? "")} has an unfulfillable status= ${(part?.status ?? "closed").toLowerCase()}.`,
  );
}

export function trackingOf(given: Tracking | null): DraftFulfillment["tracking"] {
  return given && { company: given.company ?? null, number: given.number ?? null, url: given.url ?? null };
}
