import { Banner, BlockStack, Box, Link, Text } from "@shopify/polaris";

import type {
  CachedTexts,
  SkuProblem,
  SkuProblemCounts,
  Workbench,
  WorkbenchCounts,
} from "#app/erp/catalog/workbench-views.ts";

import { counted } from "./counted.ts";
import { CursorPages } from "./cursor-pages.tsx";
import { useEmbeddedHref } from "./embedded-href.ts";
import { NothingHere } from "./nothing-here.tsx";
import { SearchedRows, type PartSearch } from "./part-search.tsx";
import { RowsTable } from "./rows-table.tsx";
import { useFormat } from "./shop-format.tsx";
import { ShopifyAdminLink, variantPath } from "./shopify-admin-link.tsx";
import { StatusBadge } from "./status-badge.tsx";

type Texts = Extract<Workbench, { part: "texts" }>["texts"];

/** Variants that share a SKU text or have none: such a text matches nothing, and only Shopify can change it. */
export function WorkbenchTexts({
  shop,
  texts,
  counts,
  search,
}: {
  shop: string;
  texts: Texts;
  counts: WorkbenchCounts;
  search: PartSearch;
}) {
  const { cached } = texts;
  return (
    <BlockStack>
      <About known={cached ?? counts} cached={cached} />
      <SearchedRows
        search={search}
        label="Search by SKU or title"
        isEmpty={texts.rows.length === 0}
        nothing={
          <NothingHere heading="Every variant has a SKU of its own">
            SKUs that several variants share, and variants without one, are listed here.
          </NothingHere>
        }
      >
        <RowsTable
          resource={{ singular: "variant", plural: "variants" }}
          rows={texts.rows}
          idOf={(row) => row.id}
          columns={[
            { title: "SKU", cell: (row) => <Problem row={row} /> },
            { title: "Variant", cell: (row) => <InErp row={row} /> },
            { title: "Mend it in Shopify", cell: (row) => <InShopify shop={shop} row={row} /> },
          ]}
          compact={(row) => (
            <>
              <Problem row={row} />
              <InErp row={row} />
              <InShopify shop={shop} row={row} />
            </>
          )}
        />
        <CursorPages page={texts} label="Shared and missing SKUs" />
      </SearchedRows>
    </BlockStack>
  );
}

/** How many there are, and how far that is known. */
function About({ known, cached }: { known: SkuProblemCounts; cached: CachedTexts | null }) {
  const format = useFormat();
  const isNone = known.duplicates + known.blank === 0;
  if (isNone && cached === null) return null;
  const shared = counted(format, known.duplicates, "SKU is shared", "SKUs are shared");
  const blank = counted(format, known.blank, "variant has none", "variants have none");
  return (
    <Box padding="400" paddingBlockEnd="0">
      <Banner
        tone="info"
        title={isNone ? "No SKU is shared, none is missing" : `${shared} by several variants, ${blank}`}
      >
        <BlockStack gap="100">
          {cached === null ? null : (
            <Text as="p">From what Shopify has sent; nothing of it is in the ERP yet.</Text>
          )}
          {isNone ? null : (
            <Text as="p">
              Orders still find these variants by their id. But nothing can be matched by such a text. Give
              each variant a SKU of its own in Shopify: it disappears from this list by itself.
            </Text>
          )}
          {cached !== null && cached.untold > 0 ? (
            <Text as="p">
              {`Of ${counted(format, cached.untold, "further variant", "further variants")} Shopify has not sent the SKU yet: a product sync brings it.`}
            </Text>
          ) : null}
          {cached !== null && cached.unreadable > 0 ? (
            <Text as="p">
              {`${counted(format, cached.unreadable, "product", "products")} cannot be read and could not be looked at.`}
            </Text>
          ) : null}
        </BlockStack>
      </Banner>
    </Box>
  );
}

function Problem({ row }: { row: SkuProblem }) {
  const format = useFormat();
  return (
    <BlockStack>
      {row.skuText === null ? null : (
        <Text as="span" fontWeight="semibold" breakWord>
          {row.skuText}
        </Text>
      )}
      <Text as="span" tone={row.skuText === null ? undefined : "subdued"}>
        {row.sharedBy === null ? "No SKU" : `Shared by ${format.number(row.sharedBy)}`}
      </Text>
    </BlockStack>
  );
}

function InErp({ row }: { row: SkuProblem }) {
  const href = useEmbeddedHref();
  return (
    <BlockStack gap="100" inlineAlign="start">
      {row.productId === null ? (
        <Text as="span">{row.title}</Text>
      ) : (
        <Link url={href(`/app/catalogue/${row.productId}`)}>{row.title}</Link>
      )}
      {row.archived ? <StatusBadge of="catalogue" status="archived" /> : null}
    </BlockStack>
  );
}

function InShopify({ shop, row }: { shop: string; row: SkuProblem }) {
  const { shopifyProductId, shopifyVariantId } = row;
  if (shopifyProductId === null)
    return (
      <Text as="span" tone="subdued">
        Not in Shopify
      </Text>
    );
  return (
    <ShopifyAdminLink shop={shop} path={variantPath(shopifyProductId, shopifyVariantId)}>
      {shopifyVariantId === null ? `Product ${shopifyProductId}` : `Variant ${shopifyVariantId}`}
    </ShopifyAdminLink>
  );
}
