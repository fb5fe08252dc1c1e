import { expect } from "vitest";
import { aFilledShop } from "#tests/fixtures/a-filled-shop.ts";
import { connectedTest as test, goOnWith } from "#tests/setup/a-connected-shop.ts";

const FIGURES = { created: 0, updated: 0, unchanged: 0, failed: 0 };

test.for(["look", "fill"] as const)(
  "a %s that is stopped between two pages goes on with the next, and has counted exactly",
  async (run, { connect }) => {
    const shop_ = await aFilledShop(await connect(), { levels: 600 });
    const { rows, look, found, start, waitersFor, shop, context, pool } = shop_;
    await rows(
      `update "ShopifyInventoryCache" set "availableQty" = -1 where shop = $1 and "shopifyInventoryItemId"::int % 3 = 0`,
    );
    if (run === "fill") await look({ kinds: ["inventory"] });
    const id = await start({ kinds: ["inventory"], dryRun: run === "look" });
    const stop = new AbortController();
    const blocker = await pool.connect();
    await blocker.query("begin");
    // The first page waits for the SKUs of its levels: meanwhile comes the wish to stop.
    await blocker.query(`lock table "Sku" in access exclusive mode`);
    const running = goOnWith({ context, shop }, id, stop.signal);
    await expect.poll(() => waitersFor("Sku")).toBe(1);
    stop.abort();
    await blocker.query("commit");
    blocker.release();
    expect(await running).toMatchObject({ status: "pending", processed: 250 });
    const end = await goOnWith({ context, shop }, id);
    expect(end).toMatchObject({ status: "completed", total: 600, processed: 600, skipped: 400, errors: 0 });
    expect(end.updated).toBe(run === "look" ? 0 : 200);
    expect(await found(id, run === "look" ? "would" : "did")).toMatchObject({
      inventory: { ...FIGURES, updated: 200, unchanged: 400, columns: { "Stock.availableQty": 200 } },
    });
  },
);

test("what another worker holds is passed over and looked at in the end", async ({ connect }) => {
  const { rows, found, start, shop, context, pool } = await aFilledShop(await connect());
  await rows(`update "ShopifyInventoryCache" set "availableQty" = -1 where shop = $1`);
  const id = await start({ kinds: ["inventory"] });
  const holder = await pool.connect();
  await holder.query("begin");
  await holder.query(`select from "ShopifyInventoryCache" where shop = $1 and id = '1@1' for update`, [shop]);
  const stop = new AbortController();
  const running = goOnWith({ context, shop }, id, stop.signal);
  await expect.poll(() => found(id)).toMatchObject({ inventory: { updated: 2 } });
  stop.abort();
  expect(await running).toMatchObject({ status: "pending", processed: 2 });
  await holder.query("commit");
  holder.release();
  const end = await goOnWith({ context, shop }, id);
  expect(end).toMatchObject({ status: "completed", total: 3, processed: 3 });
  expect(end.step).toBe("Would change: 3 of 3 stock levels; nothing was changed");
});

test("a worker that has lost its job writes nothing of the page it was at", async ({ connect }) => {
  const { rows, look, countOf, start, waitersFor, shop, context, pool } = await aFilledShop(await connect());
  await rows(`update "Order" set note = 'old' where shop = $1`);
  await look({ kinds: ["order"] });
  const id = await start({ kinds: ["order"], dryRun: false });
  const holder = await pool.connect();
  await holder.query("begin");
  // It gets as far as writing its orders and waits there.
  await holder.query(`lock table "Order" in exclusive mode`);
  const running = goOnWith({ context, shop }, id);
  await expect.poll(() => waitersFor("Order")).toBe(1);
  await rows(
    `update "SyncJob" set "checkpoint" = "checkpoint" || '{"lease": "another"}' where shop = $1 and id = $2`,
    [shop, id],
  );
  await holder.query("commit");
  holder.release();
  await running;
  expect(await countOf("Order", `note is distinct from 'old'`)).toBe(0);
});
