import { Registry } from "prom-client";
import { expect } from "vitest";
import { inTransaction } from "#app/lib/db.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { registerFeedMetrics } from "./feed-metrics.server.ts";
import { recordChanges } from "./record-changes.server.ts";

test("how long changes are held back is told while an older transaction runs, and 0 once it has ended", async ({
  database,
}) => {
  const [shop, at] = ["loom.myshopify.com", new Date("2026-11-22T10:00:00Z")];
  const register = new Registry();
  const now = () => new Date("2026-11-22T10:01:30Z");
  registerFeedMetrics({ database, log: createLog("silent"), now }, register);
  const figure = async () => (await register.metrics()).split("\n").find((line) => !line.startsWith("#"));
  await database.pool.query(`insert into "Shop" (shop) values ($1)`, [shop]);
  await inTransaction(database.pool, async (older) => {
    await older.query("select pg_current_xact_id()");
    const changes = [{ entity: "order", entityId: "1", change: "created", parts: [] }] as const;
    await inTransaction(database.pool, (tx) => recordChanges(tx, { shop, changes, now: at }));
    expect(await figure()).toBe("change_feed_held_back_seconds_max 90");
  });
  await expect.poll(figure).toBe("change_feed_held_back_seconds_max 0");
});
