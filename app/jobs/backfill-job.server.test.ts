import { expect } from "vitest";
import { aFilledShop, OTHER } from "#tests/fixtures/a-filled-shop.ts";
import { connectedTest as test } from "#tests/setup/a-connected-shop.ts";

const FIGURES = { created: 0, updated: 0, unchanged: 0, failed: 0 };

/** Written when a row is; and the hash, which says what was last written. */
const WHEN = ["createdAt", "updatedAt", "processedAt", "lastSynced"];

test("a dry run counts exactly what would change and changes nothing; the real run changes exactly that; then nothing is left", async ({
  connect,
}) => {
  const { rows, dump, copyToOther, look, fill, found, countOf, askedSince, shop } = await aFilledShop(
    await connect(),
  );
  const { ChangeFeed: _feed, ...whole } = await dump(shop, WHEN);
  const orders = await countOf("ShopifyOrderCache", `"processedAt" is not null`);

  await rows(`update "Order" set "orderNumber" = 'old', "tags" = '{was}' where shop = $1 and "shopifyOrderId" in
      (select "shopifyOrderId" from "Order" where shop = $1 order by 1 limit 4)`);
  await rows(
    `update "Parcel" set "trackingUrl" = 'old' where shop = $1 and id in (select min(id) from "Parcel" where shop = $1)`,
  );
  await rows(
    `delete from "OrderLine" where shop = $1 and "shopifyOrderId" in (select max("shopifyOrderId") from "Order" where shop = $1)`,
  );
  await rows(
    `update "Sku" set "barcode" = 'old' where shop = $1 and id in (select min(id) from "Sku" where shop = $1)`,
  );
  await rows(`update "ShopifyInventoryCache" set "availableQty" = null where shop = $1 and id = '2@1'`);
  const older = await rows(
    `select count(distinct id)::int as n from (
         (select "shopifyOrderId" as id from "Order" where shop = $1 order by 1 limit 4)
         union all (select "shopifyOrderId" from "Parcel" where shop = $1 and "trackingUrl" = 'old')
         union all (select max("shopifyOrderId") from "Order" where shop = $1)) as older`,
  );
  const changing = Number(older[0]?.["n"]);
  await copyToOther();
  const other = await dump(OTHER);
  const before = await dump(shop);

  const dry = await look();
  expect(await dump(shop)).toEqual(before);
  expect(dry).toMatchObject({ status: "completed", created: 0, updated: 0, errors: 0 });
  const would = await found(dry.id);
  expect(would["order"]).toMatchObject({ ...FIGURES, updated: changing, unchanged: orders - changing });
  expect(would["order"]?.["columns"]).toEqual({
    ...{ "Order.orderNumber": 4, "Order.tags": 4, "Parcel.trackingUrl": 1, "OrderLine (row missing)": 1 },
  });
  expect(would["product"]).toMatchObject({ updated: 1, columns: { "Sku.barcode": 1 } });
  expect(would["inventory"]).toMatchObject({ ...FIGURES, updated: 1, unchanged: 2 });
  expect(would["inventory"]).toMatchObject({ columns: { "Stock.availableQty": 1 } });
  expect(would["customer"]).toMatchObject({ created: 0, updated: 0, failed: 0, columns: {} });
  expect(dry.step).toContain(`${String(changing)} of ${String(orders)} orders`);
  expect(dry.step).toMatch(/^Would change: 1 of \d+ products, 0 of \d+ customers, .*; nothing was changed$/);
  expect(dry.said).toContain(
    "orders, would change: Order.orderNumber 4, Order.tags 4, OrderLine (row missing) 1, Parcel.trackingUrl 1",
  );
  expect(dry).toMatchObject({ processed: dry.total, skipped: Number(dry.total) - changing - 2 });

  const feedBefore = await countOf("ChangeFeed");
  const real = await fill();
  expect(real).toMatchObject({ status: "completed", created: 0, updated: changing + 2, errors: 0 });
  expect(real).toMatchObject({ processed: dry.processed, skipped: dry.skipped });
  expect(real.step).toContain(`Changed: 1 of`);
  const { ChangeFeed: _more, ...filled } = await dump(shop, WHEN);
  expect(filled).toEqual(whole);
  // Each order, the product and the level are told once, with the parts that changed and no others.
  const told = await rows(`select parts from "ChangeFeed" where shop = $1 order by seq`);
  expect(told.slice(feedBefore)).toHaveLength(changing + 2);
  expect(
    told
      .slice(feedBefore)
      .flatMap(({ parts }) => parts as string[])
      .sort(),
  ).toEqual(["level", "lines", "order", "order", "order", "order", "parcels", "skus"].sort());

  const again = await look();
  expect(again.step).toMatch(
    /^Would change: 0 of \d+ products, 0 of \d+ customers, 0 of \d+ orders, 0 of 3 stock levels; nothing was changed$/,
  );
  expect(await dump(OTHER)).toEqual(other);
  expect(askedSince()).toEqual([]);
});

