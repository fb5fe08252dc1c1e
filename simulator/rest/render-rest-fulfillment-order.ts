import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { afterShopTime, lower, numberOf, type Json } from "./rest-values.ts";

/** What the fulfilment order at hand became of, or was made into; all by the names of `Happening.also`. */
export type FulfillmentOrderRelatives = {
  remaining: SimNode | null;
  replacement: SimNode | null;
  original: SimNode | null;
  /** The location's gid it was moved away from. */
  from: string | null;
  /** Of another fulfilment order, for a merge; else `null`: all that is left of this one. */
  lines: readonly { id: string; quantity: number }[] | null;
};

/**
 * The body of fulfillment_orders/{what}: gids instead of numbers, a status and hardly anything else; neither the order
 * nor what is left to ship.
 */
export function renderRestFulfillmentOrder(
  what: string,
  subject: SimNode,
  related: FulfillmentOrderRelatives,
): Json {
  const fulfillmentOrder = short(subject);
  const lines = related.lines ?? linesOf(subject);
  switch (what) {
    case "placed_on_hold": {
      const holds = readNodes(subject, "fulfillmentHolds").map(renderHold);
      return {
        fulfillment_order: { ...fulfillmentOrder, fulfillment_holds: holds },
        remaining_fulfillment_order: short(related.remaining),
        held_fulfillment_order_line_items: lines,
        created_fulfillment_hold: holds.at(-1) ?? null,
      };
    }
    case "moved": {
      // Moved as a whole it keeps its id; in part it stays behind and another one goes.
      const to = readText(subject, "assignedLocation", "location", "id") || null;
      const from = related.from ?? placeOf(related.original);
      return {
        original_fulfillment_order: {
          ...short(related.original ?? subject),
          assigned_location_id: related.original ? placeOf(related.original) : to,
        },
        moved_fulfillment_order: { ...fulfillmentOrder, assigned_location_id: to },
        destination_location_id: to,
        fulfillment_order_line_items_requested: lines,
        source_location: from === null ? null : { id: from },
      };
    }
    case "split":
      return {
        split_line_items: lines,
        fulfillment_order: fulfillmentOrder,
        remaining_fulfillment_order: short(related.remaining),
        replacement_fulfillment_order: short(related.replacement),
      };
    case "merged":
      return {
        merge_intents: [
          {
            fulfillment_order_id: numberOf((related.original ?? subject).id),
            fulfillment_order_line_items: lines.map((one) => ({ ...one, id: numberOf(one.id) })),
          },
        ],
        fulfillment_order_merges: { fulfillment_order: fulfillmentOrder },
      };
    case "cancelled":
      return {
        fulfillment_order: fulfillmentOrder,
        replacement_fulfillment_order: short(related.replacement),
      };
    case "rescheduled":
      return { fulfillment_order: { ...fulfillmentOrder, fulfill_at: afterShopTime(subject["fulfillAt"]) } };
    default:
      return { fulfillment_order: fulfillmentOrder };
  }
}

function short(one: SimNode): Json;
function short(one: SimNode | null): Json | null;
function short(one: SimNode | null): Json | null {
  return one && { id: one.id, status: lower(readField(one, "status")) };
}

function placeOf(one: SimNode | null): string | null {
  return readText(one, "assignedLocation", "location", "id") || null;
}

function linesOf(one: SimNode): { id: string; quantity: number }[] {
  return readNodes(one, "lineItems").map((line) => ({
    id: line.id,
    quantity: Number(readField(line, "remainingQuantity") ?? 0),
  }));
}

function renderHold(hold: SimNode): Json {
  const app = readText(hold, "heldByApp", "id");
  return {
    id: hold.id,
    reason: lower(hold["reason"]),
    reason_notes: hold["reasonNotes"],
    held_by_requesting_app: hold["heldByRequestingApp"],
    handle: hold["handle"],
    held_by_app: app === "" ? null : { id: app },
  };
}
