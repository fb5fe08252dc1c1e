import { Banner, BlockStack, Box, Link, Text } from "@shopify/polaris";

import type { LabelledVariant } from "#app/erp/catalog/report-sku-problems.ts";
import type { SkuTextProblem, Workbench } from "#app/erp/catalog/workbench-views.ts";

import { counted } from "./counted.ts";
import { useEmbeddedHref } from "./embedded-href.ts";
import { NothingHere } from "./nothing-here.tsx";
import { RowsTable } from "./rows-table.tsx";
import { useFormat } from "./shop-format.tsx";
import { ShopifyAdminLink, variantPath } from "./shopify-admin-link.tsx";
import { SlicePages } from "./slice-pages.tsx";
import { StatusBadge } from "./status-badge.tsx";

type Texts = Extract<Workbench, { part: "texts" }>["texts"];
type Row = LabelledVariant & { problem: string; key: string };

/** Variants that share a SKU text or have none: such a text matches nothing, and only Shopify can change it. */
export function WorkbenchTexts({ shop, texts }: { shop: string; texts: Texts }) {
  const format = useFormat();
  if (texts.rows.length === 0)
    return (
      <NothingHere heading="Every variant has a SKU of its own">
        SKUs that several variants share, and variants without one, are listed here.
      </NothingHere>
    );
  const shared = counted(format, texts.shared, "SKU is shared", "SKUs are shared");
  const blank = counted(format, texts.blank, "variant has none", "variants have none");
  return (
    <BlockStack>
      <Box padding="400">
        <Banner tone="info" title={`${shared} by several variants, ${blank}`}>
          <Text as="p">
            Orders still find these variants by their id. But nothing can be matched by such a text. Give each
            variant a SKU of its own in Shopify: it disappears from this list by itself.
          </Text>
        </Banner>
      </Box>
      <RowsTable
        resource={{ singular: "variant", plural: "variants" }}
        rows={texts.rows.flatMap((problem) => rowsOf(problem, format.number))}
        idOf={(row) => row.key}
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
      <SlicePages slice={texts} label="Shared and missing SKUs" />
    </BlockStack>
  );
}

function rowsOf(problem: SkuTextProblem, number: (value: number) => string): Row[] {
  const keyOf = (variant: LabelledVariant, index: number) =>
    `${problem.kind}-${variant.shopifyVariantId ?? `${variant.title}-${String(index)}`}`;
  if (problem.kind === "blank")
    return [{ ...problem.variant, problem: "No SKU", key: keyOf(problem.variant, 0) }];
  return problem.variants.map((variant, index) => ({
    ...variant,
    problem: `Shared by ${number(problem.variants.length)}`,
    key: keyOf(variant, index),
  }));
}

function Problem({ row }: { row: Row }) {
  return (
    <BlockStack>
      {row.skuText === null ? null : (
        <Text as="span" fontWeight="semibold" breakWord>
          {row.skuText}
        </Text>
      )}
      <Text as="span" tone={row.skuText === null ? undefined : "subdued"}>
        {row.problem}
      </Text>
    </BlockStack>
  );
}

function InErp({ row }: { row: Row }) {
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

function InShopify({ shop, row }: { shop: string; row: Row }) {
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
