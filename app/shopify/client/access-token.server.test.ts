import { expect } from "vitest";
import { tokenTest as test } from "#tests/setup/a-shop-with-token.ts";
import { getAccessToken } from "./access-token.server.ts";

// That many jobs make one renewal, and a token without an end: tests/regressions/tokens.server.test.ts (S18).

const MINUTE_MS = 60_000;

test("a token with time left is used as it is", async ({ sim, database }) => {
  const { accessToken } = await sim.session();
  expect(await getAccessToken(database, sim.env, sim.shop, { fetch: sim.fetch })).toBe(accessToken);
  expect(sim.renewals()).toBe(0);
});

test("the refresh token rotates: renewing again works", async ({ sim, database }) => {
  const first = await sim.session();
  await sim.expireIn(-MINUTE_MS);
  const second = await getAccessToken(database, sim.env, sim.shop, { fetch: sim.fetch });
  await sim.expireIn(-MINUTE_MS);
  const third = await getAccessToken(database, sim.env, sim.shop, { fetch: sim.fetch });
  expect(new Set([first.accessToken, second, third]).size).toBe(3);
  expect((await sim.session()).refreshToken).not.toBe(first.refreshToken);
});

test("a refused token is renewed though it had time left; who comes with an old refusal gets the new one", async ({
  sim,
  database,
}) => {
  const refused = (await sim.session()).accessToken;
  const fresh = await getAccessToken(database, sim.env, sim.shop, { refused, fetch: sim.fetch });
  expect(fresh).not.toBe(refused);
  expect(await getAccessToken(database, sim.env, sim.shop, { refused, fetch: sim.fetch })).toBe(fresh);
  expect(sim.renewals()).toBe(1);
});

test("when Shopify refuses the renewal, only opening the app helps, and nothing is overwritten", async ({
  sim,
  database,
}) => {
  await sim.expireIn(MINUTE_MS);
  const before = await sim.session();
  sim.simulator.faults.add({ kind: "grant-refused" });
  await expect(getAccessToken(database, sim.env, sim.shop, { fetch: sim.fetch })).rejects.toMatchObject({
    code: "TOKEN_REFUSED",
  });
  expect(await sim.session()).toEqual(before);
});

test("a token that the web process exchanged during the renewal is kept", async ({ sim, database }) => {
  await sim.expireIn(MINUTE_MS);
  const exchanged = { accessToken: "shpat_exchanged", refreshToken: "shprt_exchanged" };
  const slowly: typeof fetch = async (input, init) => {
    const response = await sim.fetch(input, init);
    await database.prisma.session.update({ where: { id: `offline_${sim.shop}` }, data: exchanged });
    return response;
  };
  expect(await getAccessToken(database, sim.env, sim.shop, { fetch: slowly })).toBe("shpat_exchanged");
  expect(await sim.session()).toMatchObject(exchanged);
});

test("while Shopify is unreachable a token with some time left is used; an ended one is not", async ({
  sim,
  database,
}) => {
  sim.simulator.faults.add({ kind: "http-5xx", target: "oauth" });
  await sim.expireIn(MINUTE_MS);
  const { accessToken } = await sim.session();
  expect(await getAccessToken(database, sim.env, sim.shop, { fetch: sim.fetch })).toBe(accessToken);
  await sim.expireIn(-MINUTE_MS);
  await expect(getAccessToken(database, sim.env, sim.shop, { fetch: sim.fetch })).rejects.toMatchObject({
    code: "SHOPIFY_UNREACHABLE",
  });
});

test("a shop without the app has no token", async ({ sim, database }) => {
  await expect(getAccessToken(database, sim.env, "other.myshopify.com")).rejects.toMatchObject({
    code: "TOKEN_REFUSED",
  });
});
