/** Reading the ERP's records page by page while they change, and what a record looks like in an answer. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startApi, type TestApi } from "./an-api.ts";

type Item = { id: string; updatedAt: string } & Record<string, unknown>;
type Page = { items: Item[]; next: string | null };

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.stop();
});

async function get(path: string): Promise<Page> {
  const { status, body, text } = await api.call({ method: "GET", path: `/api/erp/${path}`, as: "read" });
  expect(status, text).toBe(200);
  return body as Page;
}

/** Every page of a list, one after the other; `meanwhile` happens between two. */
async function readAll(
  path: string,
  meanwhile: (page: number) => Promise<unknown> = () => Promise.resolve(),
) {
  const items: Item[] = [];
  for (let next: string | null = "", page = 1; next !== null; page++) {
    const answer: Page = await get(`${path}${next === "" ? "" : `&after=${next}`}`);
    items.push(...answer.items);
    next = answer.next;
    await meanwhile(page);
  }
  return items;
}

const ids = (items: readonly Item[]) => items.map(({ id }) => id);

async function query<Row extends Record<string, unknown>>(sql: string, ...values: unknown[]): Promise<Row[]> {
  return (await api.pool.query<Row>(sql, [api.shop, ...values])).rows;
}

/** An order like one there is, with what differs. */
const anotherOrder = (differing: Record<string, unknown>) =>
  query(
    `insert into "Order" select (jsonb_populate_record(null::"Order", to_jsonb(o) || $2::jsonb)).* from
       (select * from "Order" where shop = $1 order by "shopifyOrderId" limit 1) o`,
    JSON.stringify(differing),
  );

test("all pages together have every order once, whatever comes in between", async () => {
  const known = await query<{ id: string }>(`select "shopifyOrderId" as id from "Order" where shop = $1`);
  // Three of one instant, across a page break.
  await query(
    `update "Order" set "shopifyCreatedAt" = (select "shopifyCreatedAt" from "Order" where shop = $1 order by 1 desc offset 4 limit 1)
      where shop = $1 and "shopifyOrderId" in
        (select "shopifyOrderId" from "Order" where shop = $1 order by "shopifyCreatedAt" desc offset 4 limit 3)`,
  );
  const items = await readAll("orders?limit=5&includeTest=true", (page) =>
    anotherOrder({ shopifyOrderId: `90${String(page)}`, shopifyCreatedAt: new Date().toISOString() }),
  );
  expect(ids(items).toSorted()).toEqual(known.map(({ id }) => id).toSorted());
  const times = items.map(({ shopifyCreatedAt }) => shopifyCreatedAt);
  expect(times).toEqual(times.toSorted().reverse());
  await query(`delete from "Order" where shop = $1 and "shopifyOrderId" like '90_'`);
});

test("who follows misses nothing where rows share one updatedAt, and sees what changes meanwhile", async () => {
  const at = "2026-11-20T10:00:00.123Z";
  await query(`update "Order" set "updatedAt" = $2, test = false where shop = $1`, at);
  const known = await query<{ id: string }>(
    `select "shopifyOrderId" as id from "Order" where shop = $1 order by "shopifyOrderId"`,
  );
  const path = (since: string) => `orders?limit=5&updatedSince=${since}`;
  const last = known.at(-1)?.id ?? "";
  const first = known[0]?.id ?? "";
  const later = "2026-11-20T10:00:00.456Z";
  const items = await readAll(path(at), (page) =>
    // One that was read already and one that was not yet change between two pages.
    page === 1
      ? query(`update "Order" set "updatedAt" = $2 where shop = $1 and "shopifyOrderId" = any($3)`, later, [
          first,
          last,
        ])
      : Promise.resolve(),
  );
  expect(ids(items)).toEqual([...ids(known as Item[]).slice(0, -1), ...[first, last].toSorted()]);
  expect(items.at(-1)?.updatedAt).toBe(later);
  // The next round begins with the newest seen, and has that one again.
  expect(ids(await readAll(path(later)))).toEqual([first, last].toSorted());
  expect(await readAll(path("2026-11-20T10:00:00.457Z"))).toEqual([]);

  for (const [list, table] of [
    ["products", "Product"],
    ["skus", "Sku"],
    ["customers", "Customer"],
  ] as const) {
    await query(`update "${table}" set "updatedAt" = $2 where shop = $1`, at);
    const rows = await query<{ id: string }>(`select id from "${table}" where shop = $1 order by id`);
    const limit = Math.ceil(rows.length / 3);
    expect(limit).toBeGreaterThan(1);
    expect(ids(await readAll(`${list}?limit=${String(limit)}&updatedSince=${at}`)), list).toEqual(
      ids(rows as Item[]),
    );
    expect(ids(await readAll(`${list}?limit=${String(limit)}`)), list).toEqual(ids(rows as Item[]));
  }
});

