import { expect } from "vitest";
import { connectedTest as test, runJobOf } from "#tests/setup/a-connected-shop.ts";
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

test.for([[{ kinds: [] }], [{ kinds: ["fulfillment_order"] }], [{ dryRun: "no" }], [{ dry: false }]])(
  "%o are no options",
  async ([options], { connect }) => {
    const sim = await connect({ orders: 1 });
    await expect(runJobOf(sim, "backfill", options)).rejects.toMatchObject({ code: "VALIDATION" });
  },
);
