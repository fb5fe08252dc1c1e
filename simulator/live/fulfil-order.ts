import { sendParcel } from "#simulator/store/draw-parcels.ts";
import type { DraftFulfillment } from "#simulator/store/order-draft.ts";
import {
  archiveWhenDone,
  beginOrderAct,
  commitOrderAct,
  moveStock,
  placeOfLine,
  told,
  toldOf,
  type LineName,
} from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { legacyId } from "#simulator/store/ids.ts";
import { refuse } from "./refused-act.ts";

export type Tracking = { company?: string | null; number?: string | null; url?: string | null };

export type FulfilOrder = {
  order: string;
  /** The fulfilment order's gid; without it all that can be sent. */
  fulfillmentOrder?: string;
  /** Without it all that is left. */
  lines?: readonly { line: LineName; quantity: number }[];
  /** Missing: drawn, as couriers give numbers; null: none. */
  tracking?: Tracking | null;
};

const SENDABLE = ["OPEN", "IN_PROGRESS"];

/** Sends goods: a parcel of each fulfilment order. Shopify's words where a fulfilment order cannot be sent from. */
export function fulfilOrder(shop: LiveShop, act: FulfilOrder): ActDone {
  const under = beginOrderAct(shop, act.order);
  const { draft, plan, random, atMs } = under;
  const named = draft.fulfillmentOrders.filter((one) => one.gid === act.fulfillmentOrder);
  if (act.fulfillmentOrder !== undefined && named.length === 0) refuse("Fulfillment order does not exist.");
  const from = act.fulfillmentOrder === undefined ? draft.fulfillmentOrders : named;
  const open = from.filter(
    (one) => SENDABLE.includes(one.status) && one.lines.some((line) => line.remaining > 0),
  );
  const closed = from.find((one) => !open.includes(one));
  if (open.length === 0)
    refuse(
      `Fulfillment order ${legacyId(closed?.gid ?? "")} has an unfulfillable status= ${(closed?.status ?? "closed").toLowerCase()}.`,
    );
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
  const parcels: DraftFulfillment[] = [];
  for (const part of open) {
    const parcel = sendParcel(
      random,
      plan,
      draft,
      draft.fulfillmentOrders.indexOf(part),
      atMs,
      (left, line) => {
        if (act.lines === undefined) return left;
        const take = Math.min(left, wanted.get(line) ?? 0);
        wanted.set(line, (wanted.get(line) ?? 0) - take);
        return take;
      },
    );
    if (!parcel) continue;
    if (act.tracking !== undefined) parcel.tracking = trackingOf(act.tracking);
    parcels.push(parcel);
  }
  archiveWhenDone(draft, atMs);
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
        parcels.flatMap((one) => one.lines),
        (units) => ({ committed: -units, on_hand: -units }),
      ),
    ],
  };
}

export function trackingOf(given: Tracking | null): DraftFulfillment["tracking"] {
  return given && { company: given.company ?? null, number: given.number ?? null, url: given.url ?? null };
}
