import type { Db } from "#app/lib/db.server.ts";
import { readStockCompared, type StockCompared } from "./stock-compared.ts";

/** The last full compare of stock that got as far as a result, and the job that made it; null before the first. */
export async function loadStockCompared(
  db: Db,
  { shop }: { shop: string },
): Promise<{ jobId: string; at: Date; found: StockCompared } | null> {
  const { rows } = await db.query<{ id: string; at: Date; checkpoint: Record<string, unknown> }>(
    `select id, coalesce("finishedAt", "movedAt", "createdAt") as at, jsonb_build_object('compared', checkpoint->'compared') as checkpoint
       from "SyncJob" where shop = $1 and "jobType" = 'inventory' and checkpoint->'compared' is not null
      order by "createdAt" desc, id desc limit 1`,
    [shop],
  );
  const [job] = rows;
  return job ? { jobId: job.id, at: job.at, found: readStockCompared(job.checkpoint) } : null;
}
