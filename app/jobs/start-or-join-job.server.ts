import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { JobType } from "./job-catalogue.ts";
import { startJob, type StartJobRequest } from "./start-job.server.ts";
import { syncJobColumns, type SyncJob } from "./sync-job.ts";

/** A job can end between being in the way and being looked for; that often in a row none does. */
const TRIES = 5;

/**
 * As `startJob`, for work that one that is under way does too: that one is the answer then.
 * @throws AppError as `startJob`
 */
export async function startOrJoinJob(
  context: Parameters<typeof startJob>[0],
  request: StartJobRequest,
): Promise<SyncJob> {
  for (let attempt = 1; ; attempt++)
    try {
      return await startJob(context, request);
    } catch (error) {
      if (!(error instanceof AppError && error.code === "JOB_ALREADY_RUNNING")) throw error;
      const underWay = await findUnderWay(context.database.pool, request);
      if (underWay) return underWay;
      if (attempt === TRIES) throw error;
    }
}

async function findUnderWay(
  db: Db,
  { shop, jobType }: { shop: string; jobType: JobType },
): Promise<SyncJob | null> {
  const { rows } = await db.query<SyncJob>(
    `select ${syncJobColumns} from "SyncJob"
     where "shop" = $1 and "jobType" = $2 and "status" in ('pending', 'running', 'paused')`,
    [shop, jobType],
  );
  return rows[0] ?? null;
}