test("a hash of an older version alone is no change: nobody is told of orders whose rows are the same", async ({
  connect,
}) => {
  const { rows, dump, look, fill, shop } = await aFilledShop(await connect());
  await rows(`update "Order" set "outputHash" = 'of.an.older.version' where shop = $1`);
  const before = await dump(shop);
  await look({ kinds: ["order"] });
  expect(await fill({ kinds: ["order"] })).toMatchObject({ created: 0, updated: 0 });
  expect(await dump(shop)).toEqual(before);
});

test("orders and customers the ERP does not have are made", async ({ connect }) => {
  const { rows, look, fill, found, countOf, dump, shop } = await aFilledShop(await connect());
  const [gone] = await rows(
    `select "customerId", "shopifyOrderId" from "Order" where shop = $1 and "customerId" is not null and not test order by 2 limit 1`,
  );
  for (const table of [
    "Order",
    "OrderLine",
    "OrderCharge",
    "OrderPayment",
    "Parcel",
    "ParcelLine",
    "ReturnCase",
  ])
    await rows(`delete from "${table}" where shop = $1 and "shopifyOrderId" = $2`, [
      shop,
      gone?.["shopifyOrderId"],
    ]);
  await rows(`update "Customer" set note = 'old' where shop = $1 and id = $2`, [shop, gone?.["customerId"]]);
  const before = await dump(shop);
  const dry = await look();
  expect(await dump(shop)).toEqual(before);
  expect(await found(dry.id)).toMatchObject({
    order: { created: 1, updated: 0 },
    customer: { created: 0, updated: 1, columns: { "Customer.note": 1 } },
  });
  expect(await fill()).toMatchObject({ created: 1, updated: 1 });
  expect(await countOf("Order", `"shopifyOrderId" = '${String(gone?.["shopifyOrderId"])}'`)).toBe(1);
  expect(await countOf("Customer", `note = 'old'`)).toBe(0);
});

test("an entry that cannot be processed any more is counted and named, and stays as it is", async ({
  connect,
}) => {
  const { rows, dump, look, fill, shop } = await aFilledShop(await connect());
  const [bad, old] = (
    await rows(`select "shopifyOrderId" as id from "Order" where shop = $1 order by 1 limit 2`)
  ).map(({ id }) => String(id));
  await rows(`update "ShopifyOrderCache" set "rawData" = '{"id": 7' where shop = $1 and id = $2`, [
    shop,
    bad,
  ]);
  await rows(`update "Order" set note = 'old' where shop = $1`);
  const before = await dump(shop);
  const dry = await look({ kinds: ["order"] });
  expect(dry).toMatchObject({ status: "completed", errors: 1 });
  expect(await dump(shop)).toEqual(before);
  const real = await fill({ kinds: ["order"] });
  expect(real).toMatchObject({ status: "completed", errors: 1 });
  for (const { said, step } of [dry, real]) {
    expect(step).toContain("1 cannot be processed and stay as they are");
    expect(said.join("\n")).toMatch(
      new RegExp(`1 orders cannot be processed and stay as they are: ${String(bad)} \\(.+\\)`),
    );
  }
  expect(
    await rows(
      `select c."processedAt" is not null as processed, c."errorCode", c.attempts, o.note
         from "ShopifyOrderCache" c join "Order" o on o.shop = c.shop and o."shopifyOrderId" = c.id
         where c.shop = $1 and c.id = $2`,
      [shop, bad],
    ),
  ).toEqual([{ processed: true, errorCode: null, attempts: 0, note: "old" }]);
  const [mended] = await rows(`select note from "Order" where shop = $1 and "shopifyOrderId" = $2`, [
    shop,
    old,
  ]);
  expect(mended?.["note"]).not.toBe("old");
});

test("a row the database refuses fails alone, and is not half written", async ({ connect }) => {
  const { rows, look, fill, countOf, shop } = await aFilledShop(await connect());
  const [bad] = await rows(
    `select "shopifyOrderId" as id from "OrderLine" where shop = $1 order by 1 limit 1`,
  );
  await rows(`update "OrderLine" set title = 'old' where shop = $1`);
  await look({ kinds: ["order"] });
  await rows(
    `alter table "OrderLine" add constraint refused check ("shopifyOrderId" <> '${String(bad?.["id"])}' or title = 'old')`,
    [],
  );
  const lines = await countOf("OrderLine");
  const entry = () =>
    rows(`select * from "ShopifyOrderCache" where shop = $1 and id = $2`, [shop, bad?.["id"]]);
  const before = await entry();
  expect(await fill({ kinds: ["order"] })).toMatchObject({ status: "completed", errors: 1 });
  expect(await countOf("OrderLine")).toBe(lines);
  expect(
    await rows(`select distinct "shopifyOrderId" as id from "OrderLine" where shop = $1 and title = 'old'`),
  ).toEqual([bad]);
  expect(await entry()).toEqual(before);
});
