import { askedConditions } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";

/** A line of a job's log; its id, 64 bits wide, as text. */
export type NewestLogLine = { id: string; at: Date; level: string; message: string };

/**
 * A job's steps, the newest first; of more than `limit` the older ones follow by `before`.
 * @param search what a line says, in whatever case
 * @param before the id of a line: only older ones
 */
export async function listNewestLog(
  db: Db,
  {
    shop,
    id,
    search = "",
    before,
    limit,
  }: { shop: string; id: string; search?: string; before?: string | undefined; limit: number },
): Promise<{ lines: NewestLogLine[]; hasOlder: boolean }> {
  const { and, values } = askedConditions(
    [shop, id, limit + 1],
    [
      [`strpos(lower("message"), lower(?)) > 0`, search === "" ? undefined : search],
      [`line."id" < ?::bigint`, before],
    ],
  );
  const { rows } = await db.query<NewestLogLine>(
    `select line."id"::text as "id", "at", "level", "message" from "SyncJobLog" line where "shop" = $1 and "jobId" = $2${and}
     order by line."id" desc limit $3`,
    values,
  );
  return { lines: rows.slice(0, limit), hasOlder: rows.length > limit };
}
