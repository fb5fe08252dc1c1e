import type { Db } from "#app/lib/db.server.ts";
import type { SkuProblemCounts } from "./workbench-views.ts";

/** What `listSkuProblems` lists, counted: texts that are shared, and variants without one. A blank text is stored as none. */
export async function countSkuProblems(db: Db, { shop }: { shop: string }): Promise<SkuProblemCounts> {
  // In the order of the index `Sku_texts`, which only the subquery makes sure of: then nothing but the index is read, and equal texts
  // stand side by side. Else the planner reads the rows and hashes every text of the shop.
  const { rows } = await db.query<SkuProblemCounts>(
    `WITH texts AS (
       SELECT code, count(*) AS skus, count(*) FILTER (WHERE "archivedAt" IS NULL) AS living
       FROM (SELECT "skuCode" AS code, "archivedAt" FROM "Sku"
         WHERE shop = $1 AND NOT "isPlaceholder" ORDER BY "skuCode" OFFSET 0) sorted
       GROUP BY code
     )
     SELECT count(*) FILTER (WHERE code IS NOT NULL AND skus > 1 AND living > 0)::int AS duplicates,
       coalesce(sum(living) FILTER (WHERE code IS NULL), 0)::int AS blank
     FROM texts`,
    [shop],
  );
  return rows[0] ?? { duplicates: 0, blank: 0 };
}
