import { describe, expect } from "vitest";
import { inTransaction } from "#app/lib/db.server.ts";
import { connectedTest as test, type ConnectedShop } from "#tests/setup/a-connected-shop.ts";
import { ingestPayloads } from "./ingest.server.ts";
import { markProcessed } from "./mark-processed.server.ts";
import { newsWish } from "./news-wish.ts";
import { runDueFetches, type DueFetchOptions } from "./run-due-fetches.server.ts";
import { wishFor } from "./wish-for.server.ts";

const now = () => new Date();
const MINUTE = 60_000;

function aShop(sim: ConnectedShop) {
  const { shop, client, scopes, pool } = sim;
  let connected = 0;
  return {
    ...sim,
    connected: () => connected,
    run: (more: Partial<DueFetchOptions> = {}) =>
      runDueFetches(pool, {
        ...{ shop, limit: 50, now },
        connect: () => {
          connected += 1;
          return Promise.resolve({ client, scopes });
        },
        ...more,
      }),
    /** Orders known by a webhook's body, as of `updatedAt`. */
    known: (ids: readonly string[], updatedAt = "2020-01-01T00:00:00Z") =>
      ingestPayloads(pool, {
        ...{ shop, kind: "order", source: "webhook", now: now() },
        payloads: ids.map((id) => ({
          ...{ id, shape: "rest" as const, shopifyUpdatedAt: updatedAt, triggeredAt: updatedAt },
          raw: JSON.stringify({ id, created_at: updatedAt, updated_at: updatedAt }),
        })),
      }),
    wish: (ids: readonly string[], reason: string, at = new Date(Date.now() - MINUTE)) =>
      inTransaction(pool, (tx) =>
        wishFor(tx, { shop, kind: "order", wishes: ids.map((id) => ({ id, reason, at })) }),
      ),
    entries: async () =>
      (
        await pool.query<{
          id: string;
          needsFetch: string | null;
          newsAt: Date | null;
          fetchAttempts: number;
          nextFetchAt: Date | null;
          fetchError: string | null;
          source: string;
        }>(`SELECT * FROM "ShopifyOrderCache" ORDER BY id`)
      ).rows,
    requests: async () =>
      (await pool.query<Record<string, unknown>>(`SELECT * FROM "ShopifyFetchRequest" ORDER BY id`)).rows,
  };
}

const nothing = { taken: 0, granted: 0, fetched: 0, gone: 0, failed: 0 };

test("nothing to ask for: Shopify is not even connected to", async ({ connect }) => {
  const { run, connected, known, ids } = aShop(await connect());
  await known(ids("orders", 1));
  expect(await run()).toEqual(nothing);
  expect(connected()).toBe(0);
});

test("entries and requests that are due are fetched, once", async ({ connect }) => {
  const { run, known, wish, ids, entries, requests } = aShop(await connect());
  const [first = "", second = "", third = ""] = ids("orders", 3);
  await known([first, second]);
  await wish([first, third], newsWish("orders/edited"));
  expect(await run()).toEqual({ ...nothing, taken: 2, fetched: 2 });
  expect(await requests()).toEqual([]);
  expect((await entries()).filter(({ source }) => source === "fetch").map(({ id }) => id)).toEqual(
    [first, third].sort(),
  );
  expect(await run()).toEqual(nothing);
});

describe("what comes first", () => {
  test("news before other reasons, then the newest record", async ({ connect }) => {
    const { run, known, wish, ids, pool, entries } = aShop(await connect());
    const [old = "", newer = "", news = "", ...rest] = ids("orders", 6);
    await known([old, ...rest], "2020-01-01T00:00:00Z");
    await known([newer], "2020-02-01T00:00:00Z");
    await known([news], "2019-01-01T00:00:00Z");
    await pool.query(`UPDATE "ShopifyOrderCache" SET "needsFetch" = 'What was paid'`);
    await wish([news], newsWish("orders/edited"));
    const fetched = async () =>
      (await entries()).filter(({ needsFetch }) => needsFetch === null).map(({ id }) => id);
    await run({ limit: 1 });
    expect(await fetched()).toEqual([news]);
    await run({ limit: 1 });
    expect(await fetched()).toEqual([news, newer].sort());
  });

  test("several workers at once: nobody fetches what another one does", async ({ connect }) => {
    const { run, known, ids, pool, simulator, entries } = aShop(await connect());
    await known(ids("orders", 24));
    await pool.query(`UPDATE "ShopifyOrderCache" SET "needsFetch" = 'What was paid'`);
    const tallies = await Promise.all(Array.from({ length: 4 }, () => run({ limit: 10 })));
    expect(tallies.reduce((sum, { taken }) => sum + taken, 0)).toBe(24);
    expect(tallies.reduce((sum, { fetched }) => sum + fetched, 0)).toBe(24);
    expect(simulator.requests().flatMap(({ errors }) => errors)).toEqual([]);
    expect((await entries()).every(({ needsFetch }) => needsFetch === null)).toBe(true);
  });
});

