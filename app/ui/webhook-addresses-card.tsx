import { BlockStack, Card, Text } from "@shopify/polaris";

import { webhookRoutes, webhookTopics, type WebhookRoute } from "#app/shopify/webhooks/topics.ts";

import { CopyField } from "./copy-field.tsx";
import { counted } from "./counted.ts";
import { useFormat } from "./shop-format.tsx";
import type { SignatureView } from "./webhook-pages-view.ts";

const NAMES: Record<WebhookRoute, string> = {
  orders: "Orders",
  products: "Products",
  customers: "Customers",
  inventory: "Stock and locations",
  bulk: "Bulk operations",
  app: "The app itself",
  compliance: "Personal data",
};

/** Where Shopify sends webhooks to, and how they are known to be Shopify's. */
export function WebhookAddressesCard({ appUrl, signature }: { appUrl: string; signature: SignatureView }) {
  const format = useFormat();
  const topicsOf = (route: WebhookRoute) =>
    [...webhookTopics.values()].filter((topic) => topic.route === route);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Addresses and signature
        </Text>
        <Text as="p" tone="subdued">
          Shopify knows these addresses from the app&apos;s configuration. A webhook made by hand in the Admin
          needs the address of its topic.
        </Text>
        <BlockStack gap="300" as="ul">
          {webhookRoutes.map((route) => (
            <li key={route}>
              <Text as="span" fontWeight="medium">
                {`${NAMES[route]} (${counted(format, topicsOf(route).length, "topic", "topics")})`}
              </Text>
              <CopyField
                label={`the address for ${NAMES[route]}`}
                text={`${appUrl}/api/webhooks/shopify/${route}`}
              />
            </li>
          ))}
        </BlockStack>
        <BlockStack gap="100">
          <Text as="h3" variant="headingSm">
            Signature
          </Text>
          <Text as="p">{secretWords(signature.secrets)}</Text>
          {signature.refused === null ? null : (
            <Text as="p" tone="subdued">
              {refusedWords(signature.refused, format.number)}
            </Text>
          )}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}

function secretWords(secrets: number): string {
  if (secrets === 0)
    return "No secret is set, so no webhook can be verified and all are refused: set SHOPIFY_API_SECRET.";
  const by = secrets === 1 ? "the app's secret" : "one of the secrets that count now";
  return `Every webhook in this log was signed with ${by}, checked over its bytes before anything of it was read.`;
}

function refusedWords(refused: number, number: (value: number) => string): string {
  if (refused === 0)
    return "Since this web process was started, it has refused no request of any shop for a wrong signature.";
  const count = refused === 1 ? "1 request was" : `${number(refused)} requests were`;
  return `Since this web process was started, ${count} refused for a wrong signature, those of all shops counted. If webhooks are missing too, check that SHOPIFY_API_SECRET is the one the app has at Shopify.`;
}
