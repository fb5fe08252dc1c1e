/** Law 12: an order whose person is forgotten is the same order in goods, money and parcels, whichever shape told it. */
import { describe, expect, test } from "vitest";
import { buildOrderData } from "#app/erp/processor/build-order-data.ts";
import type { OrderContext } from "#app/erp/processor/order-context.ts";
import { defaultSettings } from "#app/settings/default-settings.ts";
import { decodeFulfillmentOrder } from "#app/shopify/codecs/decode-fulfillment-order.ts";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import { forgetFulfillmentOrderPerson, forgetOrderPerson } from "#app/shopify/codecs/forget-order-person.ts";
import { mergeOrderSlots } from "#app/shopify/codecs/merge-order-slots.ts";
import { createStore } from "#simulator/store/create-store.ts";
import { ordersByEachRoad } from "#tests/order-shapes/orders-by-each-road.ts";

const store = createStore({ orders: 400, seed: 12 });
const orders = await ordersByEachRoad(store);
const SHAPES = ["rest", "bulk", "detail"] as const;

const sku = { skuId: "a-sku", skuCode: null, productId: "p" };
const everySku = Object.assign(new Map<string, typeof sku>(), { get: () => sku });
const context: OrderContext = {
  shop: store.domain,
  now: new Date("2026-11-22T10:00:00Z"),
  settings: defaultSettings,
  cutOverAt: null,
  skus: { byVariantId: everySku, bySkuCode: new Map(), byMapping: new Map() },
  customers: new Map(),
  stored: new Map(),
  facts: new Map(),
};

const OF_PERSON = new Set(
  "customerId shopifyCustomerId customerName customerEmail customerPhone shippingAddress billingAddress note poNumber attributes".split(
    " ",
  ),
);

/** All rows of the ERP's, but for the columns that are the person's. */
function withoutPerson(
  texts: Partial<Record<(typeof SHAPES)[number], string>>,
  fulfilling: readonly string[],
) {
  const slots = SHAPES.flatMap((shape) => {
    const text = texts[shape];
    if (text === undefined) return [];
    const decoded = decodeOrder(shape, text);
    return [{ shape, shopifyUpdatedAt: decoded.updatedAt, triggeredAt: null, decoded }];
  });
  const { rows } = buildOrderData(mergeOrderSlots(slots, fulfilling.map(decodeFulfillmentOrder)), context);
  const order = Object.entries(rows.order).filter(([column]) => !OF_PERSON.has(column));
  return {
    ...rows,
    order,
    lines: rows.lines.map(({ attributes: _, ...line }) => line),
    parcels: rows.parcels.map(({ trackingUrl: _, ...parcel }) => parcel),
  };
}

/** Texts of the payload that only a person can have put there. */
function textsOfPerson(text: string): string[] {
  const found: string[] = [];
  const walk = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, key);
    else if (typeof value === "object" && value !== null)
      for (const [name, child] of Object.entries(value)) walk(child, name);
    else if (typeof value === "string" && PERSONAL.test(key) && value.length > 3) found.push(value);
  };
  walk(JSON.parse(text), "");
  return found;
}
const PERSONAL =
  /^(email|emailAddress|contact_email|phone|phoneNumber|first_?name|last_?name|address1|zip|note)$/i;

describe("law 12: forgotten is forgotten, and the money stays", () => {
  test.each(SHAPES)("%s: the rows are the same but for the person", (shape) => {
    let persons = 0;
    for (const order of orders) {
      const fulfilling = order.fulfillmentOrders;
      const forgotten = forgetOrderPerson(shape, order[shape], { id: order.id });
      expect(withoutPerson({ [shape]: forgotten }, fulfilling)).toEqual(
        withoutPerson({ [shape]: order[shape] }, fulfilling),
      );
      for (const text of textsOfPerson(order[shape])) {
        expect(forgotten, `${order.id} ${text}`).not.toContain(JSON.stringify(text).slice(1, -1));
        persons++;
      }
      expect(forgotten).not.toContain("shopify/Customer/");
      expect(forgetOrderPerson(shape, forgotten, { id: order.id })).toBe(forgotten);
    }
    expect(persons).toBeGreaterThan(1500);
  });

  test("all three shapes together, with their fulfilment orders forgotten too", () => {
    for (const { id, fulfillmentOrders: fulfilling, ...texts } of orders) {
      const forgotten = Object.fromEntries(
        SHAPES.map((shape) => [shape, forgetOrderPerson(shape, texts[shape], { id })]),
      );
      const emptied = fulfilling.map((text) => forgetFulfillmentOrderPerson(text, { id: "1" }));
      expect(withoutPerson(forgotten, emptied)).toEqual(withoutPerson(texts, fulfilling));
    }
  });
});