describe("news that a webhook has told meanwhile", () => {
  test("is granted without asking; an edit is not, for no order webhook tells it", async ({ connect }) => {
    const { run, known, wish, ids, entries, connected } = aShop(await connect());
    const [shipped = "", edited = ""] = ids("orders", 2);
    const told = new Date(Date.now() - MINUTE);
    await known([shipped, edited], new Date(told.getTime() + 5_000).toISOString());
    await wish([shipped], newsWish("fulfillments/create"), told);
    expect(await run()).toEqual({ ...nothing, taken: 1, granted: 1 });
    expect(connected()).toBe(0);
    expect(
      (await entries()).map(({ needsFetch, newsAt, nextFetchAt }) => [needsFetch, newsAt, nextFetchAt]),
    ).toEqual([
      [null, null, null],
      [null, null, null],
    ]);
    await wish([edited], newsWish("orders/edited"), told);
    expect(await run()).toMatchObject({ taken: 1, granted: 0, fetched: 1 });
  });

  test("is asked for while the newest payload is older", async ({ connect }) => {
    const { run, known, wish, ids } = aShop(await connect());
    const [id = ""] = ids("orders", 1);
    await known([id], "2026-11-01T00:00:00Z");
    await wish([id], newsWish("fulfillments/create"));
    expect(await run()).toMatchObject({ taken: 1, granted: 0, fetched: 1 });
  });

  test("a wish for more than news is asked for, whatever came", async ({ connect }) => {
    const { run, known, wish, ids, pool } = aShop(await connect());
    const [id = ""] = ids("orders", 1);
    await known([id], new Date().toISOString());
    await pool.query(`UPDATE "ShopifyOrderCache" SET "needsFetch" = 'What was paid'`);
    await wish([id], newsWish("fulfillments/create"));
    expect(await run()).toMatchObject({ taken: 1, granted: 0 });
  });
});

test("processing an order keeps the wish of news, and ends one of its own", async ({ connect }) => {
  const { known, wish, ids, pool, shop, entries } = aShop(await connect());
  const [news = "", own = ""] = ids("orders", 2).sort();
  await known([news, own]);
  await wish([news], newsWish("orders/edited"));
  await pool.query(`UPDATE "ShopifyOrderCache" SET "needsFetch" = 'What was paid' WHERE id = $1`, [own]);
  const processed = (needsFetch: string | null) =>
    inTransaction(pool, (tx) =>
      markProcessed(tx, {
        ...{ shop, kind: "order", now: now(), failed: [] },
        done: [news, own].map((id) => ({ id, outcome: "updated", needsFetch })),
      }),
    );
  const wishes = async () => (await entries()).map(({ needsFetch }) => needsFetch);
  await processed(null);
  expect(await wishes()).toEqual(["News: orders/edited", null]);
  // Its own reasons say more, and are never granted without asking.
  await processed("What was paid");
  expect(await wishes()).toEqual(["What was paid", "What was paid"]);
  await pool.query(
    `UPDATE "ShopifyOrderCache" SET "nextFetchAt" = now() + interval '1 day', "fetchAttempts" = 5, "fetchError" = 'x'`,
  );
  await processed(null);
  expect(await wishes()).toEqual(["What was paid", null]);
  // No date and no tries outlive the wish they belong to.
  expect((await entries())[1]).toMatchObject({ nextFetchAt: null, fetchAttempts: 0, fetchError: null });
});

