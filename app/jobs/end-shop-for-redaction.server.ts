import { AppError } from "#app/lib/errors.ts";
import type { Db } from "#app/lib/db.server.ts";
import { fetchAccessScopes } from "#app/shopify/client/fetch-access-scopes.server.ts";
import { shopClient } from "#app/shopify/client/shop-client.server.ts";
import type { JobContext } from "./job-context.server.ts";
import { STALE_AFTER_SECONDS } from "./sync-job.ts";
import { uninstallShop } from "./uninstall-shop.server.ts";

/** Shopify asks for a shop's redaction so long after it removed the app. */
const AFTER_UNINSTALL_MS = 48 * 3_600_000;
/** Other shops' news waits meanwhile; when it is not enough, the request is tried again. */
const PATIENCE = { maxTries: 3, patienceMs: 20_000 };

/** What Shopify answers to a token that is no proof of anything any more: dead, or of a shop that is locked, closed or gone. */
const REFUSALS: ReadonlySet<string> = new Set(["TOKEN_REFUSED", "SHOPIFY_REFUSED", "SCOPE_MISSING"]);

/**
 * Before a shop is forgotten: the uninstall that Shopify's request speaks of may never have been told. Unless it is proven that
 * the shop has the app again, it is ended now as an uninstall ends it. Proof is an installation, or a token issued, within the
 * 48 hours before the request came, or a token that Shopify accepts now.
 * @param requestedAt when the request came
 * @throws AppError SHOPIFY_UNREACHABLE, RATE_LIMITED or SHOPIFY_NOT_CONFIGURED where Shopify cannot be asked, JOB_ALREADY_RUNNING
 * while a job of the shop has not ended yet: all say that the request is to be tried again
 */
export async function endShopForRedaction(
  context: JobContext,
  { shop, requestedAt, now }: { shop: string; requestedAt: Date; now: Date },
): Promise<void> {
  const { pool } = context.database;
  if (await isInstalled(pool, shop)) {
    if (await isTokenAccepted(context, shop)) return;
    const at = new Date(requestedAt.getTime() - AFTER_UNINSTALL_MS);
    if ((await uninstallShop(pool, { shop, at, now })) === "installed-again") return;
  }
  if (await hasRunningJob(pool, shop))
    throw new AppError(
      "JOB_ALREADY_RUNNING",
      "A sync of the shop that is to be forgotten has not ended yet",
      {
        retry: true,
      },
    );
}

async function isInstalled(db: Db, shop: string): Promise<boolean> {
  const { rowCount } = await db.query(`select from "Shop" where shop = $1 and "uninstalledAt" is null`, [
    shop,
  ]);
  return (rowCount ?? 0) > 0;
}

async function isTokenAccepted(context: JobContext, shop: string): Promise<boolean> {
  try {
    const client = shopClient(context, { ...PATIENCE, shop, ...(context.fetch && { fetch: context.fetch }) });
    await fetchAccessScopes(client);
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (REFUSALS.has(error.code)) return false;
    throw toTryAgain(error);
  }
}

/** An app that is not set up stays so for whoever asked it; this request waits until somebody has set it up. */
function toTryAgain(error: AppError): AppError {
  return error.retry ? error : new AppError(error.code, error.message, { retry: true, cause: error });
}

/** One that a worker is at: left by a worker that is gone, it will not write any more. */
async function hasRunningJob(db: Db, shop: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from "SyncJob" where shop = $1 and status = 'running' and "heartbeatAt" >= now() - make_interval(secs => $2) limit 1`,
    [shop, STALE_AFTER_SECONDS],
  );
  return (rowCount ?? 0) > 0;
}
