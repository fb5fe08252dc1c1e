import type { Pool } from "pg";

import { countWorkbench } from "#app/erp/catalog/count-workbench.server.ts";
import { listAwaitedSkus } from "#app/erp/catalog/list-awaited-skus.server.ts";
import {
  hasOnlyCachedProducts,
  listCachedSkuProblems,
} from "#app/erp/catalog/list-cached-sku-problems.server.ts";
import { listProductProposals } from "#app/erp/catalog/list-product-proposals.server.ts";
import { listSkuMappings } from "#app/erp/catalog/list-sku-mappings.server.ts";
import { listSkuProblems } from "#app/erp/catalog/list-sku-problems.server.ts";
import { workbenchParts, type Workbench } from "#app/erp/catalog/workbench-views.ts";

import { PAGE_ROWS, readListQuery } from "./read-list-query.ts";

/** Two products side by side are tall. */
const PROPOSALS = 10;

/** One part of the SKU workbench, as the address asks, and the counts of all. */
export async function loadWorkbench(
  pool: Pool,
  { shop, request }: { shop: string; request: Pick<Request, "url"> },
): Promise<Workbench> {
  const { choices, at, search } = readListQuery(request, { choices: { part: workbenchParts } });
  const [counts, currency] = await Promise.all([countWorkbench(pool, { shop }), loadCurrency(pool, shop)]);
  const head = { counts, currency };
  const question = { shop, search, at, limit: PAGE_ROWS };
  const part = choices.part?.[0] ?? "waiting";
  switch (part) {
    case "waiting":
      return { ...head, part, waiting: await listAwaitedSkus(pool, question) };
    case "texts": {
      const isFirst = counts.texts === 0 && (await hasOnlyCachedProducts(pool, { shop }));
      const texts = isFirst
        ? await listCachedSkuProblems(pool, question)
        : { ...(await listSkuProblems(pool, question)), cached: null };
      return { ...head, part, texts };
    }
    case "proposals":
      return {
        ...{ ...head, part },
        proposals: await listProductProposals(pool, { ...question, limit: PROPOSALS }),
      };
    case "mappings":
      return { ...head, part, mappings: await listSkuMappings(pool, question) };
  }
}

async function loadCurrency(pool: Pool, shop: string): Promise<string | null> {
  const { rows } = await pool.query<{ currency: string | null }>(
    `select currency from "Shop" where shop = $1`,
    [shop],
  );
  return rows[0]?.currency ?? null;
}
