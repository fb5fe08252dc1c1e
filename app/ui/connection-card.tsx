import {
  Banner,
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
import { shopifyAdminUrl } from "./shopify-admin-url.ts";
import { StatusBadge } from "./status-badge.tsx";
import type { ConnectionView } from "./sync-view.ts";

/** How the app is connected to the shop: domain, API version, permissions, token, last contact. */
export function ConnectionCard({ connection, now }: { connection: ConnectionView; now: string }) {
  const format = useFormat();
  const state = connectionState(connection.token, now);
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Connection
          </Text>
          <StatusBadge of="connection" status={state} />
        </InlineStack>
        {state === "connected" ? null : (
          <Banner
            tone="critical"
            title={
              state === "absent"
                ? "The app has no access to Shopify"
                : "The app's access to Shopify has ended"
            }
          >
            <BlockStack gap="200" inlineAlign="start">
              <Text as="p">
                Nothing can be read from Shopify until it has. Close the app and open it again in Shopify
                Admin: that gives it a new access. Nothing that is here is lost.
              </Text>
              <Button url={shopifyAdminUrl(connection.shop, "apps")} target="_top">
                Open the app again
              </Button>
            </BlockStack>
          </Banner>
        )}
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

type Token = ConnectionView["token"];

/** An access token lasts as long as it can be renewed. */
function connectionState(token: Token, now: string): "connected" | "ended" | "absent" {
  if (token === null) return "absent";
  const { expires, refreshExpires } = token;
  const isOver = expires !== null && expires <= now && refreshExpires !== null && refreshExpires <= now;
  return isOver ? "ended" : "connected";
}

function tokenWords(token: Token, now: string, format: Format): string {
  if (token === null) return "None: the app cannot ask Shopify anything";
  const { expires, refreshExpires } = token;
  if (expires === null) return "Valid, does not expire";
  if (expires > now) return `Valid until ${format.dateTime(expires)}, renewed by itself`;
  if (refreshExpires !== null && refreshExpires <= now)
    return `Ended on ${format.dateTime(refreshExpires)}: it could not be renewed in time`;
  return "Expired, renewed at the next contact";
}
