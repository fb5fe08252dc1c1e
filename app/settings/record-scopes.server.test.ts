import { expect } from "vitest";
import type { Database } from "#app/lib/db.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { recordInstall } from "./record-install.server.ts";
import { recordScopes } from "./record-scopes.server.ts";

const shop = "a.myshopify.com";
const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 10, minute));

const install = ({ pool }: Database, scopes: string[], now = at(0), scopesAt = now) =>
  recordInstall(pool, { shop, scopes, profile: null, now, scopesAt });

const told = ({ pool }: Database, minute: number, previous: string[], current: string[]) =>
  recordScopes(pool, {
    shop,
    body: {
      ...{ id: "gid://shopify/App/1", shop_id: "gid://shopify/Shop/1", previous, current },
      updated_at: at(minute).toISOString().replace("Z", "+00:00"),
    },
    now: at(30),
  });

const scopesOf = async ({ prisma }: Database) =>
  (await prisma.shop.findUniqueOrThrow({ where: { shop } })).scopes;
const audited = ({ prisma }: Database) =>
  prisma.auditLog.findMany({ where: { shop }, orderBy: { id: "asc" } });

/** An order whose fetch has failed three times, and one with nothing to fetch. */
async function waiting({ pool }: Database, of = shop) {
  await pool.query(
    `insert into "ShopifyOrderCache" (shop, id, "rawData", "rawShape", "contentHash", source, "needsFetch", "fetchAttempts", "nextFetchAt")
     values ($1, '1', '{}', 'rest', 'x', 'webhook', 'parts', 3, $2), ($1, '2', '{}', 'rest', 'x', 'webhook', null, 3, $2)`,
    [of, at(59)],
  );
  await pool.query(
    `insert into "ShopifyFetchRequest" (shop, kind, id, reason, attempts, "nextFetchAt") values ($1, 'order', '9', 'news', 3, $2)`,
    [of, at(59)],
  );
}
async function due({ pool }: Database, of = shop) {
  const { rows } = await pool.query<{ id: string }>(
    `select id from "ShopifyOrderCache" where shop = $1 and "nextFetchAt" is null and "fetchAttempts" = 0
     union all select id from "ShopifyFetchRequest" where shop = $1 and "nextFetchAt" is null and attempts = 0 order by id`,
    [of],
  );
  return rows.map(({ id }) => id);
}

test("what is granted and taken away is known and audited", async ({ database }) => {
  await install(database, ["read_orders", "read_locations"]);
  const outcome = await told(database, 5, ["read_orders", "read_locations"], ["read_orders", "read_returns"]);
  expect(outcome).toBe("applied");
  expect(await scopesOf(database)).toEqual(["read_orders", "read_returns"]);
  expect(await audited(database)).toMatchObject([
    {
      action: "app.scopes_updated",
      actor: "shopify",
      details: { granted: ["read_returns"], taken: ["read_locations"], applied: true },
    },
  ]);
});

test.for([
  [5, 9],
  [9, 5],
] as const)("told of minutes %o in this order, the newest stands", async (minutes, { database }) => {
  await install(database, ["a"]);
  for (const minute of minutes) await told(database, minute, ["a"], ["a", `of ${String(minute)}`]);
  expect(await scopesOf(database)).toEqual(["a", "of 9"]);
  expect(await audited(database)).toHaveLength(2);
});

test("an install after the news stands against it", async ({ database }) => {
  await install(database, ["a", "b"], at(10));
  expect(await told(database, 5, ["a", "b"], ["a"])).toBe("older");
  expect(await scopesOf(database)).toEqual(["a", "b"]);
});

test("an install that is written down after the news, with scopes from before it, leaves them", async ({
  database,
}) => {
  await install(database, ["a"]);
  await told(database, 5, ["a"], ["a", "b"]);
  await install(database, ["a"], at(10), at(4));
  expect(await scopesOf(database)).toEqual(["a", "b"]);
  expect(await told(database, 4, ["a", "c"], ["a"])).toBe("older");
  await install(database, ["a", "c"], at(11), at(6));
  expect(await scopesOf(database)).toEqual(["a", "c"]);
});

test("told twice, it is followed and audited once", async ({ database }) => {
  await install(database, ["a"]);
  await told(database, 5, ["a"], ["a", "b"]);
  await told(database, 5, ["a"], ["a", "b"]);
  expect(await audited(database)).toHaveLength(1);
});

test("a new permission makes due what waits for a fetch, of this shop alone", async ({ database }) => {
  await install(database, ["a"]);
  await waiting(database);
  await waiting(database, "b.myshopify.com");
  await told(database, 5, ["a", "b"], ["a"]); // one taken away makes nothing due
  expect(await due(database)).toEqual([]);
  await told(database, 6, ["a"], ["a", "b"]);
  expect(await due(database)).toEqual(["1", "9"]);
  expect(await due(database, "b.myshopify.com")).toEqual([]);
});

test("so it does when somebody opened the app before the news came", async ({ database }) => {
  await install(database, ["a", "b"], at(10));
  await waiting(database);
  await told(database, 6, ["a"], ["a", "b"]);
  expect(await due(database)).toEqual(["1", "9"]);
});

test("another body is said to be unreadable; another shop's is nobody's", async ({ database }) => {
  await expect(
    recordScopes(database.pool, { shop, body: { current: ["a"], previous: "a" }, now: at(0) }),
  ).rejects.toMatchObject({
    code: "PAYLOAD_UNREADABLE",
    message: expect.stringMatching(/^previous: /) as string,
  });
  expect(await told(database, 5, [], ["a"])).toBe("unknown");
});
