import type { ShopSettings, WriteBackKind } from "#app/settings/settings-schema.ts";
import { intentKinds, type IntentKind } from "./outbox-intent.ts";

/** Kinds of intents about orders; stock is sent by itself, many levels at once. */
export type SentKind = Exclude<IntentKind, "inventorySet">;
const sentKinds = intentKinds.filter((kind): kind is SentKind => kind !== "inventorySet");

const FULFILLING = [
  "write_merchant_managed_fulfillment_orders",
  "write_assigned_fulfillment_orders",
  "write_third_party_fulfillment_orders",
];

/** Permissions each kind needs: of each list one (Shopify's Admin API, 2026-10). */
const scopesOfKind: Readonly<Record<WriteBackKind, readonly (readonly string[])[]>> = {
  fulfillmentOrderMove: [FULFILLING],
  fulfillmentCreate: [FULFILLING],
  trackingUpdate: [FULFILLING],
  fulfillmentEvent: [["write_fulfillments"]],
  fulfillmentCancel: [FULFILLING],
  orderCancel: [["write_orders"]],
  orderEdit: [["write_order_edits"]],
  orderMarkAsPaid: [["write_orders"]],
  inventorySet: [["write_inventory"]],
};

/** The permission a kind lacks, or null. */
export function missingScope(kind: WriteBackKind, granted: readonly string[]): string | null {
  const lacking = scopesOfKind[kind].find((oneOf) => !oneOf.some((scope) => granted.includes(scope)));
  return lacking?.[0] ?? null;
}

/** Kinds of order intents that a shop has switched on and has granted. */
export function kindsOn(
  { writeBack }: Pick<ShopSettings, "writeBack">,
  granted: readonly string[],
): SentKind[] {
  return sentKinds.filter((kind) => writeBack[kind] && missingScope(kind, granted) === null);
}
