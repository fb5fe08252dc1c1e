import { BlockStack, Link, Text } from "@shopify/polaris";

import type { MappedSku, Workbench } from "#app/erp/catalog/workbench-views.ts";

import { AnswerProblem } from "./answer-problem.tsx";
import { CursorPages } from "./cursor-pages.tsx";
import { useEmbeddedHref } from "./embedded-href.ts";
import { NothingHere } from "./nothing-here.tsx";
import { SearchedRows, type PartSearch } from "./part-search.tsx";
import { RemoveMapping } from "./remove-mapping.tsx";
import { RowsTable } from "./rows-table.tsx";
import { useFormat } from "./shop-format.tsx";
import { useIntent } from "./use-intent.ts";

type Mappings = Extract<Workbench, { part: "mappings" }>["mappings"];

/** What people have said so far, and the way back. */
export function WorkbenchMappings({ mappings, search }: { mappings: Mappings; search: PartSearch }) {
  const format = useFormat();
  const removal = useIntent("unmap");
  const remove = (row: MappedSku) => (
    <RemoveMapping
      variantId={row.shopifyVariantId}
      skuId={row.skuId}
      skuName={row.skuCode ?? row.skuTitle}
      removal={removal}
    />
  );
  const who = (row: MappedSku) => `Staff member ${row.createdBy}, ${format.dateTime(row.createdAt)}`;
  return (
    <BlockStack>
      <AnswerProblem answer={removal.answer} onRetry={removal.again} />
      <SearchedRows
        search={search}
        label="Search by variant id, SKU or title"
        isEmpty={mappings.rows.length === 0}
        nothing={
          <NothingHere heading="No variant is mapped">
            Under Orders waiting you can say which SKU a variant is. What was said is listed here and can be
            taken back.
          </NothingHere>
        }
      >
        <RowsTable
          resource={{ singular: "mapping", plural: "mappings" }}
          rows={mappings.rows}
          idOf={(row) => row.shopifyVariantId}
          columns={[
            { title: "Shopify variant", cell: (row) => row.shopifyVariantId },
            { title: "is this SKU", cell: (row) => <Sku row={row} /> },
            { title: "Said by", cell: who },
            { title: "Action", cell: remove },
          ]}
          compact={(row) => (
            <>
              <Text as="span">{`Variant ${row.shopifyVariantId} is`}</Text>
              <Sku row={row} />
              <Text as="span" tone="subdued">
                {who(row)}
              </Text>
              {remove(row)}
            </>
          )}
        />
        <CursorPages page={mappings} label="Mappings" />
      </SearchedRows>
    </BlockStack>
  );
}

function Sku({ row }: { row: MappedSku }) {
  const href = useEmbeddedHref();
  return (
    <BlockStack>
      <Link url={href(`/app/catalogue/${row.productId}`)}>{row.skuCode ?? row.skuTitle}</Link>
      {row.skuCode === null ? null : (
        <Text as="span" tone="subdued" breakWord>
          {row.skuTitle}
        </Text>
      )}
    </BlockStack>
  );
}
