import { expect } from "vitest";

import { databaseTest as test } from "#tests/setup/test-database.ts";

import { loadDeliveryDelays } from "./load-delivery-delays.server.ts";

const shop = "a.myshopify.com";
/** Half past two in India. */
const now = new Date("2026-11-26T09:00:00Z");

test("delays by hours of the shop's own clock, from Shopify's trigger to the ERP", async ({
  database: { pool },
}) => {
  let id = 0;
  /** Received at, triggered so many seconds before, in the ERP so many after. */
  const deliver = (at: string, before: number | null, after: number | null, outcome = "stored", of = shop) =>
    pool.query(
      `insert into "WebhookDelivery" (shop, "webhookId", topic, "receivedAt", "triggeredAt", "processedAt", outcome)
       values ($1, $2, 'orders/updated', $3::timestamptz, $3::timestamptz - $4 * interval '1 second', $3::timestamptz + $5 * interval '1 second', $6)`,
      [of, String(++id), at, before, after, outcome],
    );
  for (const after of [1, 2, 3]) await deliver("2026-11-26T08:30:00Z", 1, after);
  await deliver("2026-11-26T08:59:00Z", null, null);
  await deliver("2026-11-26T08:29:59Z", null, 10, "known");
  // A clock that goes wrong; the first hour of the day that is shown; one before it; news; another shop's.
  await deliver("2026-11-26T07:00:00Z", -60, 5);
  await deliver("2026-11-25T09:30:00Z", 0, 7, "superseded");
  await deliver("2026-11-25T09:29:59Z", 0, 1000);
  await deliver("2026-11-26T08:40:00Z", 0, 1000, "news");
  await deliver("2026-11-26T08:40:00Z", 0, 1000, "stored", "b.myshopify.com");

  const { hours, whole } = await loadDeliveryDelays(pool, { shop, now, timeZone: "Asia/Kolkata" });
  expect(hours).toHaveLength(24);
  expect([hours[0]?.hour.toISOString(), hours.at(-1)?.hour.toISOString()]).toEqual([
    "2026-11-25T09:30:00.000Z",
    "2026-11-26T08:30:00.000Z",
  ]);
  expect(hours.filter(({ arrived, waiting }) => arrived + waiting > 0)).toMatchObject([
    { arrived: 1, medianMs: 7000 },
    { arrived: 1, medianMs: 0, p95Ms: 0 },
    { arrived: 1, waiting: 0, medianMs: 10_000 },
    { arrived: 3, waiting: 1, medianMs: 3000, p95Ms: 3900 },
  ]);
  expect(hours[1]).toMatchObject({ arrived: 0, waiting: 0, medianMs: null, p95Ms: null });
  expect(whole).toMatchObject({ arrived: 6, waiting: 1, medianMs: 3500 });
});
