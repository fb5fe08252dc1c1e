import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";

import type { ShopSettings } from "#app/settings/settings-schema.ts";

import { StatusBadge } from "./status-badge.tsx";

const KINDS: Record<keyof ShopSettings["writeBack"], string> = {
  fulfillmentOrderMove: "Move a fulfilment order to another location",
  fulfillmentCreate: "Mark items as fulfilled",
  trackingUpdate: "Add or change a tracking number",
  fulfillmentEvent: "Tell how a parcel gets on",
  fulfillmentCancel: "Cancel a fulfilment",
  orderCancel: "Cancel an order",
  orderEdit: "Edit an order",
  orderMarkAsPaid: "Mark an order as paid",
  inventorySet: "Set stock",
};

/** What could be written to Shopify, kind by kind: all of it is off, and there is nothing that could turn it on by itself. */
export function WriteBackCard() {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="p">
          Every kind is off. This app only reads from your shop: it has not asked for any permission to write,
          and this version has no way to use one. When a kind can be turned on, it is turned on here, one by
          one.
        </Text>
        <BlockStack gap="200" as="ul">
          {Object.entries(KINDS).map(([kind, words]) => (
            <li key={kind}>
              <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
                <Text as="span">{words}</Text>
                <StatusBadge of="toggle" status="off" />
              </InlineStack>
            </li>
          ))}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}