describe("what fails", () => {
  test("an id that fails by itself is put off with the reason, later and later, and in the end daily", async ({
    connect,
  }) => {
    const { run, known, ids, pool, entries, client, scopes } = aShop(await connect());
    const [good = "", bad = ""] = ids("orders", 2).sort();
    await known([good, bad]);
    await pool.query(`UPDATE "ShopifyOrderCache" SET "needsFetch" = 'What was paid'`);
    const refusing: typeof client = {
      ...client,
      graphql: (document, variables, ...rest) =>
        client.graphql(
          JSON.stringify(variables).includes(bad) ? "{ nothing }" : document,
          variables,
          ...rest,
        ),
    };
    const connectTo = { connect: () => Promise.resolve({ client: refusing, scopes }) };
    expect(await run(connectTo)).toEqual({ ...nothing, taken: 2, fetched: 1, failed: 1 });
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt++) {
      const [, entry] = await entries();
      expect(entry).toMatchObject({ needsFetch: "What was paid", fetchAttempts: attempt });
      expect(entry?.fetchError).toMatch(/^Shopify: .*nothing/);
      waits.push(Math.round(((entry?.nextFetchAt?.getTime() ?? 0) - Date.now()) / MINUTE));
      expect(await run(connectTo)).toEqual(nothing); // not due yet
      await pool.query(
        `UPDATE "ShopifyOrderCache" SET "nextFetchAt" = now() - interval '1 second' WHERE "nextFetchAt" IS NOT NULL`,
      );
      await run(connectTo);
    }
    expect(waits).toEqual([1, 5, 30, 120, 480, 1440, 1440, 1440]);
    // The app can ask again: it is granted like any other.
    await pool.query(
      `UPDATE "ShopifyOrderCache" SET "nextFetchAt" = now() - interval '1 second' WHERE "nextFetchAt" IS NOT NULL`,
    );
    expect(await run()).toMatchObject({ fetched: 1, failed: 0 });
    expect(await entries()).toEqual([
      expect.objectContaining({ needsFetch: null }),
      expect.objectContaining({ needsFetch: null, fetchAttempts: 0, fetchError: null }),
    ]);
  });

  test("when Shopify does not answer, nothing counts against the records: they are due again at once", async ({
    connect,
  }) => {
    const { run, known, wish, ids, entries, requests, simulator } = aShop(await connect());
    const [id = "", unknown = ""] = ids("orders", 2);
    await known([id]);
    await wish([id, unknown], newsWish("orders/edited"));
    simulator.faults.add({ kind: "http-5xx" });
    await expect(run()).rejects.toMatchObject({ code: "SHOPIFY_UNREACHABLE" });
    expect(await entries()).toEqual([
      expect.objectContaining({
        ...{ fetchAttempts: 0, nextFetchAt: null, needsFetch: "News: orders/edited" },
        fetchError: expect.stringMatching(/^Shopify does not answer/) as string,
      }),
    ]);
    expect(await requests()).toEqual([expect.objectContaining({ attempts: 0, nextFetchAt: null })]);
    simulator.faults.clear();
    expect(await run()).toMatchObject({ fetched: 2 });
  });

  test("a throttle is waited out and is no failure", async ({ connect }) => {
    const { run, known, wish, ids, simulator, entries } = aShop(await connect());
    const [id = ""] = ids("orders", 1);
    await known([id]);
    await wish([id], newsWish("orders/edited"));
    simulator.faults.add({ kind: "throttled", count: 2 });
    expect(await run()).toMatchObject({ fetched: 1, failed: 0 });
    expect(await entries()).toEqual([expect.objectContaining({ fetchAttempts: 0, fetchError: null })]);
  });

  test("a request that fails by itself is tried later, with the reason", async ({ connect }) => {
    const { run, wish, requests } = aShop(await connect());
    await wish(["not a number"], newsWish("orders/edited"));
    expect(await run()).toMatchObject({ taken: 1, failed: 1 });
    expect(await requests()).toEqual([
      expect.objectContaining({
        ...{ attempts: 1, nextFetchAt: expect.any(Date) as Date },
        fetchError: expect.stringMatching(/Invalid global id/) as string,
      }),
    ]);
  });
});

test("a fulfilment order stands for its order, known or not; one that is gone is forgotten", async ({
  connect,
}) => {
  const { run, known, store, pool, shop, entries, requests } = aShop(await connect());
  const [first, second] = [0, 1].map((index) => store.collection("fulfillmentOrders")?.at(index));
  const numbers = [first, second].map((one) => ({
    part: String(one?.id.split("/").at(-1)),
    order: (one?.orderId as string).split("/").at(-1) ?? "",
  }));
  await known([numbers[0]?.order ?? ""]);
  const at = new Date(Date.now() - MINUTE);
  const reason = newsWish("fulfillment_orders/moved");
  await inTransaction(pool, (tx) =>
    wishFor(tx, {
      ...{ shop, kind: "fulfillment_order" },
      wishes: [...numbers.map(({ part }) => part), "1"].map((id) => ({ id, reason, at })),
    }),
  );
  expect(await run()).toMatchObject({ taken: 3, failed: 0 });
  expect(await entries()).toEqual([
    expect.objectContaining({ id: numbers[0]?.order, needsFetch: reason, newsAt: at }),
  ]);
  expect(await requests()).toEqual([
    expect.objectContaining({ kind: "order", id: numbers[1]?.order, reason, requestedAt: at }),
  ]);
  expect(await run()).toMatchObject({ taken: 2, fetched: 2 });
  expect(await requests()).toEqual([]);
});
