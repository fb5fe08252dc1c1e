import { expect } from "vitest";
import type { Database } from "#app/lib/db.server.ts";
import { recordPreview } from "#app/outbox/record-preview.server.ts";
import { switchKind } from "#app/writeback/switch-kind.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { recordInstall } from "#app/settings/record-install.server.ts";
import { databaseTest } from "#tests/setup/test-database.ts";
import { startJob } from "./start-job.server.ts";
import { uninstallShop } from "./uninstall-shop.server.ts";

const HOUR_MS = 3_600_000;
const INSTALLED = new Date("2026-11-01T10:00:00Z");
const AT = new Date("2026-11-20T10:00:00Z");
const after = (ms: number) => new Date(AT.getTime() + ms);
const shop = "a.myshopify.com";
const other = "b.myshopify.com";

const test = databaseTest.extend("shops", async ({ database }) => {
  for (const name of [shop, other]) await fill(database, name);
  return {
    uninstall: (at = AT) => uninstallShop(database.pool, { shop, at, now: after(1000) }),
    state: (name = shop) => state(database, name),
  };
});

/** A shop with a session, three jobs, a schedule that runs, fetches that were put off, and kinds of write-back that are on. */
async function fill(database: Database, name: string) {
  const { pool, prisma } = database;
  await recordInstall(pool, { shop: name, scopes: ["read_orders"], profile: null, now: INSTALLED });
  const writeBack = { fulfillmentCreate: true, orderCancel: true, orderEdit: false };
  await prisma.shop.update({ where: { shop: name }, data: { settings: { writeBack } } });
  await prisma.session.create({
    data: { id: `offline_${name}`, shop: name, state: "", accessToken: "t", expires: after(30 * 60_000) },
  });
  for (const [jobType, status] of [
    ["products", "pending"],
    ["customers", "running"],
    ["orders", "paused"],
  ] as const)
    await prisma.syncJob.create({ data: { shop: name, jobType, status, requestedBy: "test" } });
  await prisma.schedulerState.create({ data: { shop: name, schedule: "look-back", enabled: true } });
  await pool.query(
    `insert into "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source, "needsFetch", "nextFetchAt")
     values ($1, '1', '{}', 'rest', 'x', 'webhook', 'parts', $2)`,
    [name, after(24 * HOUR_MS)],
  );
  await pool.query(
    `insert into "ShopifyFetchRequest" (shop, kind, id, reason, "nextFetchAt") values ($1, 'order', '9', 'news', $2)`,
    [name, after(24 * HOUR_MS)],
  );
}

async function state({ prisma, pool }: Database, name: string) {
  const { rows: due } = await pool.query<{ due: number }>(
    `select count(*) as due from (
       select from "ShopifyOrderCache" where shop = $1 and "needsFetch" is not null and coalesce("nextFetchAt", $2) <= $2
       union all select from "ShopifyFetchRequest" where shop = $1 and coalesce("nextFetchAt", $2) <= $2) as wish`,
    [name, after(2 * HOUR_MS)],
  );
  const jobs = await prisma.syncJob.findMany({ where: { shop: name }, orderBy: { jobType: "asc" } });
  return {
    uninstalledAt: (await prisma.shop.findUniqueOrThrow({ where: { shop: name } })).uninstalledAt,
    sessions: await prisma.session.count({ where: { shop: name } }),
    jobs: jobs.map(({ status, wish }) => (wish ? `${status}, to ${wish}` : status)),
    on: Object.entries((await loadSettings(pool, { shop: name })).writeBack).flatMap(([kind, on]) =>
      on ? kind : [],
    ),
    schedules: await prisma.schedulerState.count({ where: { shop: name, enabled: true } }),
    due: due[0]?.due,
    orders: await prisma.shopifyOrderCache.count({ where: { shop: name } }),
    audited: await prisma.auditLog.count({ where: { shop: name, action: "app.uninstalled" } }),
  };
}

const ENDED = {
  ...{ uninstalledAt: AT, sessions: 0, schedules: 0, due: 0, orders: 1, audited: 1, on: [] },
  jobs: ["running, to cancel", "cancelled", "cancelled"],
};
const ALIVE = {
  ...{ uninstalledAt: null, sessions: 1, schedules: 1, due: 0, orders: 1, audited: 0 },
  on: ["fulfillmentCreate", "orderCancel"],
  jobs: ["running", "paused", "pending"],
};

