import type { LoaderFunctionArgs } from "@remix-run/node";

import { findAwaitedSkus } from "#app/erp/catalog/find-awaited-skus.server.ts";
import { findSkuProblems } from "#app/erp/catalog/find-sku-problems.server.ts";
import { listSkuMappings } from "#app/erp/catalog/list-sku-mappings.server.ts";
import type { LabelledVariant } from "#app/erp/catalog/report-sku-problems.ts";
import { workbenchParts, type AwaitedSku, type MappedSku } from "#app/erp/catalog/workbench-views.ts";
import { everyRow } from "#app/lib/every-row.ts";

import { loadPage } from "./load-page.server.ts";
import { readListQuery } from "./read-list-query.ts";
import { streamCsv, type CsvColumns } from "./stream-csv.server.ts";

const MAPPINGS_AT_ONCE = 500;

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

type Text = LabelledVariant & { sharedBy: number | null };

const textColumns: CsvColumns<Text> = {
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

/** One part of the SKU workbench as CSV, whole; look-alikes are looked at side by side, not in a table. */
export async function loader({ request, context: line }: LoaderFunctionArgs) {
  return loadPage(request, ({ shop, pool, context }) => {
    const reader = { log: context.log, signal: request.signal, drained: line.drained };
    async function* waiting() {
      yield (await findAwaitedSkus(pool, { shop })).groups;
    }
    async function* texts(): AsyncGenerator<Text[]> {
      const { duplicates, blank } = await findSkuProblems(pool, { shop, of: "erp" });
      for (const { variants } of duplicates)
        yield variants.map((variant) => ({ ...variant, sharedBy: variants.length }));
      yield blank.map((variant) => ({ ...variant, sharedBy: null }));
    }
    const { choices } = readListQuery(request, { choices: { part: workbenchParts } });
    switch (choices.part?.[0]) {
      case "texts":
        return Promise.resolve(streamCsv("sku-texts", textColumns, texts(), reader));
      case "mappings": {
        const pages = everyRow((at) => listSkuMappings(pool, { shop, at, limit: MAPPINGS_AT_ONCE }));
        return Promise.resolve(streamCsv("sku-mappings", mappingColumns, pages, reader));
      }
      default:
        return Promise.resolve(streamCsv("awaited-skus", waitingColumns, waiting(), reader));
    }
  });
}
