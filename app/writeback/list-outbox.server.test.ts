import type { Pool } from "pg";
import { expect } from "vitest";
import { loadOutboxFigures } from "#app/outbox/load-outbox-figures.server.ts";
import { findOutboxTrouble } from "#app/outbox/find-outbox-trouble.server.ts";
import { insertOutbox } from "#tests/fixtures/outbox-rows.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { listOutbox } from "./list-outbox.server.ts";

const [shop, other] = ["loom.myshopify.com", "other.myshopify.com"];
const now = new Date("2026-11-22T10:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const list = async (pool: Pool, question: Partial<Parameters<typeof listOutbox>[1]> = {}) =>
  (await listOutbox(pool, { shop, limit: 50, now, sort: "created asc", ...question })).rows;

async function aShop(pool: Pool): Promise<void> {
  const writeBack = { orderCancel: true, orderEdit: true, orderMarkAsPaid: true, inventorySet: true };
  await pool.query(`insert into "Shop" (shop, scopes, settings) values ($1, $2, $3)`, [
    shop,
    ["write_orders", "write_inventory"],
    { writeBack },
  ]);
}

test("what waits says what for: switched off, not permitted, its turn, just now, later, at once", async ({
  database: { pool },
}) => {
  await aShop(pool);
  const at = (minutes: number) => ({ createdAt: minutesAgo(minutes) });
  await insertOutbox(pool, shop, [
    { id: "off", kind: "fulfillmentCreate", entityId: "1", ...at(99) },
    // What is off stands before nothing.
    { id: "due", entityId: "1", ...at(98) },
    { id: "behind", entityId: "1", ...at(97) },
    { id: "not permitted", kind: "orderEdit", entityId: "2", ...at(96) },
    {
      id: "again",
      entityId: "3",
      ...at(95),
      attempts: 2,
      nextRetryAt: minutesAgo(-9),
      errorCode: "RATE_LIMITED",
    },
    { id: "again by now", entityId: "4", ...at(94), attempts: 2, nextRetryAt: minutesAgo(1) },
    { id: "sending", entityId: "5", ...at(93), leasedUntil: minutesAgo(-1) },
    {
      id: "refused",
      entityId: "6",
      status: "refused",
      errorCode: "WRITE_BACK_REFUSED",
      error: "No",
      ...at(92),
    },
    { id: "behind a refusal", entityId: "6", ...at(91) },
    // Of a level the next wish says it all, so that a refusal holds nothing back; a question does.
    ...[
      { id: "level refused", entityId: "8@1", status: "refused" },
      { id: "level due", entityId: "8@1" },
      { id: "level asked", entityId: "9@1", status: "conflict" },
      { id: "level behind", entityId: "9@1" },
    ].map((level) => ({ ...level, kind: "inventorySet", entity: "stock" as const, ...at(91) })),
    { id: "done", entityId: "7", status: "already", answer: { said: "It was so" }, ...at(90) },
  ]);
  const rows = await list(pool);
  expect(rows.map(({ id, standing }) => [id, standing])).toEqual([
    ["off", "off"],
    ["due", "due"],
    ["behind", "behind"],
    ["not permitted", "not_granted"],
    ["again", "again"],
    ["again by now", "due"],
    ["sending", "sending"],
    ["refused", "refused"],
    ["behind a refusal", "behind"],
    ["level asked", "conflict"],
    ["level behind", "behind"],
    ["level due", "due"],
    ["level refused", "refused"],
    ["done", "already"],
  ]);
  expect(rows.at(-1)?.said).toBe("It was so");
  expect(rows.find(({ id }) => id === "refused")?.next).toMatch(/\w/);
});

test("an order is found by its number and by its parcel's AWB, stock by its SKU; both are named", async ({
  database: { pool },
}) => {
  await aShop(pool);
  for (const of of [shop, other]) {
    await pool.query(
      `insert into "Sku" (shop, id, "productId", "variationId", "skuCode", title, "shopifyInventoryItemId") values ($1, 's', 'p', 'v', 'TEE-M', 'Tee', '70')`,
      [of],
    );
    await pool.query(
      `insert into "ShopifyInventoryCache" (shop, id, "shopifyInventoryItemId", "shopifyLocationId", "skuId", "rawData", "rawShape", "contentHash", source)
       values ($1, '70@9', '70', '9', 's', '{}', 'rest', '', 'webhook')`,
      [of],
    );
    await pool.query(`insert into "ShopifyLocation" (shop, id, name) values ($1, '9', $2)`, [
      of,
      of === shop ? "Pune" : "Elsewhere",
    ]);
    await pool.query(
      `insert into "Parcel" (shop, "shopifyOrderId", id, "awbNumber", state, origin) values ($1, '5', 'p1', 'AWB1', 'created', 'erp')`,
      [of],
    );
    await insertOutbox(pool, of, [
      { id: "order", entityId: "5" },
      { id: "another", entityId: "6" },
      {
        ...{ id: "level", kind: "inventorySet", entity: "stock", entityId: "70@9" },
        conflict: { erp: "5", shopify: "3", next: "Count." },
        status: "conflict",
      },
      { id: "unknown level", kind: "inventorySet", entity: "stock", entityId: "71@8" },
    ]);
  }
  const found = async (search: string) => (await list(pool, { search })).map(({ id }) => id);
  expect(await found("awb1")).toEqual(["order"]);
  expect(await found("TEE-M")).toEqual(["level"]);
  expect(await found("nobodys")).toEqual([]);
  const [level] = await list(pool, { id: "level" });
  expect(level).toMatchObject({
    ...{ words: "set the stock of TEE-M at Pune", next: "Count.", conflict: { erp: "5", shopify: "3" } },
    stock: { skuId: "s", sku: "TEE-M", location: "Pune" },
  });
  expect((await list(pool, { id: "unknown level" }))[0]?.words).toBe(
    "set the stock of inventory item 71 at location 8",
  );
});

test("among 200,000 that were sent, what is open, what was sent lately and every page is found by an index", async ({
  database: { pool },
}) => {
  await aShop(pool);
  await pool.query(
    `insert into "Outbox" (shop, id, kind, entity, "entityId", payload, "idempotencyKey", status, "createdAt", "endedAt")
     select $1, n::text, 'orderCancel', 'order', n::text, '{}', n::text, case when n % 1000 = 0 then 'refused' else 'sent' end,
       $2::timestamptz - n * interval '10 seconds', case when n % 1000 = 0 then null else $2::timestamptz - n * interval '10 seconds' end
     from generate_series(1, 200000) n`,
    [shop, now],
  );
  await pool.query(`vacuum analyze "Outbox"`);
  const slow: string[] = [];
  const explaining = {
    query: async (query: string | { text: string; values?: unknown[] }, values?: unknown[]) => {
      const text = typeof query === "string" ? query : query.text;
      const plan = await pool.query(`explain ${text}`, values ?? []);
      if (JSON.stringify(plan.rows).includes('Seq Scan on \\"Outbox\\"')) slow.push(text);
      return pool.query(query as string, values);
    },
  } as unknown as Pool;
  for (const statuses of [undefined, ["refused", "conflict"], ["waiting"], ["sent", "already"]] as const)
    await list(explaining, { statuses, sort: "created desc" });
  await list(explaining, { search: "#1001" });
  await loadOutboxFigures(explaining, now);
  await findOutboxTrouble(explaining, { shop, kinds: ["orderCancel"], now });
  expect(slow).toEqual([]);
});
