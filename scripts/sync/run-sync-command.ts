import { AppError, explainError, nextStepOf } from "#app/lib/errors.ts";
import { isDatabaseDown } from "#app/lib/is-database-down.ts";
import { loadShopCalendar } from "#app/reconcile/load-shop-calendar.server.ts";
import { recordSingleShop } from "#app/shopify/record-single-shop.server.ts";
import { CommandRefusal } from "./command-refusal.ts";
import { findShop } from "./find-shop.ts";
import { loadStatus } from "./load-status.ts";
import { openSync, type SyncContext } from "./open-sync.ts";
import type { SyncCommand } from "./parse-sync-arguments.ts";
import { performAtOnce } from "./perform-at-once.ts";
import { readPeriod } from "./read-period.ts";
import { runSyncJob } from "./run-sync-job.ts";
import { sayError } from "./say-error.ts";
import { statusWords } from "./status-words.ts";
import { listenForStop, type StopSignals } from "./stop-signals.ts";

/** Does what was asked for, says what there is to say, and returns the exit code. */
export async function runSyncCommand(command: Exclude<SyncCommand, { command: "help" }>): Promise<number> {
  let context: SyncContext | undefined;
  try {
    const stop = listenForStop();
    context = await openSync(process.env);
    return await perform(context, command, stop);
  } catch (error) {
    return sayFailure(error, context);
  } finally {
    await context?.close();
  }
}

async function perform(
  context: SyncContext,
  command: Exclude<SyncCommand, { command: "help" }>,
  stop: StopSignals,
): Promise<number> {
  const { env, database } = context;
  const shop = await findShop(database.pool, { shopify: env.shopify, asked: command.shop });
  switch (command.command) {
    case "status": {
      const status = await loadStatus(context, shop);
      process.stdout.write(`${command.json ? JSON.stringify(status) : statusWords(status)}\n`);
      return 0;
    }
    case "at-once": {
      if (!["list-keys", "revoke-key"].includes(command.what.does))
        await recordUnlessKnown(context, shop, stop.signal);
      await performAtOnce(context, shop, command.what);
      return 0;
    }
    case "job": {
      await recordUnlessKnown(context, shop, stop.signal);
      const { jobType, options } = command;
      const period = command.period && (await periodOf(context, shop, command.period));
      return runSyncJob(context, { shop, jobType, options: { ...options, ...period } }, stop);
    }
  }
}

/** Before web or worker have ever run with the shop's fixed token; that it cannot be is the job's to say. */
async function recordUnlessKnown(context: SyncContext, shop: string, signal: AbortSignal): Promise<void> {
  const { shopify } = context.env;
  if (shopify?.mode !== "single-shop" || shopify.shopDomain !== shop) return;
  const { rowCount } = await context.database.pool.query(`select from "Shop" where shop = $1`, [shop]);
  if (rowCount !== 0) return;
  try {
    await recordSingleShop(context, shopify, signal);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    sayError(`The shop could not be recorded: ${error.message}`, nextStepOf(error, shopify.mode));
  }
}

async function periodOf(
  { database, now }: SyncContext,
  shop: string,
  period: { since: string | undefined; until: string | undefined },
) {
  const { timeZone } = await loadShopCalendar(database.pool, { shop });
  try {
    return readPeriod(period, { timeZone, now: now() });
  } catch (error) {
    throw new CommandRefusal((error as Error).message, `Days are those of ${timeZone}.`);
  }
}

function sayFailure(error: unknown, context: SyncContext | undefined): number {
  if (error instanceof CommandRefusal) {
    sayError(error.message, error.next);
    return 2;
  }
  if (error instanceof AppError) {
    sayError(`Failed (${error.code}): ${error.message}`, nextStepOf(error, context?.env.shopify?.mode));
    return error.code === "VALIDATION" || error.code === "SHOPIFY_NOT_CONFIGURED" ? 2 : 1;
  }
  if (isDatabaseDown(error)) {
    const { words, next } = explainError("DATABASE_DOWN");
    sayError(`Failed (DATABASE_DOWN): ${words}: ${(error as Error).message}`, next);
    return 1;
  }
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
}
