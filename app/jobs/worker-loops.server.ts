import { appNewsHandlers } from "./app-news-handlers.server.ts";
import { createFetchTurns } from "./fetch-between-jobs.server.ts";
import { handleNewsBetweenJobs } from "./handle-news-between-jobs.server.ts";
import { keepHouse } from "./housekeeping.server.ts";
import type { JobContext } from "./job-context.server.ts";
import { processBetweenJobs } from "./process-between-jobs.server.ts";
import { runDueSlots } from "./run-due-slots.server.ts";
import { createSendTurns } from "./send-between-jobs.server.ts";
import { createWakeableTimer } from "./wakeable-timer.ts";
import { createProblemWatch } from "./watch-problems.server.ts";

const KEEP_HOUSE_MS = 3_600_000;
const WATCH_MS = 60_000;

/** What a worker does between jobs; woken when there is something, and looking by itself every few seconds. */
export type WorkerLoops = {
  /** Entries or news are in the cache. */
  wake(): void;
  /** A schedule was turned on. */
  wakeSchedules(): void;
  /** Something is to be sent to Shopify. */
  wakeSending(): void;
  /** Resolves when the signal has aborted and every loop's last turn is over. */
  ended: Promise<void>;
};

/**
 * The worker's own loops, each one turn at a time until `signal` aborts: news of webhooks, entries that wait, what Shopify is to be
 * asked for, what it is to be told, slots of the schedules, what goes wrong, and housekeeping. Work of one makes work for the next, so each wakes those.
 * @param lookEveryMs how often each looks though nobody woke it
 */
export function startWorkerLoops(
  context: JobContext,
  { signal, lookEveryMs }: { signal: AbortSignal; lookEveryMs: number },
): WorkerLoops {
  const { database, log, now } = context;
  const handlers = appNewsHandlers(context);
  const askShopify = createFetchTurns(context, signal);
  const watchProblems = createProblemWatch(context);

  /** Turns until one finds nothing. */
  const loop = (turn: () => Promise<number>, onTaken: () => void, everyMs = lookEveryMs) =>
    createWakeableTimer(
      everyMs,
      signal,
      async () => {
        while ((await turn()) > 0) {
          onTaken();
          signal.throwIfAborted();
        }
      },
      (error) => {
        if (!signal.aborted) log.warn({ err: error }, "a turn of the worker failed; the next one follows");
      },
    );

  const news = loop(
    () => handleNewsBetweenJobs(database, { now, signal, log, handlers }),
    () => {
      entries.wake(); // a level that is no longer stocked
      fetches.wake();
    },
  );
  const entries = loop(
    () => processBetweenJobs(database, { now, signal, log }),
    () => {
      fetches.wake(); // what was processed may lack what only Shopify can tell
    },
  );
  const fetches = loop(askShopify, () => {
    entries.wake();
  });
  const sending = loop(createSendTurns(context, signal), () => undefined);
  const house = loop(
    async () => {
      await keepHouse(context, signal);
      return 0;
    },
    () => undefined,
    KEEP_HOUSE_MS,
  );
  const slots = loop(
    () => runDueSlots(database, { now, signal, log }),
    () => undefined,
  );
  const problems = loop(
    async () => {
      await watchProblems();
      return 0;
    },
    () => undefined,
    WATCH_MS,
  );
  return {
    wake() {
      news.wake();
      entries.wake();
    },
    wakeSchedules() {
      slots.wake();
    },
    wakeSending() {
      sending.wake();
    },
    ended: Promise.all(
      [news, entries, fetches, sending, slots, problems, house].map(({ ended }) => ended),
    ).then(() => undefined),
  };
}
