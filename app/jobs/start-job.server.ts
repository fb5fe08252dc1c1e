import type { Database, Db } from "#app/lib/db.server.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { sameJson } from "#app/lib/same-json.ts";
import { checkDryRun } from "./check-dry-run.server.ts";
import { checkPeriod } from "./check-period.ts";
import { insertJob } from "./insert-job.server.ts";
import { jobCatalogue, readOrdersWindow, type JobType } from "./job-catalogue.ts";
import { refuseUninstalled } from "./refuse-uninstalled.server.ts";
import { syncJobColumns, type SyncJob } from "./sync-job.ts";

export type StartJobRequest = {
  shop: string;
  jobType: JobType;
  /** What is counted from now ("the last 90 days") as it is at an instant: asked again, the same request means what it meant. */
  options?: Record<string, unknown> | ((at: Date) => Record<string, unknown>) | undefined;
  requestedBy: string;
  /** Of a caller who may have to ask twice: the same request again is the same job, whatever has become of it. */
  idempotencyKey?: string | undefined;
};

/**
 * Asks for a job: the row stands as pending until a worker takes it, which is told by NOTIFY at commit.
 * Throws VALIDATION for options the kind does not have, PERIOD_NEEDS_ALL_ORDERS, BACKFILL_NEEDS_DRY_RUN, and JOB_ALREADY_RUNNING while
 * one of this kind is pending, running or paused for the shop (a unique index decides, not a look before); TOKEN_REFUSED
 * for a shop that has uninstalled the app; IDEMPOTENCY_MISMATCH for a key that stood for another request.
 */
export async function startJob(
  context: { database: Pick<Database, "pool">; now: () => Date },
  request: StartJobRequest,
): Promise<SyncJob> {
  const { shop, jobType } = request;
  const optionsAt = (at: Date) => readOptions(request, at);
  const now = context.now();
  const options = optionsAt(now);
  const { pool } = context.database;
  const known = await findJobOfRequest(pool, request, optionsAt);
  if (known) return known;
  if (jobType === "orders") await checkOrdersPeriod(context, shop, options);
  if (jobType === "backfill") await checkDryRun(context, shop, options);
  return (
    (await inTransaction(pool, async (tx) => {
      await refuseUninstalled(tx, shop);
      return insertJob(tx, { ...request, options, now });
    })) ??
    // Another process was first with this kind; with this very request, perhaps.
    (await findJobOfRequest(pool, request, optionsAt)) ??
    refuseSecond(jobType)
  );
}

function readOptions({ jobType, options = {} }: StartJobRequest, at: Date): Record<string, unknown> {
  const said = typeof options === "function" ? options(at) : options;
  const parsed = jobCatalogue[jobType].options.safeParse(said);
  if (parsed.success) return parsed.data;
  const problem = parsed.error.issues[0];
  throw new AppError(
    "VALIDATION",
    `${problem?.path.join(".") || "options"}: ${problem?.message ?? "not valid"}`,
  );
}

function refuseSecond(jobType: JobType): never {
  throw new AppError(
    "JOB_ALREADY_RUNNING",
    `${jobCatalogue[jobType].words}: a sync of this kind is already under way for this shop.`,
  );
}

/**
 * The job this very request has started before.
 * @throws AppError IDEMPOTENCY_MISMATCH for a key that stood for another request
 */
export async function findJobOfRequest(
  db: Db,
  { shop, jobType, requestedBy, idempotencyKey }: StartJobRequest,
  optionsAt: (at: Date) => Record<string, unknown> = () => ({}),
): Promise<SyncJob | null> {
  if (idempotencyKey === undefined) return null;
  const { rows } = await db.query<SyncJob>(
    `select ${syncJobColumns} from "SyncJob" where "shop" = $1 and "requestedBy" = $2 and "idempotencyKey" = $3`,
    [shop, requestedBy, idempotencyKey],
  );
  const job = rows[0];
  if (!job) return null;
  if (job.jobType === jobType && sameJson(job.options, optionsAt(job.createdAt))) return job;
  throw new AppError("IDEMPOTENCY_MISMATCH", "This Idempotency-Key stood for another request before.");
}

/** By the scopes recorded at install. A shop without them (single-shop mode) is checked by the job itself. */
async function checkOrdersPeriod(
  context: { database: Pick<Database, "pool">; now: () => Date },
  shop: string,
  options: Record<string, unknown>,
): Promise<void> {
  const { from, until } = readOrdersWindow(options);
  if (from && until && from >= until)
    throw new AppError("VALIDATION", "until: must be after the start of the period");
  const { rows } = await context.database.pool.query<{ scopes: string[] }>(
    `select "scopes" from "Shop" where "shop" = $1`,
    [shop],
  );
  const scopes = rows[0]?.scopes ?? [];
  if (scopes.length > 0) checkPeriod({ from, scopes, now: context.now() });
}
