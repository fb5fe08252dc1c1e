import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "vitest";
import { openDatabase, type Database } from "#app/lib/db.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { installInSimulatedShop, type SimulatedShop } from "#tests/setup/simulated-shop.ts";
import { getAccessToken } from "./access-token.server.ts";
import { refreshAccessToken } from "./refresh-access-token.server.ts";

const MINUTE_MS = 60_000;

async function session(database: Database, shop: string) {
  return database.prisma.session.findUniqueOrThrow({ where: { id: `offline_${shop}` } });
}

/** Moves the end of the stored token. */
async function expireIn(database: Database, { shop }: SimulatedShop, ms: number) {
  await database.prisma.session.update({
    where: { id: `offline_${shop}` },
    data: { expires: new Date(Date.now() + ms) },
  });
}

function renewals({ simulator }: SimulatedShop): number {
  return simulator.requests().filter((request) => request.path === "/admin/oauth/access_token").length - 1; // one at install
}

test("a token with time left is used as it is", async ({ database, onTestFinished }) => {
  const sim = await installInSimulatedShop(database, { orders: 1 });
  onTestFinished(() => sim.simulator.close());
  const { accessToken } = await session(database, sim.shop);
  expect(await getAccessToken(database, sim.env, sim.shop, { fetch: sim.fetch })).toBe(accessToken);
  expect(renewals(sim)).toBe(0);
});

test("S18: twenty jobs at once near the end of a token make one renewal", async ({
  database,
  onTestFinished,
}) => {
  const sim = await installInSimulatedShop(database, { orders: 1 });
  onTestFinished(() => sim.simulator.close());
  await expireIn(database, sim, 4 * MINUTE_MS);
  // Two processes have two pools, and nothing in memory in common: the second half goes past the sharing.
  const other = openDatabase(database.url, { poolSize: 10, applicationName: "another process" });
  onTestFinished(() => other.close());
  const tokens = await Promise.all([
    ...Array.from({ length: 10 }, () => getAccessToken(database, sim.env, sim.shop, { fetch: sim.fetch })),
    ...Array.from({ length: 10 }, () => refreshAccessToken(other, sim.env, sim.shop, { fetch: sim.fetch })),
  ]);
  expect(renewals(sim)).toBe(1);
  expect(new Set(tokens).size).toBe(1);
  const stored = await session(database, sim.shop);
  expect(stored.accessToken).toBe(tokens[0]);
  expect(stored.expires?.getTime()).toBeGreaterThan(Date.now() + 50 * MINUTE_MS);
});

test("the refresh token rotates: renewing again works", async ({ database, onTestFinished }) => {
  const sim = await installInSimulatedShop(database, { orders: 1 });
  onTestFinished(() => sim.simulator.close());
  const first = await session(database, sim.shop);
  await expireIn(database, sim, -MINUTE_MS);
  const second = await getAccessToken(database, sim.env, sim.shop, { fetch: sim.fetch });
  await expireIn(database, sim, -MINUTE_MS);
  const third = await getAccessToken(database, sim.env, sim.shop, { fetch: sim.fetch });
  expect(new Set([first.accessToken, second, third]).size).toBe(3);
  expect((await session(database, sim.shop)).refreshToken).not.toBe(first.refreshToken);
});

test("a refused token is renewed though it had time left; who comes with an old refusal gets the new one", async ({
  database,
  onTestFinished,
}) => {
  const sim = await installInSimulatedShop(database, { orders: 1 });
  onTestFinished(() => sim.simulator.close());
  const refused = (await session(database, sim.shop)).accessToken;
  const fresh = await getAccessToken(database, sim.env, sim.shop, { refused, fetch: sim.fetch });
  expect(fresh).not.toBe(refused);
  expect(await getAccessToken(database, sim.env, sim.shop, { refused, fetch: sim.fetch })).toBe(fresh);
  expect(renewals(sim)).toBe(1);
});

test("when Shopify refuses the renewal, only opening the app helps, and nothing is overwritten", async ({
  database,
  onTestFinished,
}) => {
  const sim = await installInSimulatedShop(database, { orders: 1 });
  onTestFinished(() => sim.simulator.close());
  await expireIn(database, sim, MINUTE_MS);
  const before = await session(database, sim.shop);
  sim.simulator.faults.add({ kind: "grant-refused" });
  await expect(getAccessToken(database, sim.env, sim.shop, { fetch: sim.fetch })).rejects.toMatchObject({
    code: "TOKEN_REFUSED",
  });
  expect(await session(database, sim.shop)).toEqual(before);
});

test("while Shopify is unreachable a token with some time left is used; an ended one is not", async ({
  database,
  onTestFinished,
}) => {
  const sim = await installInSimulatedShop(database, { orders: 1 });
  onTestFinished(() => sim.simulator.close());
  sim.simulator.faults.add({ kind: "http-5xx", target: "oauth" });
  await expireIn(database, sim, MINUTE_MS);
  const { accessToken } = await session(database, sim.shop);
  expect(await getAccessToken(database, sim.env, sim.shop, { fetch: sim.fetch })).toBe(accessToken);
  await expireIn(database, sim, -MINUTE_MS);
  await expect(getAccessToken(database, sim.env, sim.shop, { fetch: sim.fetch })).rejects.toMatchObject({
    code: "SHOPIFY_UNREACHABLE",
  });
});

test("S18: a reply without expires_in is a token that lives on", async ({ database, onTestFinished }) => {
  const sim = await installInSimulatedShop(database, { orders: 1 });
  onTestFinished(() => sim.simulator.close());
  const url = await serve((_request, response) => {
    response
      .setHeader("Content-Type", "application/json")
      .end(JSON.stringify({ access_token: "shpat_forever", scope: "read_orders" }));
  }, onTestFinished);
  await expireIn(database, sim, -MINUTE_MS);
  const toIt: typeof fetch = (_input, init) => fetch(url, init);
  expect(await getAccessToken(database, sim.env, sim.shop, { fetch: toIt })).toBe("shpat_forever");
  const stored = await session(database, sim.shop);
  expect(stored.expires).toBeNull();
  const inTenYears = new Date(Date.now() + 10 * 365 * 86_400_000);
  expect(await getAccessToken(database, sim.env, sim.shop, { now: inTenYears })).toBe("shpat_forever");
});

test("a shop without the app has no token", async ({ database, onTestFinished }) => {
  const sim = await installInSimulatedShop(database, { orders: 1 });
  onTestFinished(() => sim.simulator.close());
  await expect(getAccessToken(database, sim.env, "other.myshopify.com")).rejects.toMatchObject({
    code: "TOKEN_REFUSED",
  });
});

async function serve(listener: RequestListener, onEnd: (close: () => void) => void): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onEnd(() => server.close());
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}
