import { BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";

import type { ProductSource } from "#app/erp/catalog/catalogue-views.ts";

import { counted } from "./counted.ts";
import { useEmbeddedHref } from "./embedded-href.ts";
import type { Format } from "./format.ts";
import { useFormat } from "./shop-format.tsx";
import { ShopifyAdminLink } from "./shopify-admin-link.tsx";
import { StatusBadge } from "./status-badge.tsx";

/** The Shopify products that feed a product, and how each came to be this one. */
export function ProductSources({
  shop,
  sources,
  mainId,
}: {
  shop: string;
  sources: readonly ProductSource[];
  mainId: string | null;
}) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Where it comes from
        </Text>
        {sources.length === 0 ? (
          <Text as="p" tone="subdued">
            No Shopify product feeds it.
          </Text>
        ) : null}
        {sources.map((source) => (
          <Source
            key={source.shopifyProductId}
            shop={shop}
            source={source}
            isMain={source.shopifyProductId === mainId}
          />
        ))}
      </BlockStack>
    </Card>
  );
}

function Source({ shop, source, isMain }: { shop: string; source: ProductSource; isMain: boolean }) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const { shopifyProductId, title, deleted } = source;
  return (
    <BlockStack gap="100" inlineAlign="start">
      <Text as="h3" variant="headingSm">
        {title ?? "A product the cache does not hold"}
      </Text>
      {deleted ? <StatusBadge of="catalogue" status="deleted" /> : null}
      <Text as="p">{howMatched(source, format)}</Text>
      {isMain ? (
        <Text as="p" tone="subdued">
          Name, description and status are taken from it.
        </Text>
      ) : null}
      <InlineStack gap="300">
        {deleted ? null : (
          <ShopifyAdminLink shop={shop} path={`products/${shopifyProductId}`}>
            {`Product ${shopifyProductId}`}
          </ShopifyAdminLink>
        )}
        {title === null ? null : (
          <Link url={href(`/app/cache/product/${shopifyProductId}`)}>What Shopify sent</Link>
        )}
      </InlineStack>
    </BlockStack>
  );
}

function howMatched({ linked, accepted }: ProductSource, format: Format): string {
  const variants = `${counted(format, linked, "variant is a SKU", "variants are SKUs")} here`;
  return accepted === null
    ? `Linked by itself: ${variants}.`
    : `Accepted by staff member ${accepted.by} on ${format.dateTime(accepted.at)}: ${variants}.`;
}
