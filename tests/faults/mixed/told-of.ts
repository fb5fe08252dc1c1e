import { idFromGid } from "#app/lib/gid.ts";
import { readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";

export type Quantity = {
  inventoryItemId: string;
  locationId: string;
  quantity: number;
  changeFromQuantity: number;
};

/** The levels that a mutation sets; empty where it sets none. */
export function quantitiesOf(body: string): Quantity[] {
  if (!body.includes("inventorySetQuantities")) return [];
  const read = JSON.parse(body) as { variables: { input: { quantities: Quantity[] } } };
  return read.variables.input.quantities;
}

/** A level's id, as the app has it. */
export function levelOf({ inventoryItemId, locationId }: Quantity): string {
  return `${idFromGid(inventoryItemId)}@${idFromGid(locationId)}`;
}

/** The order that a mutation is about; null where it names none, as of an edit under way. */
export function orderOf(body: string, store: { node(gid: string): SimNode | null }): string | null {
  const [gid = "", type] = /gid:\/\/shopify\/(Order|FulfillmentOrder|Fulfillment)\/\d+/.exec(body) ?? [];
  const path = { Order: ["id"], FulfillmentOrder: ["orderId"], Fulfillment: ["order", "id"] }[type ?? ""];
  return path === undefined
    ? null
    : (/\d+$/.exec(readText(store.node(gid) ?? undefined, ...path))?.[0] ?? null);
}
