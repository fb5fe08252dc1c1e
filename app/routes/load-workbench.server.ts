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
  const head = loadHead(pool, shop);
  const question = { shop, search, at, limit: PAGE_ROWS };
  const part = choices.part?.[0] ?? "waiting";
  switch (part) {
    case "waiting": {
      const [{ counts, currency }, waiting] = await Promise.all([head, listAwaitedSkus(pool, question)]);
      return { counts, currency, part, waiting };
    }
    case "texts": {
      const { counts, currency } = await head;
      const isFirst = counts.texts === 0 && (await hasOnlyCachedProducts(pool, { shop }));
      const texts = isFirst
        ? await listCachedSkuProblems(pool, question)
        : { ...(await listSkuProblems(pool, question)), cached: null };
      return { counts, currency, part, texts };
    }
    case "proposals": {
      const listed = listProductProposals(pool, { ...question, limit: PROPOSALS });
      const [{ counts, currency }, proposals] = await Promise.all([head, listed]);
      return { counts, currency, part, proposals };
    }
    case "mappings": {
      const [{ counts, currency }, mappings] = await Promise.all([head, listSkuMappings(pool, question)]);
      return { counts, currency, part, mappings };
    }
  }
}

async function loadHead(pool: Pool, shop: string): Promise<Pick<Workbench, "counts" | "currency">> {
  const [counts, currency] = await Promise.all([countWorkbench(pool, { shop }), loadCurrency(pool, shop)]);
  return { counts, currency };
}

async function loadCurrency(pool: Pool, shop: string): Promise<string | null> {
  const { rows } = await pool.query<{ currency: string | null }>(
    `select currency from "Shop" where shop = $1`,
    [shop],
  );
  return rows[0]?.currency ?? null;
}
