import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { dropOldCalls } from "./drop-old-calls.server.ts";

const shop = "a.myshopify.com";
const now = new Date("2026-11-26T12:00:00Z");
/** A second before and after 90 days ago. */
const old = new Date("2026-08-28T11:59:59Z");
const young = new Date("2026-08-28T12:00:01Z");

test("calls of the API are forgotten after 90 days; decisions and other shops' calls are not", async ({
  database: { pool, prisma },
}) => {
  const row = (action: string, at: Date, of = shop) => ({ shop: of, at, actor: "key 1", action });
  await prisma.auditLog.createMany({
    data: [
      row("api.listJobs", old),
      row("api.listJobs", young),
      row("settings.saved", old),
      row("apiKey.created", old),
      row("api.listJobs", old, "b.myshopify.com"),
    ],
  });
  expect(await dropOldCalls(pool, { shop, now })).toBe(1);
  const { rows } = await pool.query(`select shop, action, at from "AuditLog" order by shop, action`);
  expect(rows).toEqual([
    { shop, action: "api.listJobs", at: young },
    { shop, action: "apiKey.created", at: old },
    { shop, action: "settings.saved", at: old },
    { shop: "b.myshopify.com", action: "api.listJobs", at: old },
  ]);
});

test("more than one statement's worth goes too; a signal ends it between two", async ({
  database: { pool },
}) => {
  const fill = () =>
    pool.query(
      `insert into "AuditLog" (shop, at, actor, action) select $1, $2, 'key 1', 'api.listJobs' from generate_series(1, 10001)`,
      [shop, old],
    );
  await fill();
  expect(await dropOldCalls(pool, { shop, now })).toBe(10_001);
  await fill();
  expect(await dropOldCalls(pool, { shop, now, signal: AbortSignal.abort() })).toBe(5000);
});