test("orders are found by what is asked of them, and by nothing else", async () => {
  const [one] = await query<{ id: string; number: string; at: Date }>(
    `select "shopifyOrderId" as id, "orderNumber" as number, "shopifyCreatedAt" as at from "Order" where shop = $1
      order by "shopifyCreatedAt" limit 1`,
  );
  if (!one) throw new Error("no order");
  const found = async (asked: string) => ids(await readAll(`orders?${asked}`));
  expect(await found(`number=${encodeURIComponent(one.number)}`)).toEqual([one.id]);
  expect(await found(`number=${one.number.replace("#", "")}`)).toEqual([one.id]);
  expect(await found(`number=${one.number.slice(1, -1)}`)).toEqual([]);

  const at = one.at.toISOString();
  const next = new Date(one.at.getTime() + 1).toISOString();
  expect(await found(`createdFrom=${at}&createdUntil=${next}`)).toEqual([one.id]);
  expect(await found(`createdUntil=${at}`)).toEqual([]);
  expect(await found(`createdFrom=${next}`)).not.toContain(one.id);

  const set = (sql: string) =>
    query(`update "Order" set ${sql} where shop = $1 and "shopifyOrderId" = $2`, one.id);
  const hold = {
    kind: "cod_unconfirmed",
    key: "cod_unconfirmed",
    words: "Not confirmed",
    releasedBy: "A tag",
  };
  await query(
    `update "Order" set holds = '[]', status = 'open', "paymentMethod" = 'Prepaid' where shop = $1`,
  );
  // Shipped in part, and something holds the rest.
  await set(`holds = '${JSON.stringify([hold])}', status = 'partially_shipped', "paymentMethod" = 'COD'`);
  for (const asked of ["onHold=true", "status=partially_shipped", "paymentMethod=COD"]) {
    expect(await found(asked), asked).toEqual([one.id]);
    expect(await found(`${asked}&createdUntil=${at}`), asked).toEqual([]);
  }
  const [held] = await readAll("orders?onHold=true");
  expect(held).toMatchObject({ holds: [hold] });
  const free = await found("onHold=false");
  expect(free).toHaveLength(11);
  expect(free).not.toContain(one.id);

  await set("test = true");
  expect(await found("onHold=true")).toEqual([]);
  expect(await found("onHold=true&includeTest=true")).toEqual([one.id]);
});

test("an order's amounts are the database's to the last digit, and add up", async () => {
  const orders = await readAll("orders?includeTest=true&limit=4");
  expect(orders).toHaveLength(12);
  for (const listed of orders) {
    const { order } = (await get(`orders/${listed.id}`)) as unknown as { order: Order };
    expect(order).toMatchObject(listed);
    const [row] = await query<Record<string, string>>(
      `select * from "Order" where shop = $1 and "shopifyOrderId" = $2`,
      listed.id,
    );
    for (const [name, value] of Object.entries(listed))
      if (/Amount$|Difference$|^amountTo/.test(name)) expect(value, name).toBe(row?.[name]);

    const placed = order.charges.filter(({ included }) => !included);
    const removed = placed.filter(({ kind }) => /^(refund|removed|removal)/.test(kind));
    expect(await sum(placed, removed, order.moneyDifference)).toBe(
      await sum([{ amount: order.totalAmount }]),
    );
    expect(await sum(placed, [], order.moneyDifference, order.currentMoneyDifference)).toBe(
      await sum([{ amount: order.currentTotalAmount }]),
    );
  }

  // More digits than a float has, at the top and inside the lists.
  const [first] = orders;
  const huge = "90071992547409931.10";
  const of = [huge, first?.id];
  const where = `where shop = $1 and "shopifyOrderId" = $3`;
  await query(`update "Order" set "totalAmount" = $2 ${where}`, ...of);
  await query(`update "OrderLine" set "lineTotal" = $2 ${where}`, ...of);
  await query(`update "OrderCharge" set amount = $2, rate = 0.123456789012345678 ${where}`, ...of);
  const { order } = (await get(`orders/${first?.id ?? ""}`)) as unknown as { order: Order };
  expect(order).toMatchObject({ totalAmount: huge });
  expect(order.lines[0]).toMatchObject({ lineTotal: huge });
  expect(order.charges[0]).toMatchObject({ amount: huge, rate: "0.123456789012345678" });
});

type Order = Record<
  "totalAmount" | "currentTotalAmount" | "moneyDifference" | "currentMoneyDifference",
  string
> & {
  lines: Record<string, unknown>[];
  charges: { kind: string; included: boolean; amount: string }[];
};

/** Exactly: all of `added` but those `without`, and the differences. */
async function sum(
  added: readonly { amount: string }[],
  without: readonly { amount: string }[] = [],
  ...differences: string[]
): Promise<string | undefined> {
  const texts = [
    ...added.filter((one) => !without.includes(one)).map(({ amount }) => amount),
    ...differences,
  ];
  const [row] = (
    await api.pool.query<{ sum: string }>(
      `select trim_scale(coalesce(sum(a::numeric), 0))::text as sum from unnest($1::text[]) a`,
      [texts],
    )
  ).rows;
  return row?.sum;
}

