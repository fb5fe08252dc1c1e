import { expect } from "vitest";
import type { Database } from "#app/lib/db.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { installInSimulatedShop, type SimulatedShop } from "#tests/setup/simulated-shop.ts";
import { getAccessToken } from "./access-token.server.ts";

// That many jobs make one renewal, and a token without an end: tests/regressions/tokens.server.test.ts (S18).

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

test("a token that the web process exchanged during the renewal is kept", async ({
  database,
  onTestFinished,
}) => {
  const sim = await installInSimulatedShop(database, { orders: 1 });
  onTestFinished(() => sim.simulator.close());
  await expireIn(database, sim, MINUTE_MS);
  const exchanged = { accessToken: "shpat_exchanged", refreshToken: "shprt_exchanged" };
  const slowly: typeof fetch = async (input, init) => {
    const response = await sim.fetch(input, init);
    await database.prisma.session.update({ where: { id: `offline_${sim.shop}` }, data: exchanged });
    return response;
  };
  expect(await getAccessToken(database, sim.env, sim.shop, { fetch: slowly })).toBe("shpat_exchanged");
  expect(await session(database, sim.shop)).toMatchObject(exchanged);
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

test("a shop without the app has no token", async ({ database, onTestFinished }) => {
  const sim = await installInSimulatedShop(database, { orders: 1 });
  onTestFinished(() => sim.simulator.close());
  await expect(getAccessToken(database, sim.env, "other.myshopify.com")).rejects.toMatchObject({
    code: "TOKEN_REFUSED",
  });
});
