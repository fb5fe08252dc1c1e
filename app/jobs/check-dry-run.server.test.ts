import { expect } from "vitest";
import { connectedTest as test, runJobOf } from "#tests/setup/a-connected-shop.ts";
import { findDryRun } from "./find-dry-run.server.ts";
import { startJob } from "./start-job.server.ts";

const OTHER = "other.myshopify.com";

test("of at least the same kinds, completed within 24 hours and since the last real run, of the same shop", async ({
  connect,
}) => {
  const sim = await connect({ orders: 1 });
  const { shop, context, pool } = sim;
  const look = (options: Record<string, unknown> = {}) => runJobOf(sim, "backfill", options);
  const fill = (options: Record<string, unknown> = {}) => look({ ...options, dryRun: false });
  const refused = { code: "BACKFILL_NEEDS_DRY_RUN" };
  const at = (hours: number) => ({
    database: context.database,
    now: () => new Date(Date.now() + hours * 3_600_000),
  });
  const start = (hours: number, of = shop) =>
    startJob(at(hours), {
      ...{ shop: of, jobType: "backfill", requestedBy: "test" },
      options: { dryRun: false, kinds: ["product", "inventory"] },
    });
  await expect(fill()).rejects.toMatchObject(refused);
  await look({ kinds: ["product", "inventory"] });
  await expect(fill()).rejects.toMatchObject(refused);
  await expect(fill({ kinds: ["inventory", "order"] })).rejects.toMatchObject(refused);
  await expect(start(0, OTHER)).rejects.toMatchObject(refused);
  await expect(start(24.1)).rejects.toMatchObject(refused);
  expect(await fill({ kinds: ["product", "inventory"] })).toMatchObject({ status: "completed" });
  await expect(fill({ kinds: ["product"] })).rejects.toMatchObject(refused);
  await look();
  await pool.query(`update "SyncJob" set status = 'cancelled' where shop = $1 and status = 'completed'`, [
    shop,
  ]);
  await expect(fill({ kinds: ["product"] })).rejects.toMatchObject(refused);
  await look();
  expect(await start(23)).toMatchObject({ status: "pending", options: { dryRun: false } });
});

test("the dry run that counts is the newest, in its own words; a real run ends it", async ({ connect }) => {
  const sim = await connect({ orders: 1 });
  const { shop, pool } = sim;
  const found = () => findDryRun(pool, { shop, kinds: ["product"], now: new Date() });
  expect(await found()).toBeNull();
  await runJobOf(sim, "backfill");
  const newest = await runJobOf(sim, "backfill", { kinds: ["product"] });
  expect(newest.step).toBe("Would change: 0 of 0 products; nothing was changed");
  expect(await found()).toEqual({ step: newest.step, finishedAt: newest.finishedAt });
  await runJobOf(sim, "backfill", { kinds: ["product"], dryRun: false });
  expect(await found()).toBeNull();
});

test.for([[{ kinds: [] }], [{ kinds: ["fulfillment_order"] }], [{ dryRun: "no" }], [{ dry: false }]])(
  "%o are no options",
  async ([options], { connect }) => {
    const sim = await connect({ orders: 1 });
    await expect(runJobOf(sim, "backfill", options)).rejects.toMatchObject({ code: "VALIDATION" });
  },
);
