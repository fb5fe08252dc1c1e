import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, vi } from "vitest";
import { openDatabase } from "#app/lib/db.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import { shopClient } from "#app/shopify/client/shop-client.server.ts";
import { aShopWithToken, tokenTest as test } from "#tests/setup/a-shop-with-token.ts";

const MINUTE_MS = 60_000;
const NAME = "{ shop { name } }";

type ShopClient = typeof shopClient;

/** The client's code as another process has it: nothing in memory in common with the one before. */
async function inAnotherProcess(): Promise<ShopClient> {
  vi.resetModules();
  const module = await import("#app/shopify/client/shop-client.server.ts");
  return module.shopClient;
}

test("S18: twenty jobs of four processes, at once and near the end of the token, make one renewal, and all go on", async ({
  sim,
  database,
  onTestFinished,
}) => {
  await sim.expireIn(MINUTE_MS);
  const clients = [];
  for (let worker = 0; worker < 4; worker += 1) {
    const own = openDatabase(database.url, { poolSize: 5, applicationName: `worker ${String(worker)}` });
    onTestFinished(() => own.close());
    const clientOf = await inAnotherProcess();
    const context = { env: sim.env, database: own, log: createLog("silent"), now: () => new Date() };
    for (let job = 0; job < 5; job += 1)
      clients.push(clientOf(context, { shop: sim.shop, fetch: sim.fetch }));
  }
  const answers = await Promise.all(clients.map((client) => client.graphql<{ shop: unknown }>(NAME)));
  expect(answers).toHaveLength(20);
  expect(sim.renewals()).toBe(1);
  expect(sim.simulator.requests().filter(({ status }) => status !== 200)).toEqual([]);
  const stored = await sim.session();
  expect(stored.expires?.getTime()).toBeGreaterThan(Date.now() + 50 * MINUTE_MS);
});

test("S18: after a reply without expires_in the shop goes on, with a token that has no end", async ({
  database,
  onTestFinished,
}) => {
  const forever = "shpat_0123456789abcdef0123456789abcdef";
  const sim = await aShopWithToken(database, { staticToken: forever });
  onTestFinished(() => sim.simulator.close());
  let renewals = 0;
  const server = createServer((_request, response) => {
    renewals += 1;
    response
      .setHeader("Content-Type", "application/json")
      .end(JSON.stringify({ access_token: forever, scope: "read_orders" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const oauth = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  const fetchVia: typeof fetch = (input, init) =>
    (input instanceof Request ? input.url : String(input)).endsWith("/admin/oauth/access_token")
      ? fetch(oauth, init)
      : sim.fetch(input, init);

  await sim.expireIn(-MINUTE_MS);
  const inTenYears = new Date(Date.now() + 10 * 365 * 86_400_000);
  for (const now of [new Date(), inTenYears]) {
    const context = { env: sim.env, database, log: createLog("silent"), now: () => now };
    await shopClient(context, { shop: sim.shop, fetch: fetchVia }).graphql(NAME);
  }
  expect(renewals).toBe(1);
  const stored = await sim.session();
  expect(stored).toMatchObject({ accessToken: forever, expires: null });
});
