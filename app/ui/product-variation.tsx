import { BlockStack, Box, Card, InlineStack, Text } from "@shopify/polaris";

import type { ProductPage, SkuStock } from "#app/erp/catalog/catalogue-views.ts";

import type { Format } from "./format.ts";
import { RowsTable } from "./rows-table.tsx";
import { useFormat } from "./shop-format.tsx";
import { ShopifyAdminLink, variantPath } from "./shopify-admin-link.tsx";
import { StatusBadge } from "./status-badge.tsx";

type Variation = ProductPage["variations"][number];
type Sku = Variation["skus"][number];

/** One variation and its SKUs, as far as they stand on this page. */
export function ProductVariation({
  shop,
  variation,
  isOneOfSeveral,
  currency,
}: {
  shop: string;
  variation: Variation;
  /** Whether several Shopify products feed the product: two may have a variation of one name. */
  isOneOfSeveral: boolean;
  currency: string | null;
}) {
  const format = useFormat();
  const source = variation.shopifySourceProductId;
  const price = ({ price: amount }: Sku) =>
    amount === null ? "—" : currency === null ? amount : format.money(amount, currency);
  const name = variation.axis === null ? variation.name : `${variation.axis}: ${variation.name}`;
  return (
    <Card padding="0">
      <Box padding="400">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {name}
          </Text>
          {variation.archivedAt === null ? null : <StatusBadge of="catalogue" status="archived" />}
          {isOneOfSeveral && source !== null ? (
            <Text as="span" tone="subdued">{`from Shopify product ${source}`}</Text>
          ) : null}
        </InlineStack>
      </Box>
      {variation.skus.length === 0 ? (
        <Box padding="400" paddingBlockStart="0">
          <Text as="p" tone="subdued">
            Its SKUs belong to another variation now.
          </Text>
        </Box>
      ) : (
        <RowsTable
          resource={{ singular: "SKU", plural: "SKUs" }}
          rows={variation.skus}
          idOf={(sku) => sku.id}
          columns={[
            { title: "SKU", cell: (sku) => <SkuAndOptions sku={sku} /> },
            { title: "Price", numeric: true, cell: price },
            { title: "Stock", numeric: true, cell: (sku) => <Stock levels={sku.stock} /> },
            { title: "Barcode", cell: (sku) => sku.barcode || "—" },
            { title: "In Shopify", cell: (sku) => <Ids shop={shop} source={source} sku={sku} /> },
          ]}
          compact={(sku) => (
            <>
              <SkuName sku={sku} />
              <Text as="span">{`${optionWords(sku)} · ${price(sku)}`}</Text>
              <Text as="span">{`Stock ${stockWords(sku.stock, format)}`}</Text>
              {sku.barcode ? <Text as="span">{`Barcode ${sku.barcode}`}</Text> : null}
              <Ids shop={shop} source={source} sku={sku} />
            </>
          )}
        />
      )}
    </Card>
  );
}

/** A table's cells do not wrap by themselves: long options would push the ids out of the page. */
function SkuAndOptions({ sku }: { sku: Sku }) {
  return (
    <div style={{ whiteSpace: "normal", minWidth: "9rem" }}>
      <SkuName sku={sku} />
      <Text as="span" tone="subdued" breakWord>
        {optionWords(sku)}
      </Text>
    </div>
  );
}

function SkuName({ sku }: { sku: Sku }) {
  return (
    <BlockStack gap="100" inlineAlign="start">
      <Text as="span" fontWeight="semibold">
        {sku.skuCode ?? "No SKU text"}
      </Text>
      <InlineStack gap="100">
        {sku.archivedAt === null ? null : <StatusBadge of="catalogue" status="archived" />}
        {sku.isPlaceholder ? <StatusBadge of="catalogue" status="placeholder" /> : null}
        {sku.isBundle ? <StatusBadge of="catalogue" status="bundle" /> : null}
        {sku.tracked ? null : <StatusBadge of="catalogue" status="untracked" />}
      </InlineStack>
    </BlockStack>
  );
}

function Stock({ levels }: { levels: SkuStock[] }) {
  const format = useFormat();
  const places = placeWords(levels, format);
  return (
    <BlockStack inlineAlign="end">
      <Text as="span" numeric>
        {total(levels, format)}
      </Text>
      {places.map((place) => (
        <Text key={place} as="span" tone="subdued" numeric>
          {place}
        </Text>
      ))}
    </BlockStack>
  );
}

function Ids({ shop, source, sku }: { shop: string; source: string | null; sku: Sku }) {
  const { shopifyVariantId, shopifyInventoryItemId } = sku;
  if (shopifyVariantId === null)
    return (
      <Text as="span" tone="subdued">
        No variant
      </Text>
    );
  const words = `Variant ${shopifyVariantId}`;
  return (
    <BlockStack>
      {source === null || sku.isPlaceholder ? (
        <Text as="span">{words}</Text>
      ) : (
        <ShopifyAdminLink shop={shop} path={variantPath(source, shopifyVariantId)}>
          {words}
        </ShopifyAdminLink>
      )}
      {shopifyInventoryItemId === null ? null : (
        <Text as="span" tone="subdued">{`Inventory item ${shopifyInventoryItemId}`}</Text>
      )}
    </BlockStack>
  );
}

function optionWords({ options }: Sku): string {
  return options.map(({ value }) => value).join(" / ") || "—";
}

function total(levels: readonly SkuStock[], format: Format): string {
  const known = levels.flatMap(({ available }) => available ?? []);
  return known.length === 0 ? "—" : format.number(known.reduce((sum, available) => sum + available, 0));
}

/** By location, where there are several. */
function placeWords(levels: readonly SkuStock[], format: Format): string[] {
  if (levels.length < 2) return [];
  return levels.map(
    ({ location, locationId, available }) =>
      `${location ?? `Location ${locationId}`}: ${available === null ? "—" : format.number(available)}`,
  );
}

function stockWords(levels: readonly SkuStock[], format: Format): string {
  const places = placeWords(levels, format);
  return places.length === 0 ? total(levels, format) : `${total(levels, format)} (${places.join(", ")})`;
}
