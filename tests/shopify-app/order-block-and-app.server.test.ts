/** The block on Shopify's order page against the app itself: session token, another origin, a real sync. */
import { afterAll, beforeAll, expect, test } from "vitest";

import { errorCatalogue } from "#app/lib/errors.ts";
import { otherShop, startApi, type TestApi } from "#tests/api/an-api.ts";
import { insertOutbox } from "#tests/fixtures/outbox-rows.ts";

import { bundleOrderBlock, EXTENSIONS_ORIGIN, openOrderBlock } from "./open-order-block.ts";

let api: TestApi;
let bundle: string;
beforeAll(async () => {
  [bundle, api] = await Promise.all([bundleOrderBlock(), startApi()]);
});
afterAll(async () => {
  await api.stop();
});

async function oneOrder(): Promise<string> {
  const { rows } = await api.pool.query<{ id: string }>(
    `select id from "ShopifyOrderCache" where shop = $1 and "errorCode" is null order by id limit 1`,
    [api.shop],
  );
  return rows[0]!.id;
}

/** As if the app had never heard of it. */
async function forget(id: string): Promise<void> {
  const { rows } = await api.pool.query<{ table: string }>(
    `select table_name as table from information_schema.columns
     where table_schema = current_schema() and column_name = 'shopifyOrderId' order by table_name = 'Order'`,
  );
  for (const { table } of rows)
    await api.pool.query(`delete from "${table}" where shop = $1 and "shopifyOrderId" = $2`, [api.shop, id]);
  await api.pool.query(`delete from "ShopifyOrderCache" where shop = $1 and id = $2`, [api.shop, id]);
}

const open = (id: string, token: string | null = api.simulator.issueSessionToken()) =>
  openOrderBlock({ bundle, appUrl: api.url, token, gid: `gid://shopify/Order/${id}`, speed: 1 });

test("an order the app does not have is not in the ERP yet; Sync again brings it, and it is of this shop alone", async () => {
  const id = await oneOrder();
  await forget(id);
  const block = open(id);
  await expect.poll(() => block.text()).toContain("Not in the ERP yet");
  block.press("Sync again");
  await expect.poll(() => block.text()).toContain("Fetched from Shopify: the order is in the ERP now.");
  await expect.poll(() => block.text()).toMatch(/^In the ERP$/m);
  const { rows } = await api.pool.query<{ action: string; actor: string }>(
    `select action, actor from "AuditLog" where shop = $1 and target = $2 order by id`,
    [api.shop, id],
  );
  expect(rows.map(({ action }) => action)).toContain("api.getOrderSyncStatus");
  for (const { actor } of rows) expect(actor).not.toMatch(/^key /);
  await block.close();

  // Order 1001 is the other shop's.
  const { rows: theirs } = await api.pool.query(
    `select from "ShopifyOrderCache" where shop = $1 and id = '1001'`,
    [otherShop],
  );
  expect(theirs).toHaveLength(1);
  const foreign = open("1001");
  await expect.poll(() => foreign.text()).toContain("Not in the ERP yet");
  await foreign.close();
});

