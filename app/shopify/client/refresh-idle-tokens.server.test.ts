import { expect } from "vitest";
import { createLog } from "#app/lib/log.server.ts";
import { tokenTest } from "#tests/setup/a-shop-with-token.ts";
import { refreshIdleTokens } from "./refresh-idle-tokens.server.ts";

const HOUR_MS = 3_600_000;
const log = createLog("silent");

const test = tokenTest.extend("shops", ({ sim, database }) => {
  /** Another shop, that no simulator answers for; its token is `hours` past its end. */
  const other = async (shop: string, hours: number, more: { refreshTokenExpires?: Date } = {}) => {
    const session = await sim.session();
    await database.prisma.session.create({
      data: { ...session, id: `offline_${shop}`, shop, expires: ago(hours), ...more },
    });
    await database.prisma.shop.create({ data: { shop } });
  };
  const idleFor = (hours: number) => sim.expireIn(-hours * HOUR_MS);
  const refresh = () =>
    refreshIdleTokens({ env: sim.env, database, log, now: () => new Date() }, { fetch: sim.fetch });
  return { ...sim, other, idleFor, refresh };
});

const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS);

test("a shop nobody asked anything for a day is renewed, once", async ({ shops }) => {
  await shops.idleFor(22.1);
  const before = await shops.session();
  expect(await shops.refresh()).toEqual({ renewed: [shops.shop], failed: [] });
  const after = await shops.session();
  expect(after.refreshToken).not.toBe(before.refreshToken);
  expect(after.expires?.getTime()).toBeGreaterThan(Date.now());
  expect(await shops.refresh()).toEqual({ renewed: [], failed: [] });
});

test("a shop that was renewed today is left alone; so is one that removed the app", async ({
  shops,
  database,
}) => {
  await shops.idleFor(21.9);
  expect(await shops.refresh()).toEqual({ renewed: [], failed: [] });
  await shops.idleFor(50);
  await database.prisma.shop.update({ where: { shop: shops.shop }, data: { uninstalledAt: new Date() } });
  expect(await shops.refresh()).toEqual({ renewed: [], failed: [] });
});

test("one shop's failure does not stop the others, and is said", async ({ shops }) => {
  await shops.other("refused.myshopify.com", 100);
  await shops.other("ended.myshopify.com", 200, { refreshTokenExpires: ago(1) });
  await shops.idleFor(30);
  const asked = () => shops.simulator.requests().length;
  const before = asked();
  const { renewed, failed } = await shops.refresh();
  expect(renewed).toEqual([shops.shop]);
  expect(failed).toMatchObject([
    { shop: "ended.myshopify.com", code: "TOKEN_REFUSED" },
    { shop: "refused.myshopify.com", code: "TOKEN_REFUSED" },
  ]);
  expect(asked() - before).toBe(2); // what has ended is not asked for
});
