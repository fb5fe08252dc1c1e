import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Db } from "#app/lib/db.server.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { folderOfJob } from "./folder-of-job.server.ts";
import type { JobContext } from "./job-context.server.ts";

/**
 * Removes the downloads of jobs that nobody needs: of ended jobs, or of jobs no longer known. They hold people, and a worker that
 * was killed between a job's end and its clean-up leaves them. In a shop that has forgotten anybody, those of waiting and paused
 * jobs go too: they may wait for ever, and one that goes on downloads anew. A running job's go at its end.
 * Call it when a worker starts, after somebody was forgotten, and now and then: a job that was running then may have paused, and
 * the request may have been handled on another machine.
 * @returns how many folders went
 */
export async function sweepWorkFolders(
  context: Pick<JobContext, "workDir"> & { database: Pick<JobContext["database"], "pool"> },
): Promise<number> {
  let gone = 0;
  for (const shop of await foldersIn(context.workDir)) {
    const ids = await foldersIn(path.join(context.workDir, shop));
    gone += await inRepeatedTransaction(context.database.pool, async (tx) => {
      const needed = await findNeeded(tx, { shop, ids });
      const left = ids.filter((id) => !needed.has(id));
      for (const id of left) await rm(folderOfJob(context, { shop, id }), { recursive: true, force: true });
      return left.length;
    });
  }
  return gone;
}

/** Jobs that keep their folder. Of the others none goes on until the transaction ends: no worker writes into what is removed. */
async function findNeeded(
  tx: Db,
  { shop, ids }: { shop: string; ids: readonly string[] },
): Promise<ReadonlySet<string>> {
  const resting = await tx.query<{ id: string }>(
    `select "id" from "SyncJob" where "shop" = $1 and "id" = any($2) and "status" in ('pending', 'paused')
       and exists (select from "RedactionTombstone" where "shop" = $1) order by "id" for update`,
    [shop, ids],
  );
  const going = await tx.query<{ id: string }>(
    `select "id" from "SyncJob" where "shop" = $1 and "id" = any($2) and "status" in ('pending', 'running', 'paused')
       and "id" <> all($3)`,
    [shop, ids, resting.rows.map(({ id }) => id)],
  );
  return new Set(going.rows.map(({ id }) => id));
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return [];
    throw error;
  }
}
