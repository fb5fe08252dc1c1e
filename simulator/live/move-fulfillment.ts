import { partsOf } from "#simulator/store/draw-parcels.ts";
import { gidOf } from "#simulator/store/ids.ts";
import { LOCATIONS } from "#simulator/store/location-records.ts";
import type { DraftFulfillmentOrder, OrderDraft } from "#simulator/store/order-draft.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { limitOf, type PartUnits } from "./fulfil-order.ts";
import { beginOrderAct, commitOrderAct, moveStock, told, type Units } from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { refuse } from "./refused-act.ts";

export type MoveFulfillment = {
  fulfillmentOrder: string;
  location: string;
  /** Without it all that is left and that the other location stocks. */
  lines?: readonly PartUnits[];
};

type Part = DraftFulfillmentOrder;

/**
 * Another location is to send what is left of a fulfilment order, or a part of it. Moved whole it keeps its id; what
 * goes in part goes into a new one, and so it does where the other location already has one of the order at work,
 * which closes (the text of fulfillmentOrderMove). "Cannot change location.", "Location not found." and the words about
 * a fulfilment service are Shopify's. Assumed: a held one cannot be moved; the words about what is not stocked there.
 */
export function moveFulfillment(shop: LiveShop, act: MoveFulfillment): ActDone {
  const record = shop.store.node(act.fulfillmentOrder);
  if (record?.__typename !== "FulfillmentOrder") return refuse("Fulfillment order does not exist.");
  const under = beginOrderAct(shop, readText(record, "orderId"));
  const { draft, plan } = under;
  const from = draft.fulfillmentOrders.find((one) => one.gid === act.fulfillmentOrder);
  if (!from) return refuse("Fulfillment order does not exist.");
  const to = locationIndex(shop, act.location);
  checkMovable(from, to);
  const wanted = act.lines === undefined || act.lines.length === 0 ? null : limitOf(from, act.lines);
  const units = from.lines.flatMap(({ line, remaining }): Units[] => {
    const quantity = wanted ? wanted(remaining, line) : remaining;
    if (quantity <= 0) return [];
    if (isStocked(shop, draft, line, act.location)) return [{ line, quantity }];
    return wanted === null ? [] : refuse(NOT_STOCKED);
  });
  if (units.length === 0) refuse(NOT_STOCKED);
  const left = from.location;
  const { moved, whole } = move(plan, draft, from, to, units);
  const order = commitOrderAct(shop, under);
  const now = (gid: string): SimNode => shop.store.node(gid) ?? record;
  const lines = units.map(({ line, quantity }) => ({
    id: moved.lines.find((one) => one.line === line)?.gid ?? "",
    quantity,
  }));
  const at = (location: number) => units.map((one) => ({ ...one, location }));
  return {
    id: moved.gid,
    happenings: [
      told("fulfillment_orders/moved", now(moved.gid), {
        order,
        from: LOCATIONS[left]?.id ?? null,
        lines,
        ...(whole ? {} : { original: now(from.gid) }),
      }),
      told("orders/updated", order),
      ...moveStock(shop, under, at(left), (gone) => ({ available: gone, committed: -gone })),
      ...moveStock(shop, under, at(to), (come) => ({ available: -come, committed: come })),
    ],
  };
}

const NOT_STOCKED = "The destination location doesn't stock the requested inventory item.";

function locationIndex(shop: LiveShop, location: string): number {
  const record = shop.store.node(location);
  if (record?.__typename !== "Location" || record["isActive"] !== true) return refuse("Location not found.");
  const index = LOCATIONS.findIndex((one) => one.id === location);
  return index >= 0 ? index : refuse("The simulator ships only from the locations its store began with.");
}

function checkMovable(from: Part, to: number): void {
  if (from.requestStatus === "SUBMITTED")
    refuse("Cannot move submitted fulfillment order that is at a 3PL fulfillment service.");
  if (from.requestStatus === "ACCEPTED") refuse("Fulfillment order is not actionable.");
  if ((from.status !== "OPEN" && from.status !== "IN_PROGRESS") || from.location === to)
    refuse("Cannot change location.");
}

/** A line without a variant lies everywhere. */
function isStocked(shop: LiveShop, draft: OrderDraft, line: number, location: string): boolean {
  const variant = shop.store.node(draft.lines[line]?.variantGid ?? "");
  const item = readText(variant ?? undefined, "inventoryItem", "id");
  if (item === "") return true;
  const levels = readNodes(shop.store.node(item) ?? undefined, "inventoryLevels");
  return levels.some((level) => readText(level, "location", "id") === location);
}

function move(
  plan: { n: number },
  draft: OrderDraft,
  from: Part,
  to: number,
  units: readonly Units[],
): { moved: Part; whole: boolean } {
  const takes = new Map(units.map((one) => [one.line, one.quantity]));
  const place = draft.fulfillmentOrders.indexOf(from);
  const wasSent = draft.fulfillments.some(
    (one) => one.status !== "CANCELLED" && partsOf(one).includes(place),
  );
  const all = from.lines.every((one) => one.remaining === (takes.get(one.line) ?? 0));
  const other = draft.fulfillmentOrders.find(
    (one) =>
      one.location === to &&
      (one.status === "OPEN" || one.status === "IN_PROGRESS") &&
      one.lines.some((line) => line.remaining > 0),
  );
  if (all && !wasSent && !other) {
    from.location = to;
    return { moved: from, whole: true };
  }
  for (const one of other?.lines ?? [])
    if (one.remaining > 0) takes.set(one.line, (takes.get(one.line) ?? 0) + one.remaining);
  take(from, units);
  if (other)
    take(
      other,
      other.lines.map(({ line, remaining }) => ({ line, quantity: remaining })),
    );
  const part = draft.fulfillmentOrders.length;
  const moved: Part = {
    gid: gidOf("FulfillmentOrder", plan.n, part),
    status: "OPEN",
    requestStatus: "UNSUBMITTED",
    location: to,
    method: { ...from.method, gid: gidOf("DeliveryMethod", plan.n, part) },
    lines: [...takes].map(([line, quantity]) => ({
      gid: gidOf("FulfillmentOrderLineItem", plan.n, part * 32 + line),
      line,
      total: quantity,
      remaining: quantity,
    })),
    holds: [],
  };
  draft.fulfillmentOrders.push(moved);
  return { moved, whole: false };
}

/** Takes units out of a fulfilment order; what was sent from it stays in it. */
function take(part: Part, units: readonly Units[]): void {
  for (const { line, quantity } of units) {
    const one = part.lines.find((each) => each.line === line);
    if (!one) continue;
    one.total -= quantity;
    one.remaining -= quantity;
  }
  part.lines = part.lines.filter((one) => one.total > 0);
  if (part.lines.every((one) => one.remaining === 0)) part.status = "CLOSED";
}
