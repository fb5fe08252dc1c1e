import { Banner, BlockStack, Card, InlineGrid, InlineStack, Link, Text } from "@shopify/polaris";

import type { ProductPage } from "#app/erp/catalog/catalogue-views.ts";

import { counted } from "./counted.ts";
import { CursorPages } from "./cursor-pages.tsx";
import { useEmbeddedHref } from "./embedded-href.ts";
import { Fact } from "./fact.tsx";
import { NothingHere } from "./nothing-here.tsx";
import { PageFrame } from "./page-frame.tsx";
import { ProductMappings } from "./product-mappings.tsx";
import { ProductSources } from "./product-sources.tsx";
import { ProductVariation } from "./product-variation.tsx";
import { useFormat } from "./shop-format.tsx";
import { openShopifyAdmin } from "./shopify-admin-link.tsx";
import { StatusBadge } from "./status-badge.tsx";

/** A product: what it is, where it comes from and what people said of it; below that its SKUs by variation, a page at a time. */
export function ProductView({ shop, page }: { shop: string; page: ProductPage }) {
  const { product, counts, variations, pages, sources, mappings, openProposals, currency } = page;
  const format = useFormat();
  const { shopifyProductId } = product;
  const open = {
    label: "Open in Shopify",
    onAction: () => {
      openShopifyAdmin(shop, `products/${shopifyProductId ?? ""}`);
    },
  };
  return (
    <PageFrame
      title={product.name}
      subtitle={`${counted(format, counts.variations, "variation", "variations")} · ${counted(format, counts.skus, "SKU", "SKUs")}`}
      badges={
        <InlineStack gap="100">
          <StatusBadge of="product" status={product.status} />
          {product.archivedAt !== null && product.status !== "ARCHIVED" ? (
            <StatusBadge of="catalogue" status="archived" />
          ) : null}
        </InlineStack>
      }
      back={{ label: "Catalogue", path: "/app/catalogue" }}
      actions={shopifyProductId === null ? [] : [open]}
      width="full"
    >
      <BlockStack gap="400">
        {openProposals > 0 ? <ProposalsWait count={openProposals} /> : null}
        <InlineGrid columns={{ xs: 1, md: 3 }} gap="400" alignItems="start">
          <Card>
            <BlockStack gap="200">
              <Text as="h2" variant="headingMd">
                Product
              </Text>
              <Fact term="Vendor">{product.vendor ?? "—"}</Fact>
              <Fact term="Type">{product.productType ?? "—"}</Fact>
              <Fact term="Handle">{product.handle ?? "—"}</Fact>
              <Fact term="Tags">{product.tags.join(", ") || "—"}</Fact>
              <Fact term="Last change">{format.dateTime(product.updatedAt)}</Fact>
              {product.archivedAt === null ? null : (
                <Fact term="Archived">{format.dateTime(product.archivedAt)}</Fact>
              )}
            </BlockStack>
          </Card>
          <ProductSources shop={shop} sources={sources} mainId={shopifyProductId} />
          <ProductMappings mappings={mappings} />
        </InlineGrid>
        {variations.map((variation) => (
          <ProductVariation
            key={variation.id}
            shop={shop}
            variation={variation}
            isOneOfSeveral={sources.length > 1}
            currency={currency}
          />
        ))}
        <CursorPages page={pages} label="Pages of SKUs" />
        {variations.length === 0 ? (
          <Card>
            <NothingHere heading="No SKUs">
              What it had belongs to another product now, or Shopify has told no variant of it.
            </NothingHere>
          </Card>
        ) : null}
      </BlockStack>
    </PageFrame>
  );
}

function ProposalsWait({ count }: { count: number }) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const path = "/app/catalogue/workbench";
  return (
    <Banner
      tone="warning"
      title={
        count === 1
          ? "One look-alike of this product waits for your word"
          : `${format.number(count)} look-alikes of this product wait for your word`
      }
    >
      <Link url={withPart(href(path), "proposals")}>Decide on the SKU workbench</Link>
    </Banner>
  );
}

function withPart(url: string, part: string): string {
  return `${url}${url.includes("?") ? "&" : "?"}part=${part}`;
}
