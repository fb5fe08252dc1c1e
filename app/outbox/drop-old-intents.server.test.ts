import type { Pool } from "pg";
import { expect } from "vitest";
import { insertOutbox } from "#tests/fixtures/outbox-rows.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { dropOldIntents } from "./drop-old-intents.server.ts";
import { dropOldPreviews } from "./drop-old-previews.server.ts";

const [shop, other] = ["loom.myshopify.com", "other.myshopify.com"];
const now = new Date("2026-11-22T10:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const ids = async (pool: Pool, of = shop) =>
  (await pool.query<{ id: string }>(`select id from "Outbox" where shop = $1 order by id`, [of])).rows.map(
    ({ id }) => id,
  );

test("what is over for longer than history is kept goes; what is open never does, nor what it is understood by", async ({
  database: { pool },
}) => {
  const old = { createdAt: daysAgo(90), endedAt: daysAgo(31) };
  const echo = "2026-10-20T08:00:00.000Z";
  for (const of of [shop, other])
    await insertOutbox(pool, of, [
      { id: "a-sent", entityId: "1", status: "sent", ...old },
      { id: "b-already", entityId: "1", status: "already", ...old },
      { id: "c-dropped", entityId: "1", status: "dropped", ...old },
      // Shopify does not know of that money yet.
      { id: "c-left-payment", kind: "orderMarkAsPaid", entityId: "1", status: "dropped", ...old },
      { id: "c-sent-payment", kind: "orderMarkAsPaid", entityId: "1", status: "sent", ...old },
      { id: "d-young", entityId: "1", status: "sent", createdAt: daysAgo(90), endedAt: daysAgo(29) },
      ...["waiting", "conflict", "refused"].map((status, i) => ({
        ...{ id: `e-${status}`, entityId: String(i + 2), status, createdAt: daysAgo(400) },
      })),
      // By it the refusal before it is known to be past.
      { id: "f-of-an-open-order", entityId: "4", status: "sent", ...old },
      ...["1", "2", "3"].map((place) => ({
        ...{ id: `g-echo-${place}`, entityId: `7${place}`, status: "sent", ...old },
        answer: { orderUpdatedAt: echo },
      })),
    ]);
  const payload = `'{}', 'rest', md5(random()::text), 'webhook'`;
  await pool.query(
    `insert into "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source, "shopifyUpdatedAt")
     values ($1, '71', ${payload}, $2), ($1, '72', ${payload}, $3), ($1, '73', ${payload}, $3)`,
    [shop, echo, daysAgo(1)],
  );
  await pool.query(
    `insert into "ShopifyPayloadHistory" (shop, kind, id, "rawData", shape, "contentHash", source, "shopifyUpdatedAt", "receivedAt")
     values ($1, 'order', '72', ${payload}, $2, $2)`,
    [shop, echo],
  );
  const all = await ids(pool);
  expect(await dropOldIntents(pool, { shop, now })).toBe(5);
  expect(await ids(pool)).toEqual([
    ...[
      "c-left-payment",
      "d-young",
      "e-conflict",
      "e-refused",
      "e-waiting",
      "f-of-an-open-order",
      "g-echo-1",
      "g-echo-2",
    ],
  ]);
  expect(await dropOldIntents(pool, { shop, now })).toBe(0);
  expect(await ids(pool, other)).toEqual(all);
});

test("what both sides last agreed on of a level of stock stays, however old: a count in Shopify is known by it", async ({
  database: { pool },
}) => {
  const at = daysAgo(40).toISOString();
  const agreed = (quantity: number) => ({ answer: { agreed: { quantity, at } } });
  const stock = {
    kind: "inventorySet",
    entity: "stock" as const,
    createdAt: daysAgo(90),
    endedAt: daysAgo(31),
  };
  await insertOutbox(pool, shop, [
    { id: "a-older", ...stock, entityId: "1@7", status: "sent", ...agreed(3) },
    { id: "b-last", ...stock, entityId: "1@7", status: "already", ...agreed(4) },
    { id: "c-dropped", ...stock, entityId: "1@7", status: "dropped" },
    { id: "d-other-level", ...stock, entityId: "1@8", status: "dropped", ...agreed(5) },
    { id: "e-never-agreed", ...stock, entityId: "1@9", status: "dropped" },
  ]);
  expect(await dropOldIntents(pool, { shop, now })).toBe(3);
  expect(await ids(pool)).toEqual(["b-last", "d-other-level"]);
});

test("more than one batch goes past those that stay, also of one instant", async ({ database: { pool } }) => {
  await pool.query(
    `insert into "Outbox" (shop, id, kind, entity, "entityId", payload, "idempotencyKey", status, "endedAt")
     select $1, n::text, 'orderCancel', 'order', (n % 6000)::text, '{}', n::text, 'sent', $2 from generate_series(1, 12000) n`,
    [shop, daysAgo(31)],
  );
  await pool.query(
    `insert into "Outbox" (shop, id, kind, entity, "entityId", payload, "idempotencyKey", status)
     select $1, 'open ' || n, 'orderCancel', 'order', n::text, '{}', n::text, 'refused' from generate_series(1, 5500) n`,
    [shop],
  );
  expect(await dropOldIntents(pool, { shop, now })).toBe(1000);
});

test("of each kind the newest preview stays, however old", async ({ database: { pool } }) => {
  const seen = (of: string, kind: string, id: string, days: number) =>
    pool.query(
      `insert into "WriteBackPreview" (shop, id, kind, actor, figures, "seenAt") values ($1, $2, $3, '1', '{}', $4)`,
      [of, id, kind, daysAgo(days)],
    );
  await seen(shop, "orderCancel", "a", 50);
  await seen(shop, "orderCancel", "b", 40);
  await seen(shop, "orderEdit", "c", 50);
  await seen(shop, "orderEdit", "d", 2);
  await seen(other, "orderEdit", "e", 50);
  await seen(other, "orderEdit", "f", 2);
  expect(await dropOldPreviews(pool, { shop, now })).toBe(2);
  const { rows } = await pool.query<{ id: string }>(`select id from "WriteBackPreview" order by id`);
  expect(rows.map(({ id }) => id)).toEqual(["b", "d", "e", "f"]);
});
