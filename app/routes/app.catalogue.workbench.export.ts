import type { LoaderFunctionArgs } from "@remix-run/node";

import { listAwaitedSkus } from "#app/erp/catalog/list-awaited-skus.server.ts";
import {
  hasOnlyCachedProducts,
  listCachedSkuProblems,
} from "#app/erp/catalog/list-cached-sku-problems.server.ts";
import { listSkuMappings } from "#app/erp/catalog/list-sku-mappings.server.ts";
import { listSkuProblems } from "#app/erp/catalog/list-sku-problems.server.ts";
import {
  workbenchParts,
  type AwaitedSku,
  type MappedSku,
  type SkuProblem,
} from "#app/erp/catalog/workbench-views.ts";
import type { Db } from "#app/lib/db.server.ts";
import { everyRow } from "#app/lib/every-row.ts";
import { readSnapshot } from "#app/lib/read-snapshot.server.ts";

import { loadPage } from "./load-page.server.ts";
import { readListQuery } from "./read-list-query.ts";
import { streamCsv, type CsvColumns } from "./stream-csv.server.ts";

const ROWS_AT_ONCE = 1000;

const waitingColumns: CsvColumns<AwaitedSku> = {
  "SKU in the orders": ({ skuText }) => skuText,
  Title: ({ title }) => title,
  Variant: ({ variantTitle }) => variantTitle,
  "Shopify product id": ({ shopifyProductId }) => shopifyProductId,
  "Shopify variant id": ({ shopifyVariantId }) => shopifyVariantId,
  "Orders waiting": ({ orders }) => orders,
  "Waiting for nothing else": ({ onlyThis }) => onlyThis,
  "For example": ({ examples }) => examples.map(({ orderNumber }) => orderNumber).join(" "),
};

const textColumns: CsvColumns<SkuProblem> = {
  SKU: ({ skuText }) => skuText,
  "Shared by": ({ sharedBy }) => sharedBy,
  Variant: ({ title }) => title,
  Archived: ({ archived }) => archived,
  "Shopify product id": ({ shopifyProductId }) => shopifyProductId,
  "Shopify variant id": ({ shopifyVariantId }) => shopifyVariantId,
  "ERP product id": ({ productId }) => productId,
};

const mappingColumns: CsvColumns<MappedSku> = {
  "Shopify variant id": ({ shopifyVariantId }) => shopifyVariantId,
  SKU: ({ skuCode }) => skuCode,
  "SKU title": ({ skuTitle }) => skuTitle,
  "ERP product id": ({ productId }) => productId,
  "Said by": ({ createdBy }) => createdBy,
  "Said at": ({ createdAt }) => createdAt,
};

/** One part of the SKU workbench as CSV, with the search it is shown with; look-alikes are looked at side by side, not in a table. */
export async function loader({ request, context: line }: LoaderFunctionArgs) {
  return loadPage(request, ({ shop, pool, context }) => {
    const { choices, search } = readListQuery(request, { choices: { part: workbenchParts } });
    const reader = { log: context.log, signal: request.signal, drained: line.drained };
    const whole = { shop, search, at: null, limit: Number.MAX_SAFE_INTEGER };
    async function* waiting() {
      yield (await listAwaitedSkus(pool, whole)).rows;
    }
    async function* texts(db: Db) {
      if (await hasOnlyCachedProducts(db, { shop })) yield (await listCachedSkuProblems(db, whole)).rows;
      else yield* everyRow((at) => listSkuProblems(db, { shop, search, at, limit: ROWS_AT_ONCE }));
    }
    const mappings = (db: Db) =>
      everyRow((at) => listSkuMappings(db, { shop, search, at, limit: ROWS_AT_ONCE }));
    switch (choices.part?.[0]) {
      case "texts":
        return Promise.resolve(streamCsv("sku-texts", textColumns, readSnapshot(pool, texts), reader));
      case "mappings":
        return Promise.resolve(
          streamCsv("sku-mappings", mappingColumns, readSnapshot(pool, mappings), reader),
        );
      default:
        return Promise.resolve(streamCsv("awaited-skus", waitingColumns, waiting(), reader));
    }
  });
}
