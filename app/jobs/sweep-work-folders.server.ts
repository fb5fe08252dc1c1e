import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { folderOfJob } from "./folder-of-job.server.ts";
import type { JobContext } from "./job-context.server.ts";

/**
 * Removes the downloads of jobs that will not go on: ended, or no longer known. They hold people, and a worker that was killed
 * between a job's end and its clean-up leaves them. Those of waiting, running and paused jobs stay; they go at the job's end.
 * Call it when a worker starts and after somebody was forgotten.
 * @returns how many folders went
 */
export async function sweepWorkFolders(
  context: Pick<JobContext, "workDir"> & { database: Pick<JobContext["database"], "pool"> },
): Promise<number> {
  let gone = 0;
  for (const shop of await foldersIn(context.workDir)) {
    const ids = await foldersIn(path.join(context.workDir, shop));
    const { rows } = await context.database.pool.query<{ id: string }>(
      `select "id" from "SyncJob" where "shop" = $1 and "id" = any($2) and "status" in ('pending', 'running', 'paused')`,
      [shop, ids],
    );
    const going = new Set(rows.map(({ id }) => id));
    for (const id of ids) {
      if (going.has(id)) continue;
      await rm(folderOfJob(context, { shop, id }), { recursive: true, force: true });
      gone++;
    }
  }
  return gone;
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
