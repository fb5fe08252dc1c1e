import { BlockStack, Card, List, Text } from "@shopify/polaris";

import type { ShopSettings } from "#app/settings/settings-schema.ts";

const KINDS: Record<keyof ShopSettings["writeBack"], string> = {
  fulfillmentCreate: "Shipments of the ERP as fulfilments in Shopify",
  fulfillmentOrderMove: "Moving goods to be shipped to another location",
  trackingUpdate: "AWB and courier of a parcel",
  fulfillmentEvent: "News of a parcel on its way",
  fulfillmentCancel: "Cancelled shipments",
  orderCancel: "Cancelled orders",
  orderEdit: "Edited orders",
  orderMarkAsPaid: "COD orders that were paid",
  inventorySet: "Stock",
};

/** What could be written to Shopify, kind by kind. Nothing to switch here: nothing leaves by itself. */
export function WriteBackCard({ writeBack }: { writeBack: ShopSettings["writeBack"] }) {
  const kinds = Object.entries(KINDS) as [keyof typeof KINDS, string][];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="p">This app reads from your store. It writes nothing to it by itself.</Text>
        <List>
          {kinds.map(([kind, words]) => (
            <List.Item key={kind}>{`${words}: ${writeBack[kind] ? "on" : "off"}`}</List.Item>
          ))}
        </List>
      </BlockStack>
    </Card>
  );
}
