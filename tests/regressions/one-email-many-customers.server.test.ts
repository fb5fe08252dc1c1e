/** S21: one email on 900 customers' orders. */
import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { processAgain, processOrders, rowsOf, stockCatalogue, tell } from "./a-story.ts";

test("S21: orders of 900 customers with one email make 900 customers, each order with its own", async ({
  database: { pool },
}) => {
  await stockCatalogue(pool);
  for (let n = 0; n < 900; n++)
    await tell(
      pool,
      {
        id: String(10_001 + n),
        lines: [{ id: String(20_001 + n) }],
        customer: {
          id: String(30_001 + n),
          email: n % 3 === 0 ? "Counter@Example.in" : "counter@example.in",
        },
      },
      { as: n % 2 === 0 ? "rest" : "bulk" },
    );
  expect(await processOrders(pool)).toMatchObject({ created: 900, failed: 0 });

  const customers = await rowsOf(pool, "Customer", `id, "shopifyCustomerId", email`);
  expect(customers).toHaveLength(900);
  expect(new Set(customers.map(({ email }) => email))).toEqual(new Set(["counter@example.in"]));
  const shopifyIdOf = new Map(customers.map((one) => [one["id"], one["shopifyCustomerId"]]));
  for (const order of await rowsOf(pool, "Order", `"customerId", "shopifyOrderId"`))
    expect(shopifyIdOf.get(order["customerId"])).toBe(String(Number(order["shopifyOrderId"]) + 20_000));

  expect(await processAgain(pool)).toMatchObject({ unchanged: 900 });
  expect(await rowsOf(pool, "Customer")).toHaveLength(900);
});
