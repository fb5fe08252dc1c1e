import fc from "fast-check";
import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import {
  day,
  ingest,
  anOrderOf,
  aCustomer,
  orders,
  customers,
  merge,
  state,
} from "#tests/fixtures/merged-customers.ts";

test("merges, orders and payloads at the same moment: no order is left with the one that is gone", async ({
  database: { pool },
}) => {
  for (let n = 0; n < 30; n++)
    await ingest(pool, "order", anOrderOf(n % 2 === 0 ? "1" : "2", String(100 + n), day(1 + (n % 9))));
  await ingest(pool, "customer", aCustomer("1", day(2), { numberOfOrders: "9" }));
  await ingest(pool, "customer", aCustomer("2", day(2), { numberOfOrders: "9" }));
  await Promise.all([
    orders(pool),
    merge(pool, "1", "2"),
    customers(pool),
    merge(pool, "1", "2"),
    orders(pool),
  ]);
  await orders(pool);
  await customers(pool);
  const end = await state(pool);
  expect(new Set(end.orders.map((order) => order.of))).toEqual(new Set(["1"]));
  expect(end.customers).toMatchObject([
    { id: "1", archived: false, into: null },
    { id: "2", archived: true, into: "1" },
  ]);
});

test("law 4: whatever the order of merge, orders and payloads, the same rows", async ({
  database: { pool },
}) => {
  const events: Record<string, () => Promise<unknown>> = {
    merge: () => merge(pool, "1", "2"),
    keptOrder: () =>
      ingest(
        pool,
        "order",
        anOrderOf("1", "100", day(3), { defaultEmailAddress: { emailAddress: "kept@x.in" } }),
      ),
    goneOrder: () =>
      ingest(
        pool,
        "order",
        anOrderOf("2", "200", day(5), { defaultEmailAddress: { emailAddress: "gone@x.in" } }),
      ),
    lateGoneOrder: () => ingest(pool, "order", anOrderOf("2", "201", day(8))),
    keptPayload: () => ingest(pool, "customer", aCustomer("1", day(4))),
    gonePayload: () => ingest(pool, "customer", aCustomer("2", day(6))),
  };
  const drain = async () => {
    for (let round = 0; round < 3; round++) {
      await orders(pool);
      await customers(pool);
    }
  };
  const ends = new Map<string, unknown>();
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(["keptOrder", "goneOrder", "lateGoneOrder", "keptPayload", "gonePayload"]),
      fc.array(fc.nat(), { minLength: 7, maxLength: 7 }),
      fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
      async (chosen, keys, pauses) => {
        await pool.query(
          `truncate "Customer", "Order", "ShopifyOrderCache", "ShopifyCustomerCache", "ShopifyCacheSlot", "ShopifyPayloadHistory", "ChangeFeed"`,
        );
        const road = ["merge", ...chosen, "merge"]
          .map((name, index) => ({ name, key: keys[index] ?? 0 }))
          .sort((a, b) => a.key - b.key);
        for (const [index, { name }] of road.entries()) {
          await events[name]?.();
          if (pauses[index] === true) await drain();
        }
        await drain();
        const end = await state(pool);
        const known = ends.get(chosen.join());
        if (known === undefined) ends.set(chosen.join(), end);
        else expect(end).toEqual(known);
      },
    ),
    { numRuns: 100, seed: 7 },
  );
  // Of the 32 sets of events nearly all came, each by several roads.
  expect(ends.size).toBeGreaterThan(24);
}, 120_000);
