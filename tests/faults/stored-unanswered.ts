import { setTimeout as sleep } from "node:timers/promises";
import type { LivingShop } from "./living-shop.ts";

/** What is on its way between processes of one machine arrives within it. */
const ARRIVED_MS = 20;

/**
 * While the web process is held still: deliveries of the last moments that it has stored and to which the sender has heard no
 * answer, by id.
 */
export async function findStoredUnanswered({ simulator, database, shop }: LivingShop): Promise<string[]> {
  await sleep(ARRIVED_MS);
  // Of earlier ones the sender no longer knows every try.
  const { rows } = await database.pool.query<{ id: string }>(
    `select "webhookId" as id from "WebhookDelivery" where shop = $1 and "receivedAt" > $2`,
    [shop, new Date(Date.now() - 2_000)],
  );
  await sleep(ARRIVED_MS);
  const answers = simulator.webhooks.deliveries().filter(({ status }) => status !== null);
  const answered = new Set(answers.map(({ webhookId }) => webhookId));
  return rows.map(({ id }) => id).filter((id) => !answered.has(id));
}

/** Those of them that came again later, and were known. */
export async function cameAgain(
  { database, shop }: LivingShop,
  ids: ReadonlySet<string>,
): Promise<Set<string>> {
  const { rows } = await database.pool.query<{ id: string }>(
    `select "webhookId" as id from "WebhookDelivery" where shop = $1 and "webhookId" = any($2) and duplicates > 0`,
    [shop, [...ids]],
  );
  return new Set(rows.map(({ id }) => id));
}
