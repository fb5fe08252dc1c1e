import { expect } from "vitest";
import { insertOutbox } from "#tests/fixtures/outbox-rows.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { countOpenIntents } from "./count-open-intents.server.ts";
import { findOutboxTrouble } from "./find-outbox-trouble.server.ts";
import { sendRefusedAgain } from "./send-refused-again.server.ts";

const [shop, other] = ["loom.myshopify.com", "other.myshopify.com"];
const now = new Date("2026-11-22T10:00:00Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const kinds = ["orderCancel", "orderEdit"] as const;

test("a sender that stands still is found by what is due and nobody takes, and not while it works", async ({
  database: { pool },
}) => {
  const find = async (of = shop) => (await findOutboxTrouble(pool, { shop: of, kinds, now })).still;
  await insertOutbox(pool, shop, [
    // None of these is due: off, behind another, later, in work, young.
    { id: "off", kind: "fulfillmentCreate", entityId: "1", createdAt: minutesAgo(600) },
    { id: "refused", entityId: "2", status: "refused", createdAt: minutesAgo(600) },
    { id: "behind", entityId: "2", createdAt: minutesAgo(600) },
    { id: "later", entityId: "3", createdAt: minutesAgo(600), attempts: 1, nextRetryAt: minutesAgo(-5) },
    { id: "in work", entityId: "4", createdAt: minutesAgo(600), leasedUntil: minutesAgo(-1) },
    { id: "young", entityId: "5", createdAt: minutesAgo(9) },
  ]);
  expect(await find()).toBeNull();
  await insertOutbox(pool, shop, [
    { id: "old", kind: "orderEdit", entityId: "6", createdAt: minutesAgo(11) },
  ]);
  expect(await find()).toEqual({ kind: "orderEdit", since: minutesAgo(11).toISOString() });
  expect(await find(other)).toBeNull();

  // Just switched on: what had waited until its preview was seen is not late.
  await pool.query(
    `insert into "WriteBackPreview" (shop, id, kind, actor, figures, "seenAt") values ($1, 'p', 'orderEdit', '1', '{}', $2)`,
    [shop, minutesAgo(1)],
  );
  expect(await find()).toBeNull();
  await pool.query(`update "WriteBackPreview" set "seenAt" = $1`, [minutesAgo(30)]);
  expect(await find()).not.toBeNull();
  // Others are sent meanwhile: it has much to do.
  await insertOutbox(pool, shop, [{ id: "sent", entityId: "7", status: "sent", endedAt: minutesAgo(2) }]);
  expect(await find()).toBeNull();
});

test("what was tried in vain for half an hour is told with why, and what a person decides is counted", async ({
  database: { pool },
}) => {
  const tried = { attempts: 6, nextRetryAt: minutesAgo(-20), createdAt: minutesAgo(45) };
  await insertOutbox(pool, shop, [
    { id: "1", entityId: "1", ...tried, attempts: 5, errorCode: "SHOPIFY_UNREACHABLE", error: "few" },
    // Shopify's job that cancels an order is looked at often: that is no failure.
    { id: "2", entityId: "2", ...tried, attempts: 9 },
    { id: "3", entityId: "3", ...tried, errorCode: "SHOPIFY_UNREACHABLE", error: "Shopify is down" },
    { id: "4", entityId: "4", status: "conflict" },
    { id: "5", entityId: "5", status: "refused", kind: "orderEdit" },
    { id: "6", entityId: "6", status: "refused" },
  ]);
  await insertOutbox(pool, other, [{ id: "1", status: "conflict" }]);
  expect(await findOutboxTrouble(pool, { shop, kinds, now })).toEqual({
    ...{ conflicts: 1, refused: 2, still: null },
    tried: { kind: "orderCancel", since: minutesAgo(45).toISOString(), error: "Shopify is down" },
  });
  expect(await countOpenIntents(pool, { shop })).toEqual([
    { kind: "orderCancel", waiting: 3, refused: 1 },
    { kind: "orderEdit", waiting: 0, refused: 1 },
  ]);
});

test("all that was refused of one kind is sent again, 500 at a time, and nothing else", async ({
  database: { pool },
}) => {
  await pool.query(
    `insert into "Outbox" (shop, id, kind, entity, "entityId", payload, "idempotencyKey", status, error, "createdAt")
     select shop, n::text, 'orderCancel', 'order', n::text, '{}', n::text, 'refused', 'No', $2::timestamptz + n * interval '1 second'
       from unnest($1::text[]) shop, generate_series(1, 503) n`,
    [[shop, other], minutesAgo(60)],
  );
  await insertOutbox(pool, shop, [
    { id: "conflict", status: "conflict", entityId: "c" },
    { id: "another kind", kind: "orderEdit", status: "refused", entityId: "k" },
  ]);
  const send = () => sendRefusedAgain(pool, { shop, kind: "orderCancel", actor: "7", now });
  expect(await send()).toEqual({ sent: 500, left: 3 });
  const { rows } = await pool.query<{ id: string }>(
    `select id from "Outbox" where shop = $1 and status = 'refused' order by id`,
    [shop],
  );
  expect(rows.map(({ id }) => id)).toEqual(["501", "502", "503", "another kind"]);
  expect(await send()).toEqual({ sent: 3, left: 0 });
  expect(await send()).toEqual({ sent: 0, left: 0 });
  const audit = await pool.query(`select actor, action, details from "AuditLog" order by id`);
  expect(audit.rows).toEqual([
    { actor: "7", action: "outbox.send_again", details: { kind: "orderCancel", sent: 500 } },
    { actor: "7", action: "outbox.send_again", details: { kind: "orderCancel", sent: 3 } },
  ]);
  const others = await pool.query(`select from "Outbox" where shop = $1 and status = 'refused'`, [other]);
  expect(others.rowCount).toBe(503);
});
