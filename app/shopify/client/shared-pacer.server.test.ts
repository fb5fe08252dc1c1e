import { expect } from "vitest";
import { openDatabase, type Database } from "#app/lib/db.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import type { HasToWait, Reservation } from "./pacer.ts";
import { sharedPacer } from "./shared-pacer.server.ts";

const log = createLog("silent");
const shop = "a.myshopify.com";

/** What Shopify answers, of a bucket of 1,000 points that restores nothing a test could notice. */
const said = (currentlyAvailable: number, actualQueryCost = 0, throttled = false) => ({
  ...{ kind: "answered" as const, throttled },
  cost: {
    ...{ requestedQueryCost: 100, actualQueryCost },
    throttleStatus: { maximumAvailable: 1000, currentlyAvailable, restoreRate: 0.001 },
  },
});

async function bucket({ pool }: Database) {
  const { rows } = await pool.query<{ available: number; reserved: number }>(
    `select round("available"::numeric)::int as available, "reserved" from "ShopifyRateLimit" where shop = $1`,
    [shop],
  );
  return rows[0];
}

/** A pacer of a shop whose bucket is known to hold `available`. */
async function paced(database: Database, available: number) {
  const pacer = sharedPacer(database.pool, { shop, log });
  await pacer.settle(await granted(pacer.reserve(1)), said(available));
  // Requests that leave in the same millisecond are not surely later.
  await later();
  return pacer;
}

async function granted(reserved: Promise<Reservation | HasToWait>): Promise<Reservation> {
  const answer = await reserved;
  if ("waitMs" in answer) throw new Error(`has to wait ${String(answer.waitMs)} ms`);
  return answer;
}

async function waiting(reserved: Promise<Reservation | HasToWait>): Promise<HasToWait> {
  const answer = await reserved;
  if (!("waitMs" in answer)) throw new Error(`may go with ${String(answer.points)} points`);
  return answer;
}

/** As if Shopify had restored points meanwhile. */
const restore = ({ pool }: Database, available: number) =>
  pool.query(`update "ShopifyRateLimit" set "available" = $2 where shop = $1`, [shop, available]);

/** Of requests that come one after another: they are told apart by the millisecond. */
const later = () => new Promise((resolve) => setTimeout(resolve, 5));

test("a shop nobody has asked yet is asked at once, whatever the query costs", async ({ database }) => {
  const pacer = sharedPacer(database.pool, { shop, log });
  expect(await pacer.reserve(5000)).toMatchObject({ points: 0 });
  expect(await bucket(database)).toBeUndefined();
});

test("what one process has reserved is not there for another, until it is settled", async ({ database }) => {
  await paced(database, 150);
  const one = sharedPacer(database.pool, { shop, log });
  const other = sharedPacer(database.pool, { shop, log });
  const held = await granted(one.reserve(100));
  const { since } = await waiting(other.reserve(100));
  await one.settle(held, { kind: "nothing" });
  expect(await other.reserve(100, { since })).toMatchObject({ points: 100 });
});

test("of many who want the last points at once, as many get them as there are points", async ({
  database,
}) => {
  const pacer = await paced(database, 450);
  const answers = await Promise.all(Array.from({ length: 20 }, () => pacer.reserve(100)));
  expect(answers.filter((answer) => "points" in answer)).toHaveLength(4);
  expect(await bucket(database)).toEqual({ available: 450, reserved: 400 });
});

test("the wait is what is missing divided by what is restored", async ({ database }) => {
  const pacer = await paced(database, 0);
  await database.pool.query(`update "ShopifyRateLimit" set "restoreRate" = 50`);
  const answer = await pacer.reserve(100);
  if (!("waitMs" in answer)) throw new Error("nothing was there to reserve");
  expect(answer.waitMs).toBeLessThanOrEqual(2000);
  expect(answer.waitMs).toBeGreaterThan(1000);
});

test("what was restored since counts, at most up to the maximum", async ({ database }) => {
  const pacer = await paced(database, 0);
  await database.pool.query(
    `update "ShopifyRateLimit" set "restoreRate" = 50, "at" = now() - interval '1 hour'`,
  );
  await granted(pacer.reserve(1000));
  expect(await pacer.reserve(10)).toHaveProperty("waitMs");
});

test("a query larger than the bucket goes when the bucket is full", async ({ database }) => {
  const pacer = await paced(database, 1000);
  expect(await pacer.reserve(5000)).toMatchObject({ points: 1000 });
});

test("a dear request that waits is not overtaken: who comes later leaves it what it needs", async ({
  database,
}) => {
  const pacer = await paced(database, 100);
  const other = sharedPacer(database.pool, { shop, log });
  const dear = await waiting(pacer.reserve(500));
  await later();
  const cheap = await waiting(other.reserve(50)); // though 100 are there
  await restore(database, 499);
  await waiting(other.reserve(50, cheap));
  await restore(database, 560);
  expect(await other.reserve(50, cheap)).toMatchObject({ points: 50 }); // what the dear one does not need
  expect(await pacer.reserve(500, dear)).toMatchObject({ points: 500 });
  await restore(database, 650);
  expect(await other.reserve(50)).toMatchObject({ points: 50 }); // nobody waits any more
});

