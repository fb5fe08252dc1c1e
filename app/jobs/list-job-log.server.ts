import type { Db } from "#app/lib/db.server.ts";
import type { SyncJobLogLine } from "./sync-job.ts";

/** As it is listed: ids are 64 bits wide. */
type ListedLine = Omit<SyncJobLogLine, "id"> & { id: string };

/** A job's steps, the oldest first, after a line; null if the shop has no such job. */
export async function listJobLog(
  db: Db,
  { shop, id, limit, after }: { shop: string; id: string; limit: number; after: string | undefined },
): Promise<ListedLine[] | null> {
  const { rows } = await db.query<ListedLine>(
    `select "id"::text, "at", "level", "message" from "SyncJobLog"
     where "shop" = $1 and "jobId" = $2 and "id" > $3 order by "id" limit $4`,
    [shop, id, after ?? "0", limit],
  );
  if (rows.length > 0) return rows;
  const job = await db.query(`select from "SyncJob" where "shop" = $1 and "id" = $2`, [shop, id]);
  return job.rowCount === 0 ? null : rows;
}
