import type { LoaderFunctionArgs } from "@remix-run/node";

import type { CatalogueSku } from "#app/erp/catalog/catalogue-views.ts";
import { exportCatalogue } from "#app/erp/catalog/export-catalogue.server.ts";
import { readSnapshot } from "#app/lib/read-snapshot.server.ts";

import { loadPage } from "./load-page.server.ts";
import { readCatalogueQuery } from "./read-catalogue-query.ts";
import { streamCsv, type CsvColumns } from "./stream-csv.server.ts";

const columns: CsvColumns<CatalogueSku> = {
  Product: (sku) => sku.product,
  Status: (sku) => sku.status,
  Variation: (sku) => sku.variation,
  SKU: (sku) => sku.skuCode,
  Size: (sku) => sku.size,
  Options: (sku) => sku.options.map(({ name, value }) => `${name}: ${value}`).join("; "),
  Price: (sku) => sku.price,
  Barcode: (sku) => sku.barcode,
  Stock: (sku) => sku.stock,
  Tracked: (sku) => sku.tracked,
  "Shopify product id": (sku) => sku.shopifyProductId,
  "Shopify variant id": (sku) => sku.shopifyVariantId,
  "Shopify inventory item id": (sku) => sku.shopifyInventoryItemId,
  Placeholder: (sku) => sku.isPlaceholder,
  Bundle: (sku) => sku.isBundle,
  Archived: (sku) => sku.archived,
  "ERP product id": (sku) => sku.productId,
};

/** Every SKU of the products that the list shows, as CSV. */
export async function loader({ request, context: line }: LoaderFunctionArgs) {
  return loadPage(request, ({ shop, pool, context }) => {
    const { question } = readCatalogueQuery(request);
    const rows = readSnapshot(pool, (db) => exportCatalogue(db, { shop, ...question }));
    const reader = { log: context.log, signal: request.signal, drained: line.drained };
    return Promise.resolve(streamCsv("catalogue", columns, rows, reader));
  });
}
