/**
 * Law 4: five events of one order, told by webhook, bulk and fetch, in all 120 orders of arrival, with deliveries that come
 * twice and payloads of one instant, processed in between or not: the same rows in the end.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Pool } from "pg";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import type { PayloadShape } from "#app/cache/cache-tables.ts";
import { processPendingOrders } from "#app/erp/processor/process-pending-orders.server.ts";
import type { FactRow } from "#app/erp/facts/read-order-facts.ts";
import { renderRestOrder } from "#simulator/rest/render-rest-order.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { orderOf } from "#tests/order-shapes/arbitrary-order.ts";
import type { OrderEvent, OrderRecipe } from "#tests/order-shapes/order-recipe.ts";
import { plainNode } from "#tests/order-shapes/plain-node.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/test-database.ts";

/** What a webhook alone says: gateway names, and that no carrier has its parcels. */
type Only = { payment_gateway_names?: string[]; carrier?: null };
type Arrival = {
  shape: PayloadShape;
  /** How many of the events have happened. */
  state: number;
  at: string;
  only?: Only;
};
type Scenario = {
  recipe: OrderRecipe;
  arrivals: [Arrival, Arrival, Arrival, Arrival, Arrival];
  facts?: FactRow[];
};

const at = (hour: number) => `2026-11-20T0${String(hour)}:00:00Z`;
const product = (unitPrice: number, quantity: number): OrderRecipe["lines"][number] => ({
  ...{ unitPrice, quantity, kind: "product", taxable: true, bundled: false },
});
const recipe = (events: OrderEvent[], more: Partial<OrderRecipe> = {}): OrderRecipe => ({
  ...{ n: 5, shop: "INR", presentment: "INR", tip: null, fee: null, shipping: [4900], duty: null },
  lines: [product(99_900, 3), product(45_050, 2), product(12_345, 1)],
  discounts: [{ type: "DiscountCodeApplication", value: { percentage: 12.5 }, on: "ACROSS" }],
  taxes: [{ title: "IGST", rate: 0.05 }],
  ...{ taxesIncluded: true, taxedShipping: true, payment: "cod", paidPercent: 100, delivery: "SHIPPING" },
  ...{ twoFulfillmentOrders: false, test: false, customer: true, contact: "both", events },
  ...more,
});

