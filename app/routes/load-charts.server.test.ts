import { expect } from "vitest";

import { recordInstall } from "#app/settings/record-install.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";

import { loadCharts } from "./load-charts.server.ts";

const shop = "a.myshopify.com";
const other = "b.myshopify.com";
const now = new Date("2026-11-26T10:00:00Z");

test("orders stand on the days of the shop's own calendar, by what has become of them", async ({
  database: { pool },
}) => {
  for (const name of [shop, other]) await recordInstall(pool, { shop: name, scopes: [], profile: null, now });
  await pool.query(`update "Shop" set "timeZone" = 'Asia/Kolkata'`);
  let id = 0;
  const order = (
    createdAt: string,
    status: string,
    more: { test?: boolean; gone?: boolean; of?: string } = {},
  ) =>
    pool.query(
      `insert into "Order" (shop, "shopifyOrderId", "orderNumber", status, currency, "totalAmount", "currentTotalAmount", "subtotalAmount",
         "discountAmount", "taxAmount", "shippingAmount", "tipAmount", "dutiesAmount", "receivedAmount", "refundedAmount", "outstandingAmount",
         "presentmentCurrency", "presentmentTotalAmount", "presentmentCurrentTotalAmount", "presentmentOutstandingAmount", "moneyDifference",
         "presentmentMoneyDifference", "taxesIncluded", "paymentMethod", "amountToCollect", "orderDate", "shopifyCreatedAt", "outputHash",
         test, "archivedAt")
       select $1, $2, $2, $3, 'INR', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'INR', 0, 0, 0, 0, 0, true, 'COD', 0, $4::timestamptz, $4, '', $5,
         case when $6 then now() end`,
      [more.of ?? shop, String(++id), status, createdAt, more.test ?? false, more.gone ?? false],
    );
  // Half past midnight in India, of a day that has not begun in UTC.
  await order("2026-11-24T19:00:00Z", "open");
  await order("2026-11-25T10:00:00Z", "partially_shipped");
  await order("2026-11-26T09:00:00Z", "rto");
  // The first moment that is shown, and the last that is not.
  await order("2026-10-27T18:30:00Z", "delivered");
  await order("2026-10-27T18:29:59Z", "delivered");
  await order("2026-11-26T09:00:00Z", "open", { test: true });
  await order("2026-11-26T09:00:00Z", "open", { gone: true });
  await order("2026-11-26T09:00:00Z", "open", { of: other });

  const { days } = await loadCharts(pool, { shop, now });
  expect([days.length, days[0]?.day, days.at(-1)?.day]).toEqual([30, "2026-10-28", "2026-11-26"]);
  const told = days.flatMap(({ day, orders }) =>
    Object.entries(orders).flatMap(([state, count]) =>
      count > 0 ? [`${day} ${state} ${String(count)}`] : [],
    ),
  );
  expect(told).toEqual([
    "2026-10-28 delivered 1",
    "2026-11-25 shipped 1",
    "2026-11-25 open 1",
    "2026-11-26 back 1",
  ]);
});
