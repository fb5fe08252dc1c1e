import type { Db } from "#app/lib/db.server.ts";
import { customersOfOrder, namedInBody } from "#app/cache/named-ids.ts";
import type { PayloadShape } from "#app/cache/cache-tables.ts";
import { parseObject } from "#app/shopify/codecs/forget-order-person.ts";

/** Shopify's id of a customer, and those of the customers that became part of them (customers/merge): one person. */
export async function findMergedCustomers(
  db: Db,
  { shop, customerId }: { shop: string; customerId: string },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT gone."shopifyCustomerId" AS id FROM "Customer" kept
       JOIN "Customer" gone ON gone.shop = $1 AND gone."mergedIntoId" = kept.id AND gone."shopifyCustomerId" IS NOT NULL
      WHERE kept.shop = $1 AND kept."shopifyCustomerId" = $2`,
    [shop, customerId],
  );
  return [customerId, ...rows.map(({ id }) => id)];
}

type Raw = { id: string; shape: PayloadShape; raw: string };

const COPIES = [
  `SELECT id, "rawShape" AS shape, "rawData" AS raw FROM "ShopifyOrderCache" WHERE shop = $1`,
  `SELECT id, shape, "rawData" FROM "ShopifyCacheSlot" WHERE shop = $1 AND kind = 'order'`,
  `SELECT id, shape, "rawData" FROM "ShopifyPayloadHistory" WHERE shop = $1 AND kind = 'order'`,
];

/** Records of orders that wait in the delivery log, because somebody held their entries; beside them news of orders. */
const WAITING = `SELECT "recordId" AS id, topic, "triggeredAt", body FROM "WebhookDelivery"
  WHERE shop = $1 AND kind = 'order' AND outcome = 'news' AND "processedAt" IS NULL AND "recordId" IS NOT NULL AND body IS NOT NULL`;

/**
 * All orders of a person by our own knowledge: by the ERP's rows, and by every copy of a payload that names them, also
 * those that were never processed or still wait in the delivery log. Reads all raw copies once: asked for seldom, and by a worker.
 * @param customerIds Shopify's
 */
export async function findOrdersOfPerson(
  db: Db,
  { shop, customerIds }: { shop: string; customerIds: readonly string[] },
): Promise<string[]> {
  const known = await db.query<{ id: string }>(
    `SELECT "shopifyOrderId" AS id FROM "Order" WHERE shop = $1 AND ("shopifyCustomerId" = ANY($2) OR "customerId" IN (
       SELECT id FROM "Customer" WHERE shop = $1 AND "shopifyCustomerId" = ANY($2)))`,
    [shop, customerIds],
  );
  const found = new Set(known.rows.map(({ id }) => id));
  const mentions = customerIds.map((id) => `%${id}%`);
  for (const copies of COPIES) {
    const { rows } = await db.query<Raw>(
      `SELECT id, shape, raw FROM (${copies}) copy (id, shape, raw) WHERE raw LIKE ANY($2) OR raw LIKE 'base64:%'`,
      [shop, mentions],
    );
    for (const row of rows) if (isOfOne(row, customerIds)) found.add(row.id);
  }
  const waiting = await db.query<{ id: string; body: Buffer }>(WAITING, [shop]);
  for (const { id, body } of waiting.rows)
    if (isOfOne({ id, shape: "rest", raw: body.toString("utf8") }, customerIds)) found.add(id);
  return [...found].sort();
}

/** A body in the delivery log from which nothing has followed yet: a record that was put aside, or news. */
export type WaitingBody = { topic: string; text: string; triggeredAt: Date | null };

/** What the delivery log holds of these orders and nothing has followed from yet. */
export async function loadWaitingBodies(
  db: Db,
  { shop, orderIds }: { shop: string; orderIds: readonly string[] },
): Promise<WaitingBody[]> {
  const { rows } = await db.query<Omit<WaitingBody, "text"> & { body: Buffer }>(
    `${WAITING} AND "recordId" = ANY($2)`,
    [shop, orderIds],
  );
  return rows.map(({ body, topic, triggeredAt }) => ({ topic, triggeredAt, text: body.toString("utf8") }));
}

/** A payload that is no JSON is theirs as soon as their id stands in it: nobody can tell better. */
function isOfOne({ shape, raw }: Raw, customerIds: readonly string[]): boolean {
  const text = raw.startsWith("base64:") ? Buffer.from(raw.slice(7), "base64").toString("latin1") : raw;
  const named = parseObject(text) === null ? namedInBody("", text).customers : customersOfOrder(shape, text);
  return named.some((id) => customerIds.includes(id));
}