const SCENARIOS: Record<string, Scenario> = {
  "shipped in two parcels, part refunded, settled at the door": {
    recipe: recipe([
      { kind: "fulfil", place: 0, all: false, fate: "in_transit" },
      { kind: "fulfil", place: 0, all: true, fate: "delivered" },
      {
        ...{
          kind: "refund",
          restock: "RETURN",
          shipping: true,
          duties: false,
          goodwillPercent: 0,
          money: "owed",
        },
        units: [{ place: 0, quantity: 1 }],
      },
      { kind: "settle" },
    ]),
    arrivals: [
      { shape: "rest", state: 0, at: at(1) },
      { shape: "rest", state: 1, at: at(2) },
      { shape: "bulk", state: 2, at: at(3) },
      { shape: "detail", state: 3, at: at(3) },
      { shape: "rest", state: 4, at: at(4) },
    ],
  },
  "two webhooks of one instant, a parcel taken back after it left, cancelled": {
    recipe: recipe(
      [
        { kind: "fulfil", place: 0, all: true, fate: "in_transit" },
        { kind: "cancel_parcel", place: 0 },
        { kind: "cancel", parcelsToo: true },
      ],
      { payment: "part_paid", paidPercent: 20 },
    ),
    arrivals: [
      { shape: "bulk", state: 0, at: at(1) },
      { shape: "rest", state: 1, at: at(2) },
      { shape: "rest", state: 2, at: at(2) },
      { shape: "bulk", state: 3, at: at(3) },
      { shape: "rest", state: 3, at: at(3) },
    ],
  },
  "a gateway and a moving parcel that one webhook alone showed": {
    recipe: recipe([
      { kind: "fulfil", place: 0, all: true, fate: "in_transit" },
      { kind: "cancel_parcel", place: 0 },
    ]),
    arrivals: [
      { shape: "rest", state: 0, at: at(1), only: { payment_gateway_names: ["Razorpay"] } },
      { shape: "rest", state: 1, at: at(2), only: { payment_gateway_names: ["Cash on Delivery (COD)"] } },
      { shape: "rest", state: 1, at: at(3), only: { payment_gateway_names: ["Razorpay"], carrier: null } },
      { shape: "rest", state: 2, at: at(4), only: { payment_gateway_names: ["Razorpay"], carrier: null } },
      { shape: "rest", state: 2, at: at(5), only: { payment_gateway_names: ["PayU"], carrier: null } },
    ],
  },
  "edited after packing, in two currencies, with the ERP's own facts": {
    recipe: recipe(
      [
        { kind: "lower_line", place: 0, quantity: 1 },
        { kind: "add_line", line: product(70_001, 1) },
        { kind: "hold" },
        { kind: "release" },
      ],
      { presentment: "USD", payment: "prepaid", tip: 300, taxesIncluded: false },
    ),
    arrivals: [
      { shape: "rest", state: 0, at: at(1) },
      { shape: "detail", state: 1, at: at(2) },
      { shape: "rest", state: 2, at: at(3) },
      { shape: "bulk", state: 3, at: at(3) },
      { shape: "rest", state: 4, at: at(5) },
    ],
    facts: [
      { kind: "packed", lineId: "0", parcelId: null, qty: 3, details: {}, at: at(1) },
      { kind: "handed_over", lineId: "1", parcelId: "P1", qty: 1, details: { awbNumber: "X1" }, at: at(2) },
    ],
  },
};

const TABLES = ["Order", "OrderLine", "OrderCharge", "OrderPayment", "Parcel", "ParcelLine", "ReturnCase"];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase("order-of-arrival");
}, 60_000);
afterAll(() => database.drop());

describe.each(Object.entries(SCENARIOS))("law 4: %s", (name, { recipe: whole, arrivals, facts = [] }) => {
  test("ends in the same rows in every order of arrival", async () => {
    const { pool } = database.db;
    const states = arrivals.map(
      ({ state }) => orderOf({ ...whole, events: whole.events.slice(0, state) }).node,
    );
    const payloads = arrivals.map(({ shape, at: time, only }, i) => payloadOf(states[i], shape, time, only));
    const ends: unknown[] = [];
    for (const [index, order] of permutations([0, 1, 2, 3, 4]).entries()) {
      const shop = `arrival-${String(Object.keys(SCENARIOS).indexOf(name))}-${String(index)}.myshopify.com`;
      await prepare(pool, shop, states[4], facts);
      // Two of the five come twice, and whether anybody processes in between follows from the permutation's number.
      for (const [step, one] of [...order, order[0] ?? 0, order[2] ?? 0].entries()) {
        const payload = payloads[one];
        if (!payload) throw new Error("no such payload");
        await ingestPayloads(pool, {
          ...{ shop, kind: "order", now: new Date(at(9)) },
          source: payload.shape === "rest" ? "webhook" : payload.shape === "bulk" ? "dump" : "fetch",
          payloads: [payload],
        });
        if ((index >> step) % 2 === 1) await processPendingOrders(pool, run(shop));
      }
      await processPendingOrders(pool, run(shop));
      ends.push(await rowsOf(pool, shop));
    }
    expect(ends).toHaveLength(120);
    const [first] = ends;
    expect(JSON.stringify(first)).toContain('"shopifyOrderId"');
    for (const [index, end] of ends.entries()) expect(end, `permutation ${String(index)}`).toEqual(first);

    // Law 5: processing everything again, twice, writes nothing.
    const shop = `arrival-${String(Object.keys(SCENARIOS).indexOf(name))}-7.myshopify.com`;
    for (let again = 0; again < 2; again++) {
      await pool.query(`UPDATE "ShopifyOrderCache" SET "processedAt" = NULL WHERE shop = $1`, [shop]);
      expect(await processPendingOrders(pool, run(shop))).toMatchObject({ processed: 1, unchanged: 1 });
    }
  }, 180_000);
});