test("the one that came first has the place, whoever looked last, and then the next", async ({
  database,
}) => {
  const pacer = await paced(database, 0);
  const first = await waiting(pacer.reserve(300));
  await later();
  const second = await waiting(pacer.reserve(100));
  expect(second.waitMs).toBeGreaterThan(first.waitMs);
  await database.pool.query(`update "ShopifyRateLimit" set "waitingUntil" = now()`); // the first is late
  await waiting(pacer.reserve(100, second));
  await waiting(pacer.reserve(300, first)); // and has its place again
  await restore(database, 300);
  await waiting(pacer.reserve(100, second));
  expect(await pacer.reserve(300, first)).toMatchObject({ points: 300 });
  await waiting(pacer.reserve(100, second));
  await later();
  await waiting(pacer.reserve(10));
  await restore(database, 400);
  expect(await pacer.reserve(100, second)).toMatchObject({ points: 100 });
});

test("a query larger than the bucket keeps the others waiting until it is full, not for ever", async ({
  database,
}) => {
  const pacer = await paced(database, 900);
  const held = await granted(pacer.reserve(100));
  const dear = await waiting(pacer.reserve(5000));
  await later();
  const cheap = await waiting(pacer.reserve(1));
  await restore(database, 1000);
  await pacer.settle(held, { kind: "nothing" });
  expect(await pacer.reserve(5000, dear)).toMatchObject({ points: 1000 });
  await waiting(pacer.reserve(1, cheap));
});

test("who will not wait that long, and who does not come back, keeps nobody waiting", async ({
  database,
}) => {
  const pacer = await paced(database, 100);
  await waiting(pacer.reserve(500, { patienceMs: 5000 }));
  await later();
  await granted(pacer.reserve(10));
  await waiting(pacer.reserve(500));
  await later();
  await waiting(pacer.reserve(10));
  await database.pool.query(`update "ShopifyRateLimit" set "waitingUntil" = now()`);
  await granted(pacer.reserve(10));
});

test("an answer that may be older does not raise what a newer one said, and its cost is subtracted", async ({
  database,
}) => {
  const pacer = await paced(database, 800);
  const first = await granted(pacer.reserve(100));
  const second = await granted(pacer.reserve(100));
  await pacer.settle(second, said(300, 90));
  expect(await bucket(database)).toEqual({ available: 300, reserved: 100 });
  await pacer.settle(first, said(710, 90));
  expect(await bucket(database)).toEqual({ available: 210, reserved: 0 });
});

test("an answer to a request that left later is believed, upwards too", async ({ database }) => {
  const pacer = await paced(database, 300);
  await pacer.settle(await granted(pacer.reserve(100)), said(900, 50));
  expect(await bucket(database)).toEqual({ available: 900, reserved: 0 });
});

test("a throttled answer lowers the bucket, and others' reservations stay subtracted", async ({
  database,
}) => {
  const pacer = await paced(database, 800);
  const held = await granted(pacer.reserve(100));
  const throttled = await granted(pacer.reserve(100));
  await pacer.settle(held, { kind: "unknown" }); // an answer that was lost: it may have cost all of it
  expect(await bucket(database)).toEqual({ available: 700, reserved: 100 });
  await pacer.settle(throttled, said(120, 0, true));
  await granted(pacer.reserve(100));
  expect(await bucket(database)).toEqual({ available: 120, reserved: 100 });
  expect(await pacer.reserve(100)).toHaveProperty("waitMs");
});

test("what a process that died had reserved is forgotten after a minute without activity", async ({
  database,
}) => {
  const pacer = await paced(database, 100);
  await granted(pacer.reserve(100));
  const { since } = await waiting(pacer.reserve(100));
  await database.pool.query(`update "ShopifyRateLimit" set "reservedAt" = now() - interval '59 seconds'`);
  await waiting(pacer.reserve(100, { since })); // looking is no activity either
  await database.pool.query(`update "ShopifyRateLimit" set "reservedAt" = now() - interval '61 seconds'`);
  expect(await pacer.reserve(100, { since })).toMatchObject({ points: 100 });
  expect(await bucket(database)).toMatchObject({ reserved: 100 });
});

test("law 11: one shop's empty bucket is not another's", async ({ database }) => {
  await paced(database, 0);
  const other = sharedPacer(database.pool, { shop: "b.myshopify.com", log });
  expect(await other.reserve(100)).toHaveProperty("points");
});

test("a database that does not answer stops no request", async ({ database }) => {
  const gone = openDatabase(database.url, { poolSize: 1, applicationName: "gone" });
  await gone.close();
  const pacer = sharedPacer(gone.pool, { shop, log });
  const reservation = await granted(pacer.reserve(100));
  await expect(pacer.settle(reservation, said(900))).resolves.toBeUndefined();
});