test("everything that needs a token ends, the data stays, and other shops notice nothing", async ({
  shops,
}) => {
  expect(await shops.uninstall()).toBe("uninstalled");
  expect(await shops.state()).toEqual(ENDED);
  expect(await shops.state(other)).toEqual(ALIVE);
});

test("told twice, it happens once", async ({ shops }) => {
  await shops.uninstall();
  expect(await shops.uninstall()).toBe("known");
  expect(await shops.state()).toEqual(ENDED);
});

test("news from before the install that stands is not followed", async ({ shops }) => {
  expect(await shops.uninstall(new Date(INSTALLED.getTime() - 1000))).toBe("installed-again");
  expect(await shops.state()).toEqual(ALIVE);
});

test("news that comes after the app was installed again only switches off: a token was issued since", async ({
  shops,
  database,
}) => {
  await database.prisma.session.updateMany({
    where: { shop },
    data: { expires: after(HOUR_MS + 5 * 60_000) },
  });
  await recordInstall(database.pool, { shop, scopes: [], profile: null, now: after(5 * 60_000) });
  expect(await shops.uninstall()).toBe("installed-again");
  expect(await shops.state()).toEqual({ ...ALIVE, on: [] });
});

test("uninstalled and installed again, every kind of write-back is off until a person has seen anew what it would send", async ({
  shops,
  database: { pool },
}) => {
  const seen = { kind: "orderCancel" as const, actor: "7", figures: { waiting: 9 } };
  const install = (ms: number) =>
    recordInstall(pool, { shop, scopes: ["write_orders"], profile: null, now: after(ms) });
  const switchOn = (previewId: string) =>
    switchKind(pool, { shop, kind: "orderCancel", on: true, previewId, actor: "7", now: after(300_000) });
  const before = await recordPreview(pool, { shop, ...seen, now: after(-1000) });
  await shops.uninstall();
  await install(60_000);
  expect(await shops.state()).toMatchObject({ uninstalledAt: null, on: [] });
  await expect(switchOn(before)).rejects.toMatchObject({ code: "PREVIEW_NEEDED" });
  await switchOn(await recordPreview(pool, { shop, ...seen, now: after(120_000) }));
  // The same news once more.
  expect(await shops.uninstall()).toBe("installed-again");
  expect(await shops.state()).toMatchObject({ on: ["orderCancel"] });
  const { rows } = await pool.query(
    `select actor, details->'writeBack' as kinds from "AuditLog" where shop = $1 and action = 'settings.save' order by at limit 1`,
    [shop],
  );
  expect(rows).toEqual([
    {
      actor: "shopify",
      kinds: {
        from: { fulfillmentCreate: true, orderCancel: true },
        to: { fulfillmentCreate: false, orderCancel: false },
      },
    },
  ]);
  // As an uninstall of an older version left it.
  await pool.query(`update "Shop" set "uninstalledAt" = $2 where shop = $1`, [shop, after(400_000)]);
  await install(500_000);
  expect(await shops.state()).toMatchObject({ on: [] });
});

test("a shop we never had is nobody", async ({ database }) => {
  expect(await uninstallShop(database.pool, { shop: "c.myshopify.com", at: AT, now: AT })).toBe("unknown");
});

test("no job can be started until it is installed again; then what waited is due again", async ({
  shops,
  database,
}) => {
  const start = (name: string) =>
    startJob({ database, now: () => AT }, { shop: name, jobType: "process-cache", requestedBy: "test" });
  await shops.uninstall();
  await expect(start(shop)).rejects.toMatchObject({
    code: "TOKEN_REFUSED",
    message: `The app was uninstalled from ${shop}: nothing can be synced.`,
  });
  await start(other);
  await recordInstall(database.pool, { shop, scopes: [], profile: null, now: after(HOUR_MS) });
  expect(await shops.state()).toMatchObject({ uninstalledAt: null, due: 2, schedules: 0 });
  await start(shop);
});

test("jobs asked for while it is being uninstalled are cancelled or refused, never left", async ({
  shops,
  database,
}) => {
  await database.prisma.syncJob.deleteMany({ where: { shop } });
  const asked = (["products", "customers", "orders", "process-cache"] as const).map((jobType) =>
    startJob({ database, now: () => AT }, { shop, jobType, requestedBy: "test" }).catch(() => undefined),
  );
  await Promise.all([...asked, shops.uninstall()]);
  expect(new Set((await shops.state()).jobs)).not.toContain("pending");
});
