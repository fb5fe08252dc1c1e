import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { countErpRecords } from "./count-erp-records.server.ts";

const shop = "a-shop.myshopify.com";

test("an archived product that is nothing but placeholders does not count; every other does", async ({
  database: { pool },
}) => {
  const product = async (id: string, archived: boolean, skus: readonly ("real" | "placeholder")[]) => {
    await pool.query(
      `insert into "Product" (shop, id, name, status, "archivedAt") values ($1, $2, 'Tee', 'ACTIVE', case when $3 then now() end)`,
      [shop, id, archived],
    );
    for (const [n, kind] of skus.entries())
      await pool.query(
        `insert into "Sku" (shop, id, "productId", "variationId", title, "isPlaceholder") values ($1, $2, $3, 'v', 'Tee', $4)`,
        [shop, `${id}-${String(n)}`, id, kind === "placeholder"],
      );
  };
  await product("living", false, ["real"]);
  await product("archived", true, ["real"]);
  await product("empty", true, []);
  await product("mixed", true, ["placeholder", "real"]);
  await product("living placeholder", false, ["placeholder"]);
  expect(await countErpRecords(pool, { shop })).toEqual({ products: 5, customers: 0, orders: 0 });

  await product("made up", true, ["placeholder", "placeholder"]);
  expect(await countErpRecords(pool, { shop })).toMatchObject({ products: 5 });
  expect(await countErpRecords(pool, { shop: "other.myshopify.com" })).toMatchObject({ products: 0 });
});
