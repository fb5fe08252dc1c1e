import type { Database, Db } from "#app/lib/db.server.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { uuidV7 } from "#app/lib/uuid-v7.ts";
import { checkPeriod } from "./check-period.ts";
import { jobCatalogue, readOrdersWindow, type JobType } from "./job-catalogue.ts";
import { refuseUninstalled } from "./refuse-uninstalled.server.ts";
import { jobsChannel, syncJobColumns, type SyncJob } from "./sync-job.ts";

const UNIQUE_VIOLATION = "23505";

/**
 * Asks for a job: the row stands as pending until a worker takes it, which is told by NOTIFY at commit.
 * Throws VALIDATION for options the kind does not have, PERIOD_NEEDS_ALL_ORDERS, and JOB_ALREADY_RUNNING while
 * one of this kind is pending, running or paused for the shop (a unique index decides, not a look before); TOKEN_REFUSED
 * for a shop that has uninstalled the app.
 */
export async function startJob(
  context: { database: Pick<Database, "pool">; now: () => Date },
  request: { shop: string; jobType: JobType; options?: Record<string, unknown>; requestedBy: string },
): Promise<SyncJob> {
  const { shop, jobType, requestedBy } = request;
  const parsed = jobCatalogue[jobType].options.safeParse(request.options ?? {});
  if (!parsed.success) {
    const problem = parsed.error.issues[0];
    throw new AppError(
      "VALIDATION",
      `${problem?.path.join(".") || "options"}: ${problem?.message ?? "not valid"}`,
    );
  }
  const options = parsed.data;
  if (jobType === "orders") await checkOrdersPeriod(context, shop, options);

  const now = context.now();
  return inTransaction(context.database.pool, async (tx) => {
    await refuseUninstalled(tx, shop);
    try {
      const { rows } = await tx.query<SyncJob>(
        `insert into "SyncJob" ("shop", "id", "jobType", "requestedBy", "options", "createdAt")
         values ($1, $2, $3, $4, $5, $6) returning ${syncJobColumns}`,
        [shop, uuidV7(now.getTime()), jobType, requestedBy, JSON.stringify(options), now],
      );
      await tx.query("select pg_notify($1, $2)", [jobsChannel, shop]);
      return rows[0] as SyncJob;
    } catch (error) {
      if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
      throw new AppError(
        "JOB_ALREADY_RUNNING",
        `${jobCatalogue[jobType].words}: a sync of this kind is already under way for this shop.`,
      );
    }
  });
}

/** By the scopes recorded at install. A shop without them (single-shop mode) is checked by the job itself. */
async function checkOrdersPeriod(
  context: { database: { pool: Db }; now: () => Date },
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
