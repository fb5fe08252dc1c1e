import type { Db } from "#app/lib/db.server.ts";
import type { SkuProblemCounts } from "./workbench-views.ts";

/** What `listSkuProblems` lists, counted: texts that are shared, and variants without one. A blank text is stored as none. */
export async function countSkuProblems(db: Db, { shop }: { shop: string }): Promise<SkuProblemCounts> {
  const { rows } = await db.query<SkuProblemCounts>(
    `WITH texts AS (
       SELECT "skuCode" AS code, count(*) AS skus,
         count(*) FILTER (WHERE "archivedAt" IS NULL) AS living
       FROM "Sku" WHERE shop = $1 AND NOT "isPlaceholder" GROUP BY 1
     )
     SELECT count(*) FILTER (WHERE code IS NOT NULL AND skus > 1 AND living > 0)::int AS duplicates,
       coalesce(sum(living) FILTER (WHERE code IS NULL), 0)::int AS blank
     FROM texts`,
    [shop],
  );
  return rows[0] ?? { duplicates: 0, blank: 0 };
}
