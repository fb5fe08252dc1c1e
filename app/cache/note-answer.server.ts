import type { Pool } from "pg";
import type { Logger } from "pino";

/** Deliveries answered together are written together; of a process that ends, the last half second is not noted. */
const TOGETHER_MS = 500;

type Answer = { shop: string; webhookId: string; at: Date };
const waiting = new WeakMap<Pool, Answer[]>();

/** Notes when a delivery was answered, after the answer. The first answer stands; a duplicate's does not count. */
export function noteAnswer(pool: Pool, log: Pick<Logger, "warn">, answer: Answer): void {
  const together = waiting.get(pool);
  if (together !== undefined) {
    together.push(answer);
    return;
  }
  const answers = [answer];
  waiting.set(pool, answers);
  setTimeout(() => {
    waiting.delete(pool);
    writeAnswers(pool, answers).catch((err: unknown) => {
      log.warn({ err }, "when deliveries were answered could not be written");
    });
  }, TOGETHER_MS).unref();
}

async function writeAnswers(pool: Pool, answers: readonly Answer[]): Promise<void> {
  await pool.query({
    name: "note-answers",
    text: `UPDATE "WebhookDelivery" d SET "answeredAt" = held.at
      FROM (SELECT w.shop, w."webhookId", u.at FROM "WebhookDelivery" w
        JOIN unnest($1::text[], $2::text[], $3::timestamptz[]) AS u(shop, id, at) ON w.shop = u.shop AND w."webhookId" = u.id
        WHERE w."answeredAt" IS NULL ORDER BY w."webhookId" FOR UPDATE OF w) held
      WHERE d.shop = held.shop AND d."webhookId" = held."webhookId"`,
    values: [
      answers.map(({ shop }) => shop),
      answers.map(({ webhookId }) => webhookId),
      answers.map(({ at }) => at),
    ],
  });
}
