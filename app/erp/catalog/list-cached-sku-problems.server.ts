import type { Db } from "#app/lib/db.server.ts";
import { someHasText } from "#app/lib/has-text.ts";
import type { ListAt, ListPage } from "#app/lib/list-page.ts";
import { pageOfRows } from "#app/lib/page-of-rows.ts";
import { findSkuProblems } from "./find-sku-problems.server.ts";
import { problemKey } from "./problem-key.ts";
import type { LabelledVariant } from "./report-sku-problems.ts";
import type { CachedTexts, SkuProblem } from "./workbench-views.ts";

/** Whether Shopify has sent products of which the ERP has nothing yet; placeholders are made of orders. */
export async function hasOnlyCachedProducts(db: Db, { shop }: { shop: string }): Promise<boolean> {
  const { rows } = await db.query<{ only: boolean }>(
    `select exists (select from "ShopifyProductCache" where shop = $1 and "deletedAt" is null)
        and not exists (select from "Sku" where shop = $1 and not "isPlaceholder") as only`,
    [shop],
  );
  return rows[0]?.only ?? false;
}

/** What `listSkuProblems` will tell, before the first sync: read from all that Shopify has sent, so ask only where the ERP has nothing. */
export async function listCachedSkuProblems(
  db: Db,
  { shop, search, at, limit }: { shop: string; search: string; at: ListAt; limit: number },
): Promise<ListPage<SkuProblem> & { cached: CachedTexts }> {
  const { duplicates, blank, untold, unreadable } = await findSkuProblems(db, { shop });
  const problems = [
    ...duplicates.flatMap(({ skuCode, variants }) =>
      variants.map((variant) => toProblem(variant, { skuText: skuCode, sharedBy: variants.length })),
    ),
    ...blank.map((variant) => toProblem(variant, { skuText: null, sharedBy: null })),
  ];
  const page = await pageOfRows(
    problems.filter(({ skuText, title }) => someHasText([skuText, title], search)),
    { types: ["integer", "text", "text"], direction: "asc", at, limit, keyOf: problemKey },
  );
  return { ...page, cached: { duplicates: duplicates.length, blank: blank.length, untold, unreadable } };
}

function toProblem(variant: LabelledVariant, told: Pick<SkuProblem, "skuText" | "sharedBy">): SkuProblem {
  return { ...variant, ...told, id: variant.shopifyVariantId ?? "" };
}
