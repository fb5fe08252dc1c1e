import {
  Badge,
  BlockStack,
  Card,
  Button,
  Collapsible,
  InlineGrid,
  InlineStack,
  Text,
} from "@shopify/polaris";
import { useState } from "react";

import { Fact } from "./fact.tsx";
import type { Format } from "./format.ts";
import { useFormat } from "./shop-format.tsx";
import type { ConnectionView } from "./sync-view.ts";

/** How the app is connected to the shop: domain, API version, permissions, token, last contact. */
export function ConnectionCard({ connection, now }: { connection: ConnectionView; now: string }) {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Connection
          </Text>
          <Badge tone="success">Connected</Badge>
        </InlineStack>
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
          <Fact term="Shop domain">{connection.shop}</Fact>
          <Fact term="Shop">{connection.shopName ?? "Not known yet"}</Fact>
          <Fact term="API version">{connection.apiVersion}</Fact>
          <Fact term="Access token">{tokenWords(connection.token, now, format)}</Fact>
          <Fact term="Last contact">
            {connection.lastContactAt ? format.dateTime(connection.lastContactAt) : "No sync yet"}
          </Fact>
        </InlineGrid>
        <BlockStack gap="100" inlineAlign="start">
          <Button
            variant="plain"
            disclosure={open ? "up" : "down"}
            ariaControls="granted-permissions"
            ariaExpanded={open}
            onClick={() => {
              setOpen(!open);
            }}
          >
            {`${format.number(connection.scopes.length)} permissions granted`}
          </Button>
          <Collapsible id="granted-permissions" open={open}>
            <Text as="p" tone="subdued" breakWord>
              {connection.scopes.join(", ")}
            </Text>
          </Collapsible>
        </BlockStack>
      </BlockStack>
    </Card>
  );
}

function tokenWords(
  { expires, refreshExpires }: ConnectionView["token"],
  now: string,
  format: Format,
): string {
  if (expires === null) return "Valid, does not expire";
  if (expires > now) return `Valid until ${format.dateTime(expires)}, renewed by itself`;
  if (refreshExpires !== null && refreshExpires <= now) return "Expired: open the app in Shopify Admin once";
  return "Expired, renewed at the next contact";
}
