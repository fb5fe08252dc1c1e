import type { Pool } from "pg";
import type { Database } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import type { Log } from "#app/lib/log.server.ts";
import { defaultSettings } from "#app/settings/default-settings.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { LOOK_BACK_SCHEDULE } from "#app/settings/look-back-schedule.ts";
import { insertJob } from "./insert-job.server.ts";
import { nextSlot } from "./next-slot.ts";
import { refuseUninstalled } from "./refuse-uninstalled.server.ts";
import type { SlotResult } from "./scheduler-status.ts";

/** Who a scheduled job says it was asked for by. */
const REQUESTED_BY = "schedule";
/** Shops of one turn; the next turn follows at once. */
const TURN = 100;

/**
 * Takes the slots that are due, of all shops, and starts their look-backs. Any number of workers may do it at once.
 * @returns how many slots this call took; never throws for one shop's trouble
 */
export async function runDueSlots(
  database: Pick<Database, "pool">,
  { now, signal, log }: { now: () => Date; signal: AbortSignal; log: Log },
): Promise<number> {
  const { rows } = await database.pool.query<{ shop: string }>(
    `select shop from "SchedulerState" where schedule = $1 and enabled and "nextRunAt" <= $2 order by "nextRunAt" limit $3`,
    [LOOK_BACK_SCHEDULE, now(), TURN],
  );
  let taken = 0;
  for (const { shop } of rows) {
    signal.throwIfAborted();
    try {
      const result = await takeSlot(database.pool, { shop, now: now() });
      if (!result) continue;
      taken += 1;
      log.info({ shop, result }, "a slot of the look-back's schedule was taken");
    } catch (error) {
      log.error({ err: error, shop }, "a slot could not be taken; it is tried again");
    }
  }
  return taken;
}

/**
 * The slot's claim, what came of it and the job it starts are one transaction: whoever is killed before its end has taken
 * nothing. Locks the shop before its schedule, as everybody does who locks both.
 * @returns null when the slot is not due any more, or another worker is taking it
 */
export async function takeSlot(
  pool: Pool,
  { shop, now }: { shop: string; now: Date },
): Promise<SlotResult | null> {
  return inRepeatedTransaction(pool, async (tx) => {
    const installed = await orRefusal(() => refuseUninstalled(tx, shop));
    const { rows } = await tx.query<{ nextRunAt: Date }>(
      `select "nextRunAt" from "SchedulerState" where shop = $1 and schedule = $2 and enabled and "nextRunAt" <= $3
       for update skip locked`,
      [shop, LOOK_BACK_SCHEDULE, now],
    );
    const slot = rows[0]?.nextRunAt;
    if (!slot) return null;
    const settings = await orRefusal(() => loadSettings(tx, { shop }));
    const refusal = [installed, settings].find((result) => result instanceof AppError);
    const { intervalMinutes } = (settings instanceof AppError ? defaultSettings : settings).scheduler;

    const at = now.toISOString();
    const job = { shop, jobType: "look-back", requestedBy: REQUESTED_BY, options: {}, now } as const;
    const started = refusal ? null : ((await insertJob(tx, job))?.id ?? null);
    const result: SlotResult = refusal
      ? { at, code: refusal.code, message: refusal.message }
      : started === null
        ? { at, skipped: "A look-back is still under way" }
        : { at, started };
    await tx.query(
      `update "SchedulerState" set "nextRunAt" = $3, "lastResult" = $4,
         "lastRunAt" = case when $5::text is null then "lastRunAt" else $6 end, "lastJobId" = coalesce($5, "lastJobId")
       where shop = $1 and schedule = $2`,
      [
        ...[shop, LOOK_BACK_SCHEDULE, nextSlot({ slot, now, intervalMinutes })],
        ...[JSON.stringify(result), started, now],
      ],
    );
    return result;
  });
}

/** What was expected to go wrong, handed back: it is written down, and the slot counts as done. */
async function orRefusal<T>(work: () => Promise<T>): Promise<T | AppError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
