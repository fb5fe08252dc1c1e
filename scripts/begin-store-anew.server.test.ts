import { expect } from "vitest";
import { recordInstall } from "#app/settings/record-install.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { removeEarlierStores } from "./begin-store-anew.ts";

test("what earlier demos left is removed, and only that: neither this run's store nor one of another name", async ({
  database: { pool, prisma },
}) => {
  const [keep, ...earlier] = ["sim-s3-n500", "sim-s1-n500", "sim-0123456789"].map(
    (name) => `${name}.myshopify.com`,
  );
  const others = ["my-store", "sim-shoes", "sim-s1-n500-copy"].map((name) => `${name}.myshopify.com`);
  for (const shop of [keep ?? "", ...earlier, ...others]) {
    await recordInstall(pool, { shop, scopes: [], profile: null, now: new Date() });
    await prisma.customer.create({ data: { shop, id: `of ${shop}` } });
  }
  const shops = async (of: "Shop" | "Customer") =>
    (await pool.query<{ shop: string }>(`select distinct shop from "${of}" order by shop`)).rows.map(
      ({ shop }) => shop,
    );

  expect((await removeEarlierStores(pool, { keep: keep ?? "" })).sort()).toEqual(earlier.sort());
  expect(await shops("Shop")).toEqual([keep, ...others].sort());
  expect(await shops("Customer")).toEqual([keep, ...others].sort());
  expect(await removeEarlierStores(pool, { keep: keep ?? "" })).toEqual([]);
});
