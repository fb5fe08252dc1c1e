import { expect } from "vitest";
import { runDueFetches } from "#app/cache/run-due-fetches.server.ts";
import { fetchIntoCache } from "#app/cache/fetch-into-cache.server.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import { recordScopes } from "#app/settings/record-scopes.server.ts";
import { connectedTest as test, runJobOf } from "#tests/setup/a-connected-shop.ts";

test("what a permission was missing for is asked for when it is granted, without anything else happening to the orders", async ({
  connect,
}) => {
  const sim = await connect({ orders: 150 });
  const { pool, shop, client, scopes, ids } = sim;
  await runJobOf(sim, "products");
  const without = scopes.filter((scope) => !scope.endsWith("_returns"));
  await pool.query(`update "Shop" set "cutOverAt" = '2000-01-01' where shop = $1`, [shop]);
  const now = () => new Date();
  const process = () => processPendingOrders(pool, { shop, limit: 1000, now: now() });
  const ask = async (granted: readonly string[]) => {
    const tally = await runDueFetches(pool, {
      ...{ shop, limit: 200, now, connect: () => Promise.resolve({ client, scopes: granted }) },
    });
    await process();
    return tally.taken;
  };
  const waiting = async () => {
    const { rows } = await pool.query<{ wished: string[] | null; untold: string[] | null }>(
      `select array_agg(id order by id) filter (where "needsFetch" is not null) as wished,
         array_agg(id order by id) filter (where untold like '%What comes back%') as untold
       from "ShopifyOrderCache" where shop = $1`,
      [shop],
    );
    return { wished: rows[0]?.wished ?? [], untold: rows[0]?.untold ?? [] };
  };

  await fetchIntoCache(pool, client, {
    ...{ shop, kind: "order", ids: ids("orders", 150), scopes: without, source: "fetch", now },
  });
  await process();
  // Asked in vain, and then no more.
  while ((await ask(without)) > 0);
  const { wished, untold } = await waiting();
  expect(wished).toEqual([]);
  expect(untold.length).toBeGreaterThan(0);

  const updated_at = new Date(Date.now() + 1000).toISOString();
  await recordScopes(pool, { shop, body: { previous: without, current: scopes, updated_at }, now: now() });
  expect(await waiting()).toEqual({ wished: untold, untold: [] });
  expect(await ask(scopes)).toBe(untold.length);
  expect(await waiting()).toEqual({ wished: [], untold: [] });
  const { rows: returned } = await pool.query<{ count: number }>(
    `select count(*)::int as count from "ReturnCase" where shop = $1`,
    [shop],
  );
  expect(returned[0]?.count).toBeGreaterThan(0);
});