const run = (shop: string) => ({ shop, limit: Infinity, now: new Date("2026-11-21T00:00:00Z") });

function payloadOf(
  node: SimNode | undefined,
  shape: PayloadShape,
  updatedAt: string,
  { carrier, ...only }: Only = {},
) {
  if (!node) throw new Error("no such state");
  const stamped: SimNode = { ...node, updatedAt };
  const body: Record<string, unknown> =
    shape === "rest" ? { ...renderRestOrder(stamped), ...only } : plainNode(stamped);
  if (carrier === null)
    body["fulfillments"] = (body["fulfillments"] as object[]).map((one) => ({
      ...one,
      shipment_status: null,
    }));
  return {
    ...{ id: node.id.slice(node.id.lastIndexOf("/") + 1), shape, raw: JSON.stringify(body) },
    ...{ shopifyUpdatedAt: updatedAt, triggeredAt: shape === "rest" ? updatedAt : null },
  };
}

/** A shop whose catalogue knows every variant of the order, and what its ERP did; `lineId` is the line's place. */
async function prepare(
  pool: Pool,
  shop: string,
  node: SimNode | undefined,
  facts: readonly FactRow[],
): Promise<void> {
  const lines = (plainNode(node as SimNode)["lineItems"] ?? []) as {
    id: string;
    variant: { id: string } | null;
  }[];
  const number = (gid: string) => gid.slice(gid.lastIndexOf("/") + 1);
  await pool.query(`INSERT INTO "Shop" (shop, currency, "installedAt") VALUES ($1, 'INR', '2020-01-01')`, [
    shop,
  ]);
  await pool.query(
    `INSERT INTO "Sku" (shop, id, "productId", "variationId", title, "shopifyVariantId")
     SELECT $1, 'sku-' || v, 'p', 'v', 'T', v FROM unnest($2::text[]) AS v`,
    [shop, [...new Set(lines.flatMap(({ variant }) => (variant ? [number(variant.id)] : [])))]],
  );
  for (const { kind, lineId, parcelId, qty, details, at: time } of facts)
    await pool.query(
      `INSERT INTO "ErpFact" (shop, "shopifyOrderId", kind, "shopifyLineId", "parcelId", qty, details, actor, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'test', $8)`,
      [
        ...[shop, number((node as SimNode).id), kind, number(lines[Number(lineId)]?.id ?? "")],
        ...[parcelId, qty, details, time],
      ],
    );
}

/** Every row of the order, and what the cache keeps of it, without what is of the shop, the clock or the customer's record. */
async function rowsOf(pool: Pool, shop: string): Promise<unknown> {
  const rows: Record<string, unknown> = {};
  for (const table of TABLES) {
    const { rows: found } = await pool.query<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(t) - 'shop' - 'createdAt' - 'updatedAt' - 'customerId' - 'outputHash' AS row
       FROM "${table}" t WHERE shop = $1 ORDER BY to_jsonb(t)::text`,
      [shop],
    );
    rows[table] = found.map(({ row }) => row);
  }
  const { rows: cached } = await pool.query(
    `SELECT "rawShape", "rawData", "gatewaysSeen", "paymentMethod",
       (SELECT json_agg(json_build_array(shape, "rawData") ORDER BY shape) FROM "ShopifyCacheSlot" s
         WHERE s.shop = c.shop AND s.id = c.id) AS slots FROM "ShopifyOrderCache" c WHERE shop = $1`,
    [shop],
  );
  return { ...rows, cached };
}

function permutations(list: readonly number[]): number[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((one, i) =>
    permutations([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [one, ...rest]),
  );
}
