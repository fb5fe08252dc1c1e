import { describe, expect } from "vitest";
import type { Pool } from "pg";
import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { anOrder, type OrderSketch } from "#tests/fixtures/an-order.ts";
import { aRestLine, aRestOrder } from "#tests/order-shapes/a-rest-order.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { loadExplanation } from "./load-explanation.server.ts";
import { processPendingOrders } from "./process-pending-orders.server.ts";

const shop = "one.myshopify.com";
const at = (hour: number) => `2026-11-20T${String(hour).padStart(2, "0")}:00:00Z`;
const now = new Date(at(12));
const LINE = "15518907892012";

/** One order of one custom line by webhook, at an hour. */
async function webhook(pool: Pool, hour: number, patch: Record<string, unknown> = {}, receivedHour = hour) {
  const body = aRestOrder({
    updated_at: at(hour),
    payment_gateway_names: ["Razorpay"],
    line_items: [aRestLine({ quantity: 2, current_quantity: 2, fulfillable_quantity: 2, price: "50.00" })],
    ...patch,
  });
  await ingestPayloads(pool, {
    ...{ shop, kind: "order", source: "webhook", now: new Date(at(receivedHour)) },
    payloads: [
      {
        id: "1001",
        shape: "rest",
        raw: JSON.stringify(body),
        shopifyUpdatedAt: at(hour),
        triggeredAt: at(hour),
      },
    ],
  });
}
async function bulk(pool: Pool, hour: number, sketch: OrderSketch) {
  const node = anOrder({ updatedAt: at(hour), ...sketch });
  await ingestPayloads(pool, {
    ...{ shop, kind: "order", source: "dump", now: new Date(at(hour)) },
    payloads: [
      { id: "1001", shape: "bulk", raw: JSON.stringify(node), shopifyUpdatedAt: at(hour), triggeredAt: null },
    ],
  });
}
const fact = (pool: Pool, kind: string, row: { qty?: number; parcelId?: string; details?: object }) =>
  pool.query(
    `INSERT INTO "ErpFact" (shop, "shopifyOrderId", kind, "shopifyLineId", "parcelId", qty, details, actor, at)
     VALUES ($1, '1001', $2, $3, $4, $5, $6, 'test', $7)`,
    [shop, kind, row.qty ? LINE : null, row.parcelId ?? null, row.qty ?? null, row.details ?? {}, at(3)],
  );
const whyNot = async (pool: Pool) => (await loadExplanation(pool, { shop, orderId: "1001", now })).notApplied;

describe("why not: every piece of news that was not applied has its rule and the fact against it", () => {
  test("cancelled after hand-over, and while packed", async ({ database: { pool } }) => {
    await webhook(pool, 5, { cancelled_at: at(5) });
    await fact(pool, "packed", { qty: 2 });
    await fact(pool, "handed_over", { qty: 1, parcelId: "P1" });
    expect(await whyNot(pool)).toEqual([
      {
        rule: "cancelled-while-packed",
        news: "Shopify cancelled the order",
        fact: "1 × Anarkali Kurta packed",
        lineId: LINE,
      },
      {
        rule: "cancelled-after-handover",
        news: "Shopify cancelled the order",
        fact: "1 × Anarkali Kurta handed over",
        lineId: LINE,
      },
    ]);
  });

  test("a fulfilment cancelled after a carrier had it, and goods refunded but not received", async ({
    database: { pool },
  }) => {
    const parcel = (id: number, status: string) => ({
      ...{ id, admin_graphql_api_id: `gid://shopify/Fulfillment/${String(id)}`, status, created_at: at(2) },
      ...{ shipment_status: "in_transit", line_items: [{ id: Number(LINE), quantity: 1 }] },
    });
    await webhook(pool, 6, {
      fulfillments: [parcel(71, "cancelled"), parcel(72, "success")],
      refunds: [
        {
          ...{ id: 9, admin_graphql_api_id: "gid://shopify/Refund/9", created_at: at(5), return: null },
          refund_line_items: [
            {
              ...{ line_item_id: Number(LINE), quantity: 2, restock_type: "return" },
              ...{ subtotal: 100, total_tax: 0 },
            },
          ],
          transactions: [{ kind: "refund", status: "success", amount: "100.00" }],
        },
      ],
    });
    expect(await whyNot(pool)).toMatchObject([
      {
        rule: "fulfilment-cancelled-after-handover",
        fact: "A carrier had the parcel (in transit)",
        parcelId: "71",
      },
      { rule: "refunded-goods-not-received", news: "Refunded and restocked in Shopify: 1 × Anarkali Kurta" },
    ]);
  });

  test("COD that sticks, a person's word, and a webhook that came too late", async ({
    database: { pool },
  }) => {
    await webhook(pool, 4, {}, 4);
    await webhook(pool, 2, { payment_gateway_names: ["Cash on Delivery (COD)"] }, 5);
    expect(await whyNot(pool)).toEqual([
      {
        rule: "sticky-cod",
        news: "Shopify now names Razorpay",
        fact: "Cash on Delivery (COD) was named before: an order once COD stays COD",
      },
      {
        rule: "older-payload",
        news: "A rest payload of 2026-11-20T02:00:00.000Z came by webhook",
        fact: "One of 2026-11-20T04:00:00.000Z was known already",
      },
    ]);
    await fact(pool, "payment_method", { details: { method: "Prepaid" } });
    expect((await whyNot(pool))[0]).toEqual({
      rule: "persons-word-on-payment",
      news: "By its gateways (Cash on Delivery (COD), Razorpay) the order is COD",
      fact: "A person said Prepaid",
    });
  });

  test("an order nothing stands against has nothing to explain, and asking changes nothing", async ({
    database: { pool },
  }) => {
    await webhook(pool, 4);
    await processPendingOrders(pool, { shop, limit: Infinity, now });
    const rows = async () =>
      (await pool.query<Record<string, unknown>>(`SELECT * FROM "Order", "ShopifyOrderCache"`)).rows;
    const before = await rows();
    expect(await whyNot(pool)).toEqual([]);
    expect(await rows()).toEqual(before);
  });

  test("another shop's order is nobody's to explain", async ({ database: { pool } }) => {
    await webhook(pool, 4);
    await expect(
      loadExplanation(pool, { shop: "two.myshopify.com", orderId: "1001", now }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("where a column came from", () => {
  test("names the payload and the path, part by part", async ({ database: { pool } }) => {
    await bulk(pool, 3, {
      lines: [{ id: LINE, variantId: null }],
      extra: { returnStatus: "NO_RETURN", transactions: [], note: "old" },
    });
    await webhook(pool, 7, { note: "new", financial_status: "paid" });
    const { order, lines } = await loadExplanation(pool, { shop, orderId: "1001", now });
    expect(order["note"]).toEqual({
      rule: null,
      from: [{ field: "note", shape: "rest", path: "note", shopifyUpdatedAt: "2026-11-20T07:00:00.000Z" }],
    });
    expect(order["financialStatus"]?.from).toMatchObject([{ shape: "rest", path: "financial_status" }]);
    expect(order["returnStatus"]?.from).toMatchObject([
      { shape: "bulk", path: "returnStatus", shopifyUpdatedAt: "2026-11-20T03:00:00.000Z" },
    ]);
    expect(order["amountToCollect"]?.rule).toBe("determine-amount-to-collect");
    expect(lines["qty"]?.from).toMatchObject([{ shape: "rest", path: "line_items[].quantity" }]);
  });
});
