import { InlineStack, Text } from "@shopify/polaris";

import type { CatalogueRow } from "#app/erp/catalog/catalogue-views.ts";
import type { ListPage } from "#app/lib/list-page.ts";

import { catalogueFilters, catalogueSortChoices, catalogueViews } from "./catalogue-filters.ts";
import { useEmbeddedHref } from "./embedded-href.ts";
import { counted } from "./counted.ts";
import { ResourceList, type ListColumn } from "./resource-list.tsx";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";

/** Products, with what is in them and what may have to be looked at. */
export function CatalogueList({
  page,
  ignored,
}: {
  page: ListPage<CatalogueRow>;
  ignored: readonly string[];
}) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const stock = (row: CatalogueRow) => (row.stock === null ? "—" : format.number(row.stock));
  const number = (title: string, of: (row: CatalogueRow) => number): ListColumn<CatalogueRow> => ({
    title,
    numeric: true,
    cell: (row) => format.number(of(row)),
  });
  return (
    <ResourceList
      resource={{ singular: "product", plural: "products" }}
      page={page}
      ignored={ignored}
      idOf={(row) => row.id}
      primary={{
        title: "Product",
        words: (row) => row.name,
        path: (row) => `/app/catalogue/${row.id}`,
      }}
      columns={[
        { title: "Status", cell: (row) => <Badges row={row} /> },
        number("Variations", (row) => row.variations),
        number("SKUs", (row) => row.skus),
        { title: "Stock", numeric: true, cell: stock },
        number("Shopify products", (row) => row.shopifyProducts),
        { title: "Last change", cell: (row) => format.dateTime(row.updatedAt) },
      ]}
      compact={(row) => (
        <>
          <Text as="span" tone="subdued">
            {`${counted(format, row.skus, "SKU", "SKUs")} · stock ${stock(row)}`}
          </Text>
          <Badges row={row} />
        </>
      )}
      searchLabel="Name, handle, vendor, SKU or barcode"
      filters={catalogueFilters}
      views={catalogueViews}
      sorts={catalogueSortChoices}
      empty={{
        heading: "No products yet",
        text: "Sync all products once. From then on Shopify tells every change by itself.",
        action: { label: "Open the sync", url: href("/app/settings/shopify") },
      }}
    />
  );
}

function Badges({ row }: { row: CatalogueRow }) {
  return (
    <InlineStack gap="100">
      <StatusBadge of="product" status={row.status} />
      {row.archived && row.status !== "ARCHIVED" ? <StatusBadge of="catalogue" status="archived" /> : null}
      {row.placeholders > 0 ? <StatusBadge of="catalogue" status="placeholder" /> : null}
      {row.hasProblem ? <StatusBadge of="catalogue" status="problem" /> : null}
    </InlineStack>
  );
}
