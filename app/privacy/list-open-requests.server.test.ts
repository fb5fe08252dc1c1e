import { expect } from "vitest";

import { databaseTest as test } from "#tests/setup/test-database.ts";

import { listOpenRequests } from "./list-open-requests.server.ts";

const shop = "a.myshopify.com";
const now = new Date("2026-11-26T10:00:00Z");

test("a request that was not carried out within an hour is told, the one due first in front", async ({
  database: { pool },
}) => {
  const request = (id: string, receivedAt: string, doneAt: Date | null, of = shop) =>
    pool.query(
      `insert into "PrivacyRequest" (shop, id, kind, "receivedAt", "dueAt", "doneAt")
       values ($1, $2, 'customer_redact', $3::timestamptz, $3::timestamptz + interval '30 days', $4)`,
      [of, id, receivedAt, doneAt],
    );
  await request("late", "2026-11-26T08:00:00Z", null);
  await request("later", "2026-11-01T08:00:00Z", null);
  await request("done", "2026-11-01T08:00:00Z", now);
  await request("just come", "2026-11-26T09:30:00Z", null);
  await request("another's", "2026-11-01T08:00:00Z", null, "b.myshopify.com");
  expect((await listOpenRequests(pool, { shop, now })).map(({ id }) => id)).toEqual(["later", "late"]);
});
