import type { Pool } from "pg";
import { expect } from "vitest";
import { answerOnce } from "#app/lib/answer-once.server.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { dropOldAnswers } from "./drop-old-answers.server.ts";

const shop = "a.myshopify.com";
const now = new Date("2026-11-22T10:00:00Z");
const request = { action: "pick", lines: [{ lineId: "1", qty: 2 }] };

let done = 0;
const ask = (pool: Pool, more: { shop?: string; caller?: string; key?: string; request?: object } = {}) =>
  inRepeatedTransaction(pool, (tx) =>
    answerOnce(
      tx,
      {
        ...{ shop: more.shop ?? shop, now },
        once: { caller: more.caller ?? "key 1", key: more.key ?? "k", request: more.request ?? request },
      },
      async () => {
        done += 1;
        await tx.query("select pg_sleep(0.05)");
        return { done };
      },
    ),
  );

test("the same request is done once, however often and at the same time it comes, and its first answer is given", async ({
  database: { pool },
}) => {
  done = 0;
  const answers = await Promise.all(Array.from({ length: 4 }, () => ask(pool)));
  const turned = { lines: [{ qty: 2, lineId: "1" }], action: "pick" };
  answers.push(await ask(pool, { request: turned }));
  expect(answers).toEqual(Array.from({ length: 5 }, () => ({ done: 1 })));
});

test("a key counts by caller and shop, and stands for one request", async ({ database: { pool } }) => {
  done = 0;
  await ask(pool);
  expect(await ask(pool, { caller: "key 2" })).toEqual({ done: 2 });
  expect(await ask(pool, { shop: "b.myshopify.com" })).toEqual({ done: 3 });
  await expect(ask(pool, { request: { ...request, action: "pack" } })).rejects.toMatchObject({
    code: "IDEMPOTENCY_MISMATCH",
  });
  expect(done).toBe(3);
});

test("what was refused leaves no key behind; a key is forgotten after 30 days", async ({
  database: { pool },
}) => {
  const refused = inRepeatedTransaction(pool, (tx) =>
    answerOnce(tx, { shop, now, once: { caller: "key 1", key: "k", request } }, () =>
      Promise.reject(new Error("no")),
    ),
  );
  await expect(refused).rejects.toThrow("no");
  done = 0;
  expect(await ask(pool)).toEqual({ done: 1 });
  const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
  expect(await dropOldAnswers(pool, { shop: "b.myshopify.com", now: days(31) })).toBe(0);
  expect(await dropOldAnswers(pool, { shop, now: days(29) })).toBe(0);
  expect(await dropOldAnswers(pool, { shop, now: days(31) })).toBe(1);
  expect(await ask(pool)).toEqual({ done: 2 });
});
