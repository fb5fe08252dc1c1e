import { exactId, recordId } from "./record-ids.ts";
import { readTimestamp } from "./read-timestamp.ts";
import type { RecordKind } from "./webhook-delivery.ts";

/** What the cache needs to know of a REST record to put it in its place, or the path of what it lacks. */
export type ReadRecord =
  | { id: string; shopifyUpdatedAt: string | null; header: Record<string, string | null> }
  | { problem: string };

type Json = Readonly<Record<string, unknown>>;

/** REST's words for how far an order is shipped, in GraphQL's form, so that every road fills the column alike. */
const fulfillmentStatuses: Readonly<Record<string, string>> = { partial: "PARTIALLY_FULFILLED" };

/**
 * Key, time and list columns of a webhook's record; the body itself is decoded later, by the processor.
 * Ids come from `admin_graphql_api_id` where there is one: a number above 2^53 is no longer exact after JSON.
 */
export function readRecord(kind: RecordKind, record: Json): ReadRecord {
  const shopifyUpdatedAt = readTimestamp(record["updated_at"]);
  switch (kind) {
    case "order": {
      const id = recordId(record, "Order");
      if (id === null) return withoutId("id");
      return {
        id,
        shopifyUpdatedAt,
        header: {
          orderNumber: columnText(record["name"]),
          financialStatus: upperSnake(record["financial_status"]),
          fulfillmentStatus: fulfillmentStatus(record["fulfillment_status"]),
        },
      };
    }
    case "product": {
      const id = recordId(record, "Product");
      if (id === null) return withoutId("id");
      return {
        id,
        shopifyUpdatedAt,
        header: { title: columnText(record["title"]), handle: columnText(record["handle"]) },
      };
    }
    case "customer": {
      const id = recordId(record, "Customer");
      return id === null ? withoutId("id") : { id, shopifyUpdatedAt, header: {} };
    }
    case "inventory": {
      const item = inventoryItemId(record);
      const location = exactId(record["location_id"]);
      if (item === null) return withoutId("inventory_item_id");
      if (location === null) return withoutId("location_id");
      return {
        id: `${item}@${location}`,
        shopifyUpdatedAt,
        header: { shopifyInventoryItemId: item, shopifyLocationId: location },
      };
    }
    case "fulfillment_order":
      return { problem: "Webhooks about fulfilment orders carry no entire record" };
  }
}

const withoutId = (path: string): ReadRecord => ({ problem: `There is no exact id at "${path}"` });

/** A level's gid ends in "?inventory_item_id=…", exact where the number beside it may not be. */
function inventoryItemId(record: Json): string | null {
  const gid = record["admin_graphql_api_id"];
  const inGid = typeof gid === "string" ? /[?&]inventory_item_id=(\d+)/.exec(gid)?.[1] : undefined;
  return inGid ?? exactId(record["inventory_item_id"]);
}

/** Text for a column; PostgreSQL keeps no NUL, which JSON can spell as an escape. */
function columnText(value: unknown): string | null {
  return typeof value === "string" && !value.includes("\0") ? value : null;
}

function upperSnake(value: unknown): string | null {
  return columnText(value)?.toUpperCase() ?? null;
}

function fulfillmentStatus(value: unknown): string | null {
  if (value === null) return "UNFULFILLED";
  return (typeof value === "string" ? fulfillmentStatuses[value] : undefined) ?? upperSnake(value);
}
