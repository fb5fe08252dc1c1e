import type { Pool } from "pg";
import { expect } from "vitest";
import { explaining } from "#tests/setup/explaining.ts";
import { readCursorText } from "#app/lib/cursor.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { findCustomers, type FindCustomersOptions } from "./find-customers.server.ts";

const shop = "a-shop.myshopify.com";
const all: FindCustomersOptions = {
  shop,
  search: "",
  choices: {},
  sort: "updated desc",
  at: null,
  limit: 50,
};

/** Twenty thousand customers of hundred first and two hundred last names, all of one minute; few are archived, merged, redacted. */
async function bringCustomers(pool: Pool): Promise<void> {
  await pool.query(
    `insert into "Customer" (shop, id, "shopifyCustomerId", "firstName", "lastName", email, phone, "acceptsMarketing", "updatedAt",
       "archivedAt", "mergedIntoId", "redactedAt")
     select $1, 'c' || lpad(n::text, 6, '0'), case when n % 4000 <> 1 then (7000000 + n)::text end, 'First' || n % 100, 'Last' || n % 200,
       'person' || n || '@example.com', '+9198' || lpad(n::text, 8, '0'), n % 2 = 0,
       timestamptz '2026-11-20' + n / 5000 * interval '1 minute', case when n % 5000 < 3 then now() end,
       case when n % 5000 = 1 then 'c000005' end, case when n % 5000 = 2 then now() end
       from generate_series(1, 20000) n`,
    [shop],
  );
  await pool.query(`analyze "Customer"`);
}

test("no page of customers is found by sorting or reading them all", async ({ database: { pool } }) => {
  await bringCustomers(pool);
  const at = { side: "after", key: ["2026-11-20T00:02:00.000Z", "c010000"] } as const;
  const byChange = "Customer_shop_updatedAt_id_idx";
  // Each of them is over those few alone.
  const fewOnes = ["Customer_archived", "Customer_merged", "Customer_not_counted"];
  for (const [index, asked] of [
    [byChange, {}],
    [byChange, { at }],
    [byChange, { choices: { marketing: ["yes"] } }],
    ["Customer_pkey", { sort: "created asc" }],
    ["Customer_words", { search: "person1234 exam" }],
    ["Customer_words", { search: "+91 98000 12345" }],
    ["Customer_words", { search: "first7 last77", sort: "created asc" }],
    [fewOnes, { choices: { record: ["merged"] } }],
    [fewOnes, { choices: { record: ["archived", "redacted"] } }],
    ["Customer_shop_shopifyCustomerId_key", { choices: { shopify: ["without"] } }],
  ] as const) {
    const { db, leaves } = explaining(pool);
    const { rows } = await findCustomers(db, { ...all, ...asked });
    expect(rows.length, JSON.stringify(asked)).toBeGreaterThan(0);
    // Beside what was found, and the rows of one page by their ids.
    const read = leaves().filter((step) => step["Node Type"] !== "CTE Scan");
    const [first, ...others] = read.map((step) => step["Index Name"] ?? step["Node Type"]);
    expect([index].flat(), JSON.stringify(asked)).toContain(first);
    expect(others, JSON.stringify(asked)).toEqual("search" in asked ? ["Customer_pkey"] : []);
  }
});

test("words, states and choices find whom they name, and all pages together everybody once", async ({
  database: { pool },
}) => {
  await bringCustomers(pool);
  await pool.query(
    `insert into "Customer" (shop, id, "firstName", email) values ('another.myshopify.com', 'x', 'Meera', 'meera@example.com')`,
  );
  await pool.query(
    `update "Customer" set "firstName" = 'Meera', phone = '098765 43210' where shop = $1 and id = 'c000777'`,
    [shop],
  );
  const idsOf = async (asked: Partial<FindCustomersOptions>) => {
    const { rows } = await findCustomers(pool, { ...all, ...asked });
    return rows.map(({ id }) => id);
  };
  for (const search of [
    "meer",
    "MEERA last177",
    "last177 9876543210",
    "+91 98765 43210",
    "9876543",
    "meera person777@example.com",
  ])
    expect([search, await idsOf({ search })]).toEqual([search, ["c000777"]]);
  for (const search of ["eera", "meera last178", "---", "' or true --"])
    expect(await idsOf({ search })).toEqual([]);

  const state = async (...records: NonNullable<FindCustomersOptions["choices"]["record"]>) =>
    (await findCustomers(pool, { ...all, choices: { record: records } })).rows.map((row) => row.record);
  expect(await state("merged")).toEqual(Array(4).fill("merged"));
  expect(await state("redacted")).toEqual(Array(4).fill("redacted"));
  expect((await state("redacted", "archived")).toSorted()).toEqual([
    ...Array<string>(4).fill("archived"),
    ...Array<string>(4).fill("redacted"),
  ]);
  expect(await state("current")).toEqual(Array(50).fill("current"));
  expect(await idsOf({ choices: { orders: ["with"] } })).toEqual([]);
  expect(await idsOf({ choices: { orders: ["without"] } })).toHaveLength(50);
  expect(await idsOf({ choices: { shopify: ["without"] } })).toHaveLength(5);
  expect(await idsOf({ sort: "created asc", limit: 2 })).toEqual(["c000001", "c000002"]);

  const seen: string[] = [];
  let at: FindCustomersOptions["at"] = null;
  for (;;) {
    const { rows, next } = await findCustomers(pool, { ...all, at, limit: 3000 });
    seen.push(...rows.map(({ id }) => id));
    if (next === null) break;
    at = { side: "after", key: readCursorText(next) as string[] };
  }
  expect([seen.length, new Set(seen).size]).toEqual([20_000, 20_000]);
});
