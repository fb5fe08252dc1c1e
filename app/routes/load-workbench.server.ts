import type { Pool } from "pg";

import { countWorkbench } from "#app/erp/catalog/count-workbench.server.ts";
import { findAwaitedSkus } from "#app/erp/catalog/find-awaited-skus.server.ts";
import { findSkuProblems } from "#app/erp/catalog/find-sku-problems.server.ts";
import { listProductProposals } from "#app/erp/catalog/list-product-proposals.server.ts";
import { listSkuMappings } from "#app/erp/catalog/list-sku-mappings.server.ts";
import {
  workbenchParts,
  type Slice,
  type SkuTextProblem,
  type Workbench,
} from "#app/erp/catalog/workbench-views.ts";
import { readWholeNumber } from "#app/lib/read-whole-number.ts";

import { PAGE_ROWS, readListQuery } from "./read-list-query.ts";

const MOST_PAGES = 100_000;
/** Two products side by side are tall. */
const PROPOSALS = 10;
const GROUPS = 20;

/** One part of the SKU workbench, as the address asks, and the counts of all. */
export async function loadWorkbench(
  pool: Pool,
  { shop, request }: { shop: string; request: Pick<Request, "url"> },
): Promise<Workbench> {
  const { choices, at } = readListQuery(request, { choices: { part: workbenchParts } });
  const asked = new URL(request.url).searchParams.get("page") ?? "";
  const page = readWholeNumber(asked, { least: 1, most: MOST_PAGES }) ?? 1;
  const [counts, currency] = await Promise.all([countWorkbench(pool, { shop }), loadCurrency(pool, shop)]);
  const head = { counts, currency };
  switch (choices.part?.[0]) {
    case "texts": {
      const { duplicates, blank } = await findSkuProblems(pool, { shop, of: "erp" });
      const problems: SkuTextProblem[] = [
        ...duplicates.map((one) => ({ kind: "shared" as const, ...one })),
        ...blank.map((variant) => ({ kind: "blank" as const, variant })),
      ];
      const counted = { shared: duplicates.length, blank: blank.length };
      return { ...head, part: "texts", texts: { ...sliceOf(problems, page, GROUPS), ...counted } };
    }
    case "proposals":
      return {
        ...{ ...head, part: "proposals" },
        proposals: await listProductProposals(pool, { shop, at, limit: PROPOSALS }),
      };
    case "mappings":
      return {
        ...{ ...head, part: "mappings" },
        mappings: await listSkuMappings(pool, { shop, at, limit: PAGE_ROWS }),
      };
    case "waiting":
    case undefined: {
      const { groups, ...rest } = await findAwaitedSkus(pool, { shop });
      return { ...head, part: "waiting", waiting: { ...sliceOf(groups, page, GROUPS), ...rest } };
    }
  }
}

/** A page that is not there any more is the last one. */
function sliceOf<Row>(all: readonly Row[], asked: number, size: number): Slice<Row> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Math.min(asked, pages);
  return { rows: all.slice((page - 1) * size, page * size), page, pages };
}

async function loadCurrency(pool: Pool, shop: string): Promise<string | null> {
  const { rows } = await pool.query<{ currency: string | null }>(
    `select currency from "Shop" where shop = $1`,
    [shop],
  );
  return rows[0]?.currency ?? null;
}
