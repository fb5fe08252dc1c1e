import type { Db } from "#app/lib/db.server.ts";
import { newsWish } from "#app/cache/news-wish.ts";
import { wishFor, type Wish } from "#app/cache/wish-for.server.ts";
import { quotesOf, type PersonPatterns } from "#app/shopify/codecs/person-pattern.ts";
import type { PersonTexts } from "#app/shopify/codecs/person-texts.ts";
import { forgetBody, mayBeAbout, type SoughtPerson } from "./forget-body.ts";
import type { Person } from "./person.ts";

const PAGE = 500;

type Logged = { webhookId: string; topic: string; body: Buffer; waits: boolean };

/** News that failed for good waits too: for a person's Retry. */
const COLUMNS = `"webhookId", topic, body, outcome = 'news' AND "processedAt" IS NULL AS waits`;
/** A deletion's body is an id. */
const HOLDING = `shop = $1 AND body IS NOT NULL AND topic NOT IN ('orders/delete', 'shop/redact')`;

/** The person as the bodies of deliveries are searched for them. */
export function soughtPerson(
  { customerIds, orderIds }: Person,
  texts: PersonTexts,
  patterns: PersonPatterns,
): SoughtPerson {
  const quotes = quotesOf(patterns);
  return { customers: new Set(customerIds), orders: new Set(orderIds), texts, quotes };
}

/**
 * Deliveries whose body may be about the person, by ids and by texts. Reads every body the log keeps, a page at a time and
 * without locking any: what comes meanwhile meets the tombstones.
 * @returns ids of deliveries, in their order
 */
export async function findDeliveriesOfPerson(db: Db, shop: string, person: SoughtPerson): Promise<string[]> {
  const found: string[] = [];
  let last = "";
  for (;;) {
    const { rows } = await db.query<Logged>(
      `SELECT ${COLUMNS} FROM "WebhookDelivery" WHERE ${HOLDING} AND "webhookId" > $2 ORDER BY "webhookId" LIMIT ${String(PAGE)}`,
      [shop, last],
    );
    for (const { webhookId, body } of rows)
      if (mayBeAbout(body.toString("utf8"), person)) found.push(webhookId);
    const end = rows.at(-1);
    if (end === undefined || rows.length < PAGE) return found;
    last = end.webhookId;
  }
}

/**
 * The bodies of these deliveries without the person. What was still to be handled of an order, theirs or of somebody who shares
 * a text with them, is not lost: its record waits on without the person, or the order is fetched.
 * @returns how many deliveries held anything
 */
export async function forgetDeliveries(
  tx: Db,
  { shop, customerIds }: Person,
  { person, webhookIds, now }: { person: SoughtPerson; webhookIds: readonly string[]; now: Date },
): Promise<number> {
  let reached = 0;
  const wishes: Wish[] = [];
  for (let from = 0; from < webhookIds.length; from += PAGE) {
    const { rows } = await tx.query<Logged>(
      `SELECT ${COLUMNS} FROM "WebhookDelivery" WHERE ${HOLDING} AND "webhookId" = ANY($2) ORDER BY "webhookId" FOR UPDATE`,
      [shop, webhookIds.slice(from, from + PAGE)],
    );
    const changed = rows.flatMap(({ webhookId, topic, body, waits }) => {
      const text = body.toString("utf8");
      const left = forgetBody({ topic, text, waits }, person);
      wishes.push(...left.orders.map((id) => ({ id, reason: newsWish(topic), at: now })));
      return left.text === text
        ? []
        : [{ webhookId, body: left.text === null ? null : Buffer.from(left.text) }];
    });
    await writeBodies(tx, shop, changed);
    reached += changed.length;
  }
  await wishFor(tx, { shop, kind: "order", wishes });
  const { rowCount } = await tx.query(
    `UPDATE "WebhookDelivery" SET "recordId" = NULL, "contentHash" = NULL
     WHERE shop = $1 AND kind = 'customer' AND "recordId" = ANY($2)`,
    [shop, customerIds],
  );
  return reached + (rowCount ?? 0);
}

/** What is left keeps its state: what failed can be tried again. */
async function writeBodies(
  tx: Db,
  shop: string,
  changed: readonly { webhookId: string; body: Buffer | null }[],
): Promise<void> {
  await tx.query(
    `UPDATE "WebhookDelivery" d SET body = u.body,
       "errorCode" = CASE WHEN u.body IS NOT NULL THEN "errorCode" END, error = CASE WHEN u.body IS NOT NULL THEN error END,
       outcome = CASE WHEN u.body IS NULL THEN 'redacted' ELSE outcome END
     FROM unnest($2::text[], $3::bytea[]) AS u(id, body) WHERE d.shop = $1 AND d."webhookId" = u.id`,
    [shop, changed.map(({ webhookId }) => webhookId), changed.map(({ body }) => body)],
  );
}
