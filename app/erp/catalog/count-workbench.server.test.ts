import { expect } from "vitest";
import { explaining } from "#tests/setup/explaining.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { countSkuProblems } from "./count-sku-problems.server.ts";
import { countWorkbench } from "./count-workbench.server.ts";
import { listCatalogue } from "./list-catalogue.server.ts";

const shop = "a-shop.myshopify.com";

test(
  "shared and missing texts are counted from their index, and a page of products reads no SKU but its own",
  { timeout: 60_000 },
  async ({ database: { pool } }) => {
    // Every thousandth text is shared by two, every five thousandth SKU has none.
    await pool.query(
      `insert into "Sku" (shop, id, "productId", "variationId", "skuCode", title, "isPlaceholder")
     select $1, 's' || n, 'p' || n / 4, 'v', case when n % 5000 > 0 then 'TEE-' || n - (n % 1000 = 2)::int end, repeat('Tee ', 100), n % 1000 = 7
       from generate_series(1, 8000) n`,
      [shop],
    );
    await pool.query(
      `insert into "Product" (shop, id, name, status) select $1, 'p' || n, 'Tee ' || n, 'ACTIVE' from generate_series(0, 2000) n`,
      [shop],
    );
    await pool.query(`vacuum analyze "Product"`);
    // Only where every page is marked visible to all is an index enough; a vacuum right behind the rows may not mark them yet.
    const hidden = async () => {
      await pool.query(`vacuum analyze "Sku"`);
      const { rows } = await pool.query<{ pages: number }>(
        `select relpages - relallvisible as pages from pg_class where oid = '"Sku"'::regclass`,
      );
      return rows[0]?.pages;
    };
    await expect.poll(hidden, { timeout: 20_000 }).toBe(0);

    const { db, leaves } = explaining(pool);
    expect(await countWorkbench(db, { shop })).toMatchObject({ texts: 9 });
    expect(await countSkuProblems(db, { shop })).toEqual({ duplicates: 8, blank: 1 });
    expect(leaves().map((step) => step["Index Name"])).toContain("Sku_texts");

    const list = explaining(pool);
    const { rows } = await listCatalogue(list.db, {
      shop,
      search: "",
      sort: "name asc",
      at: null,
      limit: 50,
    });
    expect(rows).toHaveLength(50);
    const read = list.leaves().map((step) => step["Index Name"] ?? `${step["Node Type"]} of a table`);
    expect(read).toContain("Product_by_name");
    const whole = list.leaves().filter((step) => step["Node Type"] === "Seq Scan");
    expect(whole.filter((step) => ["Sku", "Product"].includes(step["Relation Name"] ?? ""))).toEqual([]);
  },
);