test("what Shopify does not have of the ERP's changes is said with why and what to do, until it went through", async () => {
  const { pool, shop } = api;
  const id = await oneOrder();
  const payload = {
    parcelId: "p1",
    lines: [{ lineId: "9", qty: 2 }],
    locationId: null,
    notifyCustomer: false,
  };
  const parcel = { ...payload, awbNumber: "SRX91", courier: null, trackingUrl: null };
  let count = 0;
  const insert = async (row: Omit<Parameters<typeof insertOutbox>[2][number], "id">) => {
    count += 1;
    await insertOutbox(pool, shop, [
      { id: `u${String(count)}`, entityId: id, kind: "fulfillmentCreate", payload: parcel, ...row },
    ]);
  };
  const notSent = async () => {
    const path = `/api/orders/${id}/sync-status`;
    const { body } = await api.call({ method: "GET", path, as: "session" });
    return (body as { notSent: object | null }).notSent;
  };
  const words = expect.stringContaining("AWB SRX91");
  await insert({});
  expect(await notSent()).toMatchObject({
    ...{ standing: "off", kind: "fulfillmentCreate", words, code: "PREVIEW_NEEDED" },
    text: "Nothing leaves before “Mark items as fulfilled” is switched on.",
    next: expect.stringContaining("switch it on"),
  });
  await pool.query(`update "Shop" set settings = settings || $2::jsonb, scopes = $3 where shop = $1`, [
    ...[shop, { writeBack: { fulfillmentCreate: true } }, ["read_orders"]],
  ]);
  expect(await notSent()).toMatchObject({
    ...{ standing: "not_granted", code: "SCOPE_MISSING", text: expect.stringContaining("not given the app") },
    next: expect.stringContaining("Give the permission"),
  });
  await pool.query(
    `update "Shop" set scopes = '{write_merchant_managed_fulfillment_orders}' where shop = $1`,
    [shop],
  );
  // On its way: nothing to know of.
  expect(await notSent()).toBeNull();
  await pool.query(
    `update "Outbox" set attempts = 6, "nextRetryAt" = now() + interval '1 hour', "errorCode" = 'SHOPIFY_UNREACHABLE',
       error = 'Shopify is down' where shop = $1 and id = 'u1'`,
    [shop],
  );
  expect(await notSent()).toMatchObject({
    ...{ standing: "again", code: "SHOPIFY_UNREACHABLE" },
    text: expect.stringMatching(/^Shopify is down\. It is tried again by itself on .*Tried 6 times\.$/),
    next: errorCatalogue.SHOPIFY_UNREACHABLE.next,
  });
  const refused = { status: "refused", errorCode: "WRITE_BACK_REFUSED", error: "It is closed." };
  await insert({ ...refused, answer: { next: "Open it in Shopify." } });
  // What the ERP and Shopify say, and what to do in this very case: not what such codes mean in general.
  expect(await notSent()).toMatchObject({
    ...{ standing: "refused", text: "It is closed.", next: "Open it in Shopify.", conflict: null },
  });
  const both = { erp: "2 × Shirt left", shopify: "1 × Shirt is there", next: "Take one off." };
  await insert({ status: "conflict", errorCode: "SHOPIFY_DIFFERS", error: both.shopify, conflict: both });
  expect(await notSent()).toMatchObject({
    ...{ standing: "conflict", next: "Take one off.", words },
    conflict: { erp: both.erp, shopify: both.shopify },
  });
  await insert({ kind: "trackingUpdate", status: "sent" });
  expect(await notSent()).toMatchObject({ standing: "conflict" });
  await insert({ status: "sent" });
  await pool.query(`update "Outbox" set status = 'sent' where shop = $1 and id = 'u1'`, [shop]);
  expect(await notSent()).toBeNull();
});

test("without a token, and with a forged one, the block says what to do", async () => {
  for (const token of [null, "a.forged.token"]) {
    const block = open(await oneOrder(), token);
    await expect.poll(() => block.text()).toContain("The app does not know who you are.");
    await block.close();
  }
});

test("a browser may ask from Shopify's host: what the block asks, and nothing else", async () => {
  const preflight = (path: string, method: string) =>
    api.call({
      ...{ method: "OPTIONS", path, as: "nobody" },
      headers: {
        ...{ Origin: EXTENSIONS_ORIGIN, "Access-Control-Request-Method": method },
        "Access-Control-Request-Headers": "authorization,content-type",
      },
    });
  for (const [path, method] of [
    [`/api/orders/${await oneOrder()}/sync-status`, "GET"],
    ["/api/shopify/orders/fetch", "POST"],
  ] as const) {
    const { status, headers } = await preflight(path, method);
    expect(status).toBe(204);
    expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(headers.get("Access-Control-Allow-Methods")).toContain(method);
    expect(headers.get("Access-Control-Allow-Headers")?.toLowerCase()).toBe("authorization,content-type");
    // A cookie of another site opens nothing.
    expect(headers.has("Access-Control-Allow-Credentials")).toBe(false);
    // A refusal can be read too.
    const refused = await api.call({ method, path, as: "nobody", headers: { Origin: EXTENSIONS_ORIGIN } });
    expect(refused).toMatchObject({ status: 401, body: { error: { code: "UNAUTHORIZED" } } });
    expect(refused.headers.get("Access-Control-Allow-Origin")).toBe("*");
  }
  for (const path of ["/api/shopify/jobs", "/api/erp/orders", "/api/shopify/api-keys"])
    expect((await preflight(path, "GET")).headers.has("Access-Control-Allow-Origin")).toBe(false);
});
