import type { Pool } from "pg";
import { expect } from "vitest";
import { readCursorText } from "#app/lib/cursor.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { listOrdersOfCustomer } from "./list-orders-of-customer.server.ts";
import { loadCustomerView } from "./load-customer-view.server.ts";

const shop = "a-shop.myshopify.com";
const [kept, gone, redacted] = ["1", "2", "3"].map((n) => `00000000-0000-7000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];

const AMOUNTS = [
  ...[
    "totalAmount",
    "subtotalAmount",
    "discountAmount",
    "taxAmount",
    "shippingAmount",
    "tipAmount",
    "dutiesAmount",
  ],
  ...[
    "receivedAmount",
    "refundedAmount",
    "outstandingAmount",
    "presentmentTotalAmount",
    "presentmentCurrentTotalAmount",
  ],
  ...["presentmentOutstandingAmount", "moneyDifference", "presentmentMoneyDifference", "amountToCollect"],
];

/** Asha, whom Shopify's record tells; Ravi, who was merged into her; somebody redacted. Asha has 25 orders, one a day, of which one is a test. */
async function bringPeople(pool: Pool): Promise<void> {
  await pool.query(
    `insert into "Customer" (shop, id, "shopifyCustomerId", "firstName", "lastName", email, phone, "archivedAt", "mergedIntoId",
       "redactedAt") values
       ($1, $2, '5', 'Asha', 'Rao', 'asha@example.in', '+919812345678', null, null, null),
       ($1, $3, '6', 'Ravi', null, null, null, now(), $2, null),
       ($1, $4, null, null, null, null, null, now(), null, '2026-11-20T00:00:00Z')`,
    [shop, kept, gone, redacted],
  );
  const told = {
    ...{ __typename: "Customer", id: "gid://shopify/Customer/5", updatedAt: "2026-11-01T00:00:00Z" },
    ...{ firstName: "Asha", lastName: "Rao", defaultEmailAddress: { emailAddress: "Asha@Example.in" } },
    defaultPhoneNumber: { phoneNumber: "+919000000000" },
  };
  await pool.query(
    `insert into "ShopifyCustomerCache" (shop, id, "rawData", "rawShape", "shopifyUpdatedAt", "contentHash", source)
     values ($1, '5', $2, 'bulk', '2026-11-01T00:00:00Z', '', 'bulk')`,
    [shop, JSON.stringify(told)],
  );
  await pool.query(
    `insert into "Order" (shop, "shopifyOrderId", "orderNumber", status, currency, "presentmentCurrency", "taxesIncluded", test,
       "paymentMethod", "customerId", "orderDate", "shopifyCreatedAt", "outputHash", "currentTotalAmount", ${AMOUNTS.map((one) => `"${one}"`).join(", ")})
     select $1, (8000 + n)::text, '#' || n, case n when 3 then 'rto' when 4 then 'cancelled' else 'open' end, 'INR', 'INR', true, n = 25,
       case when n % 2 = 0 then 'COD' else 'Prepaid' end, $2, day, day, '', 99.5, ${AMOUNTS.map(() => "0").join(", ")}
       from (select n, timestamptz '2026-10-01' + n * interval '1 day' as day from generate_series(1, 25) n) days`,
    [shop, kept],
  );
}

test("a customer is told with figures, with who told the values that stand, and with whom they were merged", async ({
  database: { pool },
}) => {
  await bringPeople(pool);
  const view = await loadCustomerView(pool, { shop, id: kept });
  expect(view).toMatchObject({
    customer: { firstName: "Asha", record: "current" },
    figures: {
      orders: 24,
      cod: 12,
      rto: 1,
      cancelled: 1,
      firstAt: "2026-10-02T00:00:00.000Z",
      lastAt: "2026-10-25T00:00:00.000Z",
    },
    ownRecord: { at: "2026-11-01T00:00:00.000Z" },
    mergedInto: null,
    mergedFrom: [{ id: gone, record: "merged", firstName: "Ravi" }],
  });
  // The phone number that Shopify's record tells is not the one that stands: nobody is named for it.
  const own = { from: "customer", at: "2026-11-01T00:00:00.000Z" };
  expect(view?.sources).toEqual({ firstName: own, lastName: own, email: own });

  expect(await loadCustomerView(pool, { shop, id: gone })).toMatchObject({
    customer: { record: "merged" },
    mergedInto: { id: kept, firstName: "Asha", record: "current" },
    mergedFrom: [],
    ownRecord: null,
    figures: { orders: 0, firstAt: null },
  });
  expect(await loadCustomerView(pool, { shop, id: redacted })).toMatchObject({
    customer: { record: "redacted", email: null },
    ...{ mergedInto: null, mergedFrom: [], sources: {}, ownRecord: null },
  });
  expect(await loadCustomerView(pool, { shop: "another.myshopify.com", id: kept })).toBeNull();
});

test("a customer's orders are turned page by page, the newest first, and back", async ({
  database: { pool },
}) => {
  await bringPeople(pool);
  const load = (at: Parameters<typeof listOrdersOfCustomer>[1]["at"]) =>
    listOrdersOfCustomer(pool, { shop, id: kept, at, limit: 20 });
  const first = await load(null);
  expect([first.rows[0], first.rows.length, first.previous]).toEqual([
    {
      ...{ id: "8025", orderNumber: "#25", status: "open", paymentMethod: "Prepaid", test: true },
      ...{ orderDate: "2026-10-26T00:00:00.000Z", currentTotalAmount: "99.5", currency: "INR" },
    },
    20,
    null,
  ]);
  const key = (cursor: string | null) => readCursorText(cursor ?? "") as string[];
  const second = await load({ side: "after", key: key(first.next) });
  expect(second.rows.map(({ id }) => id)).toEqual(["8005", "8004", "8003", "8002", "8001"]);
  expect(second.next).toBeNull();
  expect((await load({ side: "before", key: key(second.previous) })).rows).toEqual(first.rows);
  expect((await listOrdersOfCustomer(pool, { shop, id: gone, at: null, limit: 20 })).rows).toEqual([]);
});
