import { expect } from "vitest";

import type { Database } from "#app/lib/db.server.ts";
import { shopClient } from "#app/shopify/client/shop-client.server.ts";
import { aShopWithOrders } from "#tests/fixtures/a-shop-with-orders.ts";
import { ALL_SCOPES } from "#tests/order-shapes/bulk-records.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { describeProof, proveYesterday } from "./prove-yesterday.server.ts";

const ORDERS = 60;
const now = () => new Date("2026-11-21T05:12:00Z");

/** A shop that took 60 orders yesterday, of which nothing has told the ERP. */
async function aShopThatMissedADay(database: Database) {
  const orders = Array.from({ length: ORDERS }, (_, index) => ({
    id: index + 1,
    createdAt: "2026-11-20T06:30:00Z",
  }));
  const missed = await aShopWithOrders(database, { orders });
  const { shop, env, log, fetch, simulator, sync } = missed;
  await sync();
  for (const table of ["Order", "OrderLine", "OrderCharge", "OrderPayment", "ShopifyOrderCache"])
    await database.pool.query(`delete from "${table}" where shop = $1`, [shop]);
  /** Ids of each request for orders by their ids. */
  const asked: string[][] = [];
  let refused: string | undefined;
  const hindrances: ((ids: readonly string[]) => void)[] = [];
  const client = shopClient(
    { env, database, log, now: () => new Date() },
    {
      ...{ shop, maxTries: 1 },
      fetch: (input, init) => {
        const body = typeof init?.body === "string" ? init.body : "{}";
        const { variables } = JSON.parse(body) as { variables?: { ids?: string[] } };
        const ids = variables?.ids?.map((gid) => gid.split("/").at(-1) ?? "");
        if (ids) {
          asked.push(ids);
          for (const hinder of hindrances) hinder(ids);
        }
        if (refused !== undefined && ids?.includes(refused))
          return Promise.resolve(Response.json({ errors: [{ message: "too much to ask" }] }));
        return fetch(input, init);
      },
    },
  );
  return {
    ...{ shop, simulator, asked },
    /** What happens just before Shopify is asked for orders. */
    beforeAsking: (hinder: (ids: readonly string[]) => void) => hindrances.push(hinder),
    /** Shopify answers with an error whenever this order is asked for. */
    refuse: (id: string) => {
      refused = id;
    },
    prove: (signal = new AbortController().signal) =>
      proveYesterday({ database, now }, { client, scopes: ALL_SCOPES }, { shop, signal }),
    rows: async (sql: string) => (await database.pool.query<Record<string, unknown>>(sql, [shop])).rows,
  };
}

const WISHES = `select id, reason from "ShopifyFetchRequest" where shop = $1 and kind = 'order' order by id::int`;
const PROOF = `select cardinality(missing) as missing, "shopifyOrders", "erpOrders", problem from "DailyProof" where shop = $1`;

test("a day that was missed is fetched and processed, and then proven", async ({ database }) => {
  const { prove, rows } = await aShopThatMissedADay(database);
  const proof = await prove();
  expect(proof).toMatchObject({ missing: [], shopifyOrders: ORDERS, erpOrders: ORDERS, problem: null });
  expect(describeProof(proof)).toBe("Yesterday (2026-11-20): Shopify 60 orders, ERP 60 orders, missing 0");
  expect(await rows(WISHES)).toEqual([]);
});

test("where Shopify fails on the way, what had come stays, the rest is wished for, and the proof says why", async ({
  database,
}) => {
  const { prove, rows, simulator, asked, beforeAsking } = await aShopThatMissedADay(database);
  beforeAsking(() => {
    if (asked.flat().length > 50) simulator.faults.add({ kind: "http-5xx", operation: "nodes" });
  });
  const proof = await prove();
  expect(proof.erpOrders).toBe(50);
  expect(proof.missing).toHaveLength(10);
  const problem = expect.stringMatching(
    /^Not everything could be fetched: Shopify does not answer.*tries again by itself/,
  ) as unknown;
  expect(await rows(PROOF)).toEqual([{ missing: 10, shopifyOrders: ORDERS, erpOrders: 50, problem }]);
  expect(describeProof(proof)).toMatch(/ERP 50 orders, missing 10\. Not everything could be fetched: /);
  const wishes = await rows(WISHES);
  expect(wishes.map(({ id }) => id)).toEqual(proof.missing.toSorted((a, b) => Number(a) - Number(b)));
  expect(wishes[0]).toMatchObject({ reason: "Not in agreement on 2026-11-20" });
});

test("where Shopify is down for the second proof too, what was found stands, with the reason", async ({
  database,
}) => {
  const { prove, rows, simulator, beforeAsking } = await aShopThatMissedADay(database);
  beforeAsking(() => simulator.faults.add({ kind: "http-5xx" }));
  expect(await prove()).toMatchObject({ shopifyOrders: ORDERS, erpOrders: 0 });
  const problem = expect.stringMatching(/^Not everything could be fetched: /) as unknown;
  expect(await rows(PROOF)).toEqual([{ missing: ORDERS, shopifyOrders: ORDERS, erpOrders: 0, problem }]);
  expect(await rows(WISHES)).toHaveLength(ORDERS);
});

test("one that Shopify refuses alone is wished for, and the others come", async ({ database }) => {
  const { prove, rows, refuse } = await aShopThatMissedADay(database);
  refuse("7");
  expect(await prove()).toMatchObject({
    ...{ erpOrders: ORDERS - 1, missing: ["7"] },
    problem: expect.stringMatching(/^Not everything could be fetched: .*too much to ask/) as unknown,
  });
  expect(await rows(WISHES)).toEqual([{ id: "7", reason: "Not in agreement on 2026-11-20" }]);
});

test("a wish to stop goes to the top", async ({ database }) => {
  const { prove, beforeAsking, rows } = await aShopThatMissedADay(database);
  const stop = new AbortController();
  beforeAsking(() => {
    stop.abort(new Error("stopped"));
  });
  await expect(prove(stop.signal)).rejects.toThrow("stopped");
  expect(await rows(PROOF)).toMatchObject([{ missing: ORDERS }]);
});
