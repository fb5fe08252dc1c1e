import type { Pool } from "pg";
import { expect, vi } from "vitest";
import { inTransaction } from "#app/lib/db.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { flushAnswers, noteAnswer } from "./note-answer.server.ts";

const shop = "one.myshopify.com";
const at = new Date("2026-11-22T10:00:00.250Z");
const later = new Date("2026-11-22T10:00:09Z");
const quickly = { roundMs: 20, rounds: 1_000 };

async function deliver(pool: Pool, ...webhookIds: string[]) {
  await pool.query(
    `INSERT INTO "WebhookDelivery" (shop, "webhookId", topic, outcome) SELECT $1, id, 'orders/create', 'stored' FROM unnest($2::text[]) AS id`,
    [shop, webhookIds],
  );
}
const answered = async (pool: Pool) => {
  const sql = `SELECT "webhookId", "answeredAt" FROM "WebhookDelivery" ORDER BY "webhookId"`;
  const { rows } = await pool.query<{ webhookId: string; answeredAt: Date | null }>(sql);
  return Object.fromEntries(rows.map(({ webhookId, answeredAt }) => [webhookId, answeredAt]));
};

/** What was warned of, instead of a log. */
function aLog() {
  const warned: unknown[] = [];
  return { warned, log: { warn: (...said: unknown[]) => void warned.push(said) } };
}

/** Holds a delivery, as the worker does while it handles it, for as long as `meanwhile` takes. */
const whileHeld = (pool: Pool, webhookId: string, meanwhile: () => Promise<void>) =>
  inTransaction(pool, async (tx) => {
    await tx.query(`SELECT 1 FROM "WebhookDelivery" WHERE shop = $1 AND "webhookId" = $2 FOR UPDATE`, [
      shop,
      webhookId,
    ]);
    await meanwhile();
  });

test("an answer never waits for a delivery that somebody holds while it holds others; that one is noted once it is free", async ({
  database: { pool },
}) => {
  const { log, warned } = aLog();
  await deliver(pool, "a", "b", "c");
  await whileHeld(pool, "b", async () => {
    for (const webhookId of ["a", "b", "c"]) noteAnswer(pool, log, { shop, webhookId, at }, quickly);
    await expect.poll(() => answered(pool)).toEqual({ a: at, b: null, c: at });
    // Of a duplicate: the first answer stands, though it could not be written yet.
    noteAnswer(pool, log, { shop, webhookId: "b", at: later });
  });
  await expect.poll(() => answered(pool)).toEqual({ a: at, b: at, c: at });
  noteAnswer(pool, log, { shop, webhookId: "a", at: later });
  await flushAnswers(pool, log);
  expect(await answered(pool)).toEqual({ a: at, b: at, c: at });
  expect(warned).toEqual([]);
});

test("of a delivery that is held for ever the answer is given up and said, and the next ones are noted", async ({
  database: { pool },
}) => {
  const { log, warned } = aLog();
  await deliver(pool, "a", "b");
  await whileHeld(pool, "a", async () => {
    noteAnswer(pool, log, { shop, webhookId: "a", at }, { roundMs: 5, rounds: 3 });
    await expect.poll(() => warned).toEqual([[{ count: 1 }, expect.stringContaining("hold them")]]);
    noteAnswer(pool, log, { shop, webhookId: "b", at });
    await expect.poll(() => answered(pool)).toEqual({ a: null, b: at });
  });
  await flushAnswers(pool, log);
  expect(await answered(pool)).toEqual({ a: null, b: at });
});

test("the last answers are written at once at the end of the process, whichever copy of the module noted them, and wait for who holds theirs", async ({
  database: { pool },
}) => {
  const { log, warned } = aLog();
  await deliver(pool, "a", "b");
  vi.resetModules();
  const bundled = await import("./note-answer.server.ts");
  expect(bundled.noteAnswer).not.toBe(noteAnswer);
  let flushed: Promise<void> | undefined;
  await whileHeld(pool, "a", async () => {
    for (const webhookId of ["a", "b"])
      bundled.noteAnswer(pool, log, { shop, webhookId, at }, { roundMs: 60_000, rounds: 1 });
    flushed = flushAnswers(pool, log);
    await expect.poll(() => answered(pool)).toEqual({ a: null, b: at });
  });
  await flushed;
  expect(await answered(pool)).toEqual({ a: at, b: at });
  expect(warned).toEqual([]);
});

test("the end of the process waits no longer than it was told to, and says what was lost", async ({
  database: { pool },
}) => {
  const { log, warned } = aLog();
  await deliver(pool, "a");
  await whileHeld(pool, "a", async () => {
    noteAnswer(pool, log, { shop, webhookId: "a", at });
    await flushAnswers(pool, log, 200);
  });
  expect(warned).toEqual([[{ count: 1 }, expect.stringContaining("hold them")]]);
  expect(await answered(pool)).toEqual({ a: null });
});
