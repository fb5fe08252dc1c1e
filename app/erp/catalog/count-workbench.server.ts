import { isOfStatus } from "#app/cache/entry-status.ts";
import type { Db } from "#app/lib/db.server.ts";
import { countSkuProblems } from "./count-sku-problems.server.ts";
import type { SkuProblemCounts, WorkbenchCounts } from "./workbench-views.ts";

/** What the workbench has to do, counted. Cheap enough to be asked again and again. */
export async function countWorkbench(db: Db, { shop }: { shop: string }): Promise<WorkbenchCounts> {
  const [{ rows }, skus] = await Promise.all([
    db.query<Omit<WorkbenchCounts, "texts" | keyof SkuProblemCounts>>({
      ...{ name: "count-workbench", text: SQL, values: [shop] },
    }),
    countSkuProblems(db, { shop }),
  ]);
  const [counts] = rows;
  if (!counts) throw new Error("counting gives one row");
  return { ...counts, ...skus, texts: skus.duplicates + skus.blank };
}

const SQL = `
  select
    (select count(*)::int from "ShopifyOrderCache"
      where shop = $1 and "errorCode" = 'SKU_NOT_FOUND' and "processedAt" is null) as waiting,
    (select count(*)::int from "ProductProposal" where shop = $1 and status = 'open') as proposals,
    (select count(*)::int from "SkuMapping" where shop = $1) as mappings,
    (select count(*)::int from "ShopifyOrderCache" where shop = $1 and ${isOfStatus.pending}) as releasing,
    exists (select 1 from "SyncJob" where shop = $1 and "jobType" = 'products' and status in ('pending', 'running')) as "syncsProducts",
    (select case when status = 'failed' then coalesce("errorMessage", '') end from "SyncJob"
      where shop = $1 and "jobType" = 'products' order by "createdAt" desc limit 1) as "syncProblem"`;
