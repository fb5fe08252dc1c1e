import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { Logger } from "pino";

/** Deliveries answered together are written together. One that somebody holds is tried again for a minute, then given up. */
const PACE = { roundMs: 500, rounds: 120 };
/** How often the last ones are tried when the process ends. */
const LAST_ROUND_MS = 100;

type Log = Pick<Logger, "warn">;
type Answer = { shop: string; webhookId: string; at: Date };
type Notes = {
  pace: typeof PACE;
  waiting: (Answer & { tries: number })[];
  timer: NodeJS.Timeout | undefined;
  /** One round after the other: of two answers to the same delivery, the first is then never written last. */
  lastRound: Promise<void>;
};

// The server's own files and the bundle each hold a copy of this module: what one notes, the other must be able to flush.
const shared = globalThis as { erpSyncAnswers?: WeakMap<Pool, Notes> };
const notesOf = (shared.erpSyncAnswers ??= new WeakMap<Pool, Notes>());

/** Notes when a delivery was answered, after the answer. The first answer stands; a duplicate's does not count. */
export function noteAnswer(pool: Pool, log: Log, answer: Answer, pace = PACE): void {
  let notes = notesOf.get(pool);
  if (notes === undefined) {
    notes = { pace, waiting: [], timer: undefined, lastRound: Promise.resolve() };
    notesOf.set(pool, notes);
  }
  notes.waiting.push({ ...answer, tries: 0 });
  startTimer(pool, log, notes);
}

/**
 * Writes what waits, at the end of a process; waits for whoever holds a delivery, `patienceMs` at most. Never throws: what could
 * not be written is said in the log.
 */
export async function flushAnswers(pool: Pool, log: Log, patienceMs = 10_000): Promise<void> {
  const notes = notesOf.get(pool);
  if (notes === undefined) return;
  await writeRound(pool, log, notes, Infinity);
  for (let waited = 0; notes.waiting.length > 0 && waited < patienceMs; waited += LAST_ROUND_MS) {
    await sleep(LAST_ROUND_MS);
    await writeRound(pool, log, notes, Infinity);
  }
  clearTimeout(notes.timer);
  notesOf.delete(pool);
  warnOfLost(log, notes.waiting.length);
}

function startTimer(pool: Pool, log: Log, notes: Notes): void {
  notes.timer ??= setTimeout(() => {
    void writeRound(pool, log, notes, notes.pace.rounds);
  }, notes.pace.roundMs).unref();
}

function writeRound(pool: Pool, log: Log, notes: Notes, rounds: number): Promise<void> {
  clearTimeout(notes.timer);
  notes.timer = undefined;
  notes.lastRound = notes.lastRound.then(async () => {
    const answers = notes.waiting;
    if (answers.length === 0) return;
    notes.waiting = [];
    try {
      const held = await writeAnswers(pool, answers);
      const tried = answers
        .filter((answer) => held.has(keyOf(answer)))
        .map((answer) => ({ ...answer, tries: answer.tries + 1 }));
      const again = tried.filter(({ tries }) => tries < rounds);
      warnOfLost(log, tried.length - again.length);
      notes.waiting.unshift(...again);
    } catch (err) {
      log.warn({ err }, "when deliveries were answered could not be written");
    }
    if (notes.waiting.length > 0) startTimer(pool, log, notes);
  });
  return notes.lastRound;
}

function warnOfLost(log: Log, count: number): void {
  if (count > 0)
    log.warn({ count }, "when deliveries were answered could not be written: others hold them for too long");
}

const keyOf = ({ shop, webhookId }: Pick<Answer, "shop" | "webhookId">) => `${shop} ${webhookId}`;

/**
 * Passes over deliveries that somebody holds, and returns their keys. It holds some itself: if it waited for one that the
 * worker's news holds, while the processor waits for one of ours and the news for the processor's entries, none would ever end.
 */
async function writeAnswers(pool: Pool, answers: readonly Answer[]): Promise<Set<string>> {
  const { rows } = await pool.query<Pick<Answer, "shop" | "webhookId">>({
    name: "note-answers",
    text: `WITH told AS (SELECT shop, id, min(at) AS at FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS u(shop, id, at)
        GROUP BY shop, id),
      free AS (SELECT w.shop, w."webhookId", t.at FROM "WebhookDelivery" w
        JOIN told t ON w.shop = t.shop AND w."webhookId" = t.id
        WHERE w."answeredAt" IS NULL ORDER BY w."webhookId" FOR UPDATE OF w SKIP LOCKED),
      noted AS (UPDATE "WebhookDelivery" d SET "answeredAt" = free.at FROM free
        WHERE d.shop = free.shop AND d."webhookId" = free."webhookId")
      SELECT w.shop, w."webhookId" FROM "WebhookDelivery" w JOIN told t ON w.shop = t.shop AND w."webhookId" = t.id
      WHERE w."answeredAt" IS NULL AND NOT EXISTS (
        SELECT 1 FROM free WHERE free.shop = w.shop AND free."webhookId" = w."webhookId")`,
    values: [
      answers.map(({ shop }) => shop),
      answers.map(({ webhookId }) => webhookId),
      answers.map(({ at }) => at),
    ],
  });
  return new Set(rows.map(keyOf));
}