test("an order comes with its parcels and cases, instants in UTC", async () => {
  const [shipped] = await query<{ id: string; parcel: string; line: string }>(
    `select "shopifyOrderId" as id, "parcelId" as parcel, "shopifyLineId" as line from "ParcelLine" p
     where shop = $1 and not exists (select 1 from "ReturnCase" c where c.shop = p.shop and c."shopifyOrderId" = p."shopifyOrderId")
     order by "shopifyOrderId", "parcelId", "shopifyLineId" limit 1`,
  );
  if (!shipped) throw new Error("nothing was shipped");
  await query(
    `update "Parcel" set "handedOverAt" = '2026-11-20 10:00:00.5+05:30' where shop = $1 and id = $2`,
    shipped.parcel,
  );
  await query(
    `insert into "ReturnCase" (shop, "shopifyOrderId", id, kind, state, "openedBy", "openedAt", lines)
     values ($1, $2, 'rto-' || $3, 'rto', 'initiated', 'courier', '2026-11-21 00:00Z', $4)`,
    ...[shipped.id, shipped.parcel, JSON.stringify([{ lineId: shipped.line, qty: 1, receivedQty: 0 }])],
  );
  expect(await get(`orders/${shipped.id}`)).toMatchObject({
    order: {
      lines: expect.arrayContaining([expect.objectContaining({ id: shipped.line })]) as unknown,
      parcels: expect.arrayContaining([
        expect.objectContaining({
          ...{ id: shipped.parcel, handedOverAt: "2026-11-20T04:30:00.500Z" },
          lines: expect.arrayContaining([
            { lineId: shipped.line, qty: expect.any(Number) as number },
          ]) as unknown,
        }),
      ]) as unknown,
      cases: [{ id: `rto-${shipped.parcel}`, openedAt: "2026-11-21T00:00:00.000Z", closedAt: null }],
    },
  });
});

test("a variant leads to the SKU that a person mapped it to, else to its own", async () => {
  const [own, other] = (await get("skus?limit=2")).items;
  const variant = String(own?.["shopifyVariantId"]);
  const skuOf = async (of: string) => ids((await get(`skus?shopifyVariantId=${of}`)).items);
  expect(await skuOf(variant)).toEqual([own?.id]);
  expect(await skuOf("1")).toEqual([]);
  for (const of of [variant, "1"])
    await query(
      `insert into "SkuMapping" (shop, "shopifyVariantId", "skuId", "createdBy") values ($1, $2, $3, 'test')`,
      ...[of, other?.id],
    );
  expect(await skuOf(variant)).toEqual([other?.id]);
  expect((await get("skus?shopifyVariantId=1")).items).toMatchObject([
    { id: other?.id, mappedVariantIds: [variant, "1"].toSorted() },
  ]);
  const code = String(own?.["skuCode"]);
  const coded = (await get(`skus?code=${encodeURIComponent(code)}`)).items;
  expect(ids(coded)).toContain(own?.id);
  for (const { skuCode } of coded) expect(skuCode).toBe(code);
});

test("products are found by any Shopify product that feeds them, by status, archived or not", async () => {
  const [product] = (await get("products?limit=1")).items;
  const set = `update "Product" set`;
  const mine = `where shop = $1 and id = '${String(product?.id)}'`;
  await query(`${set} "shopifyProductIds" = "shopifyProductIds" || '{77}', status = 'SET_ASIDE' ${mine}`);
  expect(ids((await get("products?shopifyProductId=77")).items)).toEqual([product?.id]);
  expect(ids((await get("products?status=SET_ASIDE")).items)).toEqual([product?.id]);
  await query(`${set} "archivedAt" = now() ${mine}`);
  expect(ids((await get("products?archived=true")).items)).toContain(product?.id);
  expect(ids(await readAll("products?archived=false"))).not.toContain(product?.id);
  expect(ids(await readAll("products?limit=100"))).toContain(product?.id);
});

test("a merged customer names whom they became part of; of an erased one nothing is left but that", async () => {
  const [kept, gone, erased] = (await get("customers?limit=3")).items;
  const shopifyId = String(gone?.["shopifyCustomerId"]);
  await query(
    `update "Customer" set "mergedIntoId" = $2, "archivedAt" = now() where shop = $1 and id = $3`,
    ...[kept?.id, gone?.id],
  );
  expect((await get(`customers?shopifyCustomerId=${shopifyId}`)).items).toMatchObject([
    { id: gone?.id, mergedIntoId: kept?.id, archivedAt: expect.any(String) as string },
  ]);
  const at = "2026-11-25T10:00:00.000Z";
  await query(
    `update "Customer" set email = null, "shopifyCustomerId" = null, "archivedAt" = $2, "redactedAt" = $2, "updatedAt" = $2
      where shop = $1 and id = $3`,
    ...[at, erased?.id],
  );
  const told = (await readAll(`customers?updatedSince=${at}`)).find(({ id }) => id === erased?.id);
  expect(told).toMatchObject({ redactedAt: at, email: null, shopifyCustomerId: null });
  expect(await get(`customers/${erased?.id ?? ""}`)).toEqual({ customer: told });
});
