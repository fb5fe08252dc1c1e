import type { Pool } from "pg";
import { expect } from "vitest";
import { readCursorText } from "#app/lib/cursor.ts";
import { everyRow } from "#app/lib/every-row.ts";
import type { ListAt } from "#app/lib/list-page.ts";
import { explaining } from "#tests/setup/explaining.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { listSkuProblems } from "./list-sku-problems.server.ts";
import { insertErpProduct, now, shop } from "./test-products.server.ts";

const page = (pool: Pool, at: ListAt, { search = "", limit = 2, of = shop } = {}) =>
  listSkuProblems(pool, { shop: of, search, at, limit });
const ids = ({ rows }: { rows: { id: string }[] }) => rows.map(({ id }) => id).join(" ");
const beside = (side: "after" | "before", cursor: string | null): ListAt =>
  cursor === null ? null : { side, key: readCursorText(cursor) as string[], orFirst: true };

/** Titles are the ids. */
async function insertSkus(pool: Pool) {
  await insertErpProduct(pool, {
    ...{ id: "p1", name: "House" },
    skus: { c: "TEE", a: "TEE", b: "CAP", d: "CAP", f: null, e: null, own: "MUG", g: "100%", h: "100%" },
  });
}

test("shared texts come first, by the text; then variants without one; forward to the end and back", async ({
  database: { pool },
}) => {
  await insertSkus(pool);
  const first = await page(pool, null);
  expect(first.rows).toEqual([
    {
      ...{ id: "g", productId: "p1", shopifyProductId: null, shopifyVariantId: null, title: "g" },
      ...{ skuText: "100%", archived: false, sharedBy: 2 },
    },
    expect.objectContaining({ id: "h" }),
  ]);
  expect(first.previous).toBeNull();
  const seen = [ids(first)];
  let latest = first;
  while (latest.next !== null) {
    latest = await page(pool, beside("after", latest.next));
    seen.push(ids(latest));
  }
  expect(seen).toEqual(["g h", "b d", "a c", "e f"]);
  expect(latest.rows.map(({ skuText, sharedBy }) => [skuText, sharedBy])).toEqual([
    [null, null],
    [null, null],
  ]);
  while (latest.previous !== null) {
    seen.pop();
    latest = await page(pool, beside("before", latest.previous));
    expect(ids(latest)).toBe(seen.at(-1));
  }
  expect(seen).toHaveLength(1);
});

test("a page that ends inside a text's variants goes on there, and one that ends among blank ones too", async ({
  database: { pool },
}) => {
  await insertSkus(pool);
  const pages = async (limit: number) => {
    const seen: string[] = [];
    for await (const rows of everyRow((at) => page(pool, at, { limit }))) seen.push(ids({ rows }));
    return seen;
  };
  expect(await pages(3)).toEqual(["g h b", "d a c", "e f"]);
  expect((await pages(1)).join(" ")).toBe("g h b d a c e f");
  const back = await page(pool, { side: "before", key: ["1", "f", "f"] }, { limit: 3 });
  expect(ids(back)).toBe("a c e");
});

test("archived ones alone are no problem; an archived one makes a living one's text ambiguous; placeholders are left out", async ({
  database: { pool },
}) => {
  await insertSkus(pool);
  const set = (column: string, ...which: string[]) =>
    pool.query(`update "Sku" set ${column} where shop = $1 and id = any($2)`, [shop, which]);
  await set(`"archivedAt" = now()`, "a", "b", "d", "e");
  await set(`"isPlaceholder" = true`, "g");
  const { rows } = await page(pool, null, { limit: 10 });
  expect(rows.map(({ id, archived, sharedBy }) => [id, archived, sharedBy])).toEqual([
    ["a", true, 2],
    ["c", false, 2],
    ["f", false, null],
  ]);
});

test("a search is in the text or the title, whatever the case, and a % is a %; another shop's are not seen", async ({
  database: { pool },
}) => {
  await insertSkus(pool);
  await pool.query(`update "Sku" set title = 'Linen Shirt' where id in ('f', 'c')`);
  const found = async (search: string) => ids(await page(pool, null, { search, limit: 10 }));
  expect([
    await found("shirt"),
    await found("tE"),
    await found("0%"),
    await found("c%p"),
    await found("mug"),
  ]).toEqual([...["c f", "a c", "g h", "", ""]]);
  const { next } = await page(pool, null, { search: "shirt", limit: 1 });
  expect(ids(await page(pool, beside("after", next), { search: "shirt", limit: 1 }))).toBe("f");
  expect(await page(pool, null, { of: "mill.myshopify.com" })).toEqual({
    rows: [],
    previous: null,
    next: null,
  });
  await pool.query(
    `insert into "Sku" (shop, id, "productId", "variationId", "skuCode", title, "createdAt") values ('mill.myshopify.com', 'x', 'p', 'v', 'MUG', 'Mug', $1)`,
    [now],
  );
  expect(await found("mug")).toBe("");
});

const positions: [string, "after" | "before", string[]][] = [
  ["of another list", "after", ["g"]],
  ["of a place that is no number", "before", ["shared", "100%", "g"]],
  ["of a place too great for one", "after", ["99999999999", "", ""]],
  ["behind all", "after", ["7", "z", "z"]],
  ["before all", "before", ["-7", "", ""]],
];

test.for(positions)("a position %s is the first page", async ([, side, key], { database: { pool } }) => {
  await insertSkus(pool);
  expect(ids(await page(pool, { side, key, orFirst: true }))).toBe("g h");
});

test("texts are grouped from their index, on every page, and no SKU is read but those shown and those without a text", async ({
  database: { pool },
}) => {
  // Every hundredth text is shared by two, every thousandth has none.
  await pool.query(
    `insert into "Sku" (shop, id, "productId", "variationId", "skuCode", title)
     select $1, 's' || n, 'p' || n / 4, 'v', case when n % 1000 > 0 then 'TEE-' || n - (n % 100 = 2)::int end, repeat('Tee ', 100)
       from generate_series(1, 8000) n`,
    [shop],
  );
  await pool.query(`vacuum analyze "Sku"`);
  const { db, leaves } = explaining(pool);
  const list = (at: ListAt) => listSkuProblems(db, { shop, search: "", at, limit: 50 });
  const { next, rows } = await list(null);
  expect(rows).toHaveLength(50);
  await list(beside("after", next));
  await list({ side: "before", key: ["1", "", ""] });
  expect(leaves().map((step) => step["Index Name"])).toContain("Sku_texts");
  expect(
    leaves().filter((step) => step["Node Type"] === "Seq Scan" && step["Relation Name"] === "Sku"),
  ).toEqual([]);
});
