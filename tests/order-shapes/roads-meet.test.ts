import { describe, expect, test } from "vitest";
import { decodeFulfillmentOrder } from "#app/shopify/codecs/decode-fulfillment-order.ts";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import { mergeOrderSlots, type OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { orderFields, valueAt } from "#app/shopify/codecs/order-fields.ts";
import type { DecodedOrder } from "#app/shopify/codecs/order-parts.ts";
import { createStore } from "#simulator/store/create-store.ts";
import { ordersByEachRoad } from "./orders-by-each-road.ts";

/** The same orders over all roads: as webhook bodies, by the app's own bulk queries, and fetched by themselves. */
const orders = (await ordersByEachRoad(createStore({ orders: 1500, seed: 3 }))).map((texts) => ({
  texts,
  rest: decodeOrder("rest", texts.rest),
  bulk: decodeOrder("bulk", texts.bulk),
  detail: decodeOrder("detail", texts.detail),
  fulfillmentOrders: texts.fulfillmentOrders.map(decodeFulfillmentOrder),
}));
const SHAPES = ["rest", "bulk", "detail"] as const;

const slot = (shape: string, decoded: DecodedOrder, shopifyUpdatedAt = decoded.updatedAt) => ({
  shape,
  shopifyUpdatedAt,
  triggeredAt: null,
  decoded,
});
const later = "2099-01-01T00:00:00Z";

describe("law 4: the list of shared fields is held by every codec", () => {
  test.each(orderFields.map((field) => [field.field, field] as const))("%s", (_name, field) => {
    const telling = SHAPES.filter((shape) => field[shape] !== null);
    let told = 0;
    for (const order of orders) {
      const values = telling.map((shape) => valueAt(order[shape], field));
      for (const value of values) expect(value, order.bulk.name).toEqual(values[0]);
      if (values[0] !== undefined && values[0] !== null) told++;
    }
    // A field no order of the store has would be compared with nothing.
    expect(told).toBeGreaterThan(0);
  });

  test("no field of any order is missing from the list", () => {
    const listed = orderFields.map(({ field }) => field.replaceAll("[]", ""));
    const isListed = (path: string) =>
      listed.some((field) => field === path || path.startsWith(`${field}.`) || field.startsWith(`${path}.`));
    const leaves = (value: unknown, path: string): string[] => {
      if (Array.isArray(value)) return value.flatMap((one) => leaves(one, path));
      if (typeof value !== "object" || value === null) return [path];
      return Object.entries(value).flatMap(([key, child]) =>
        leaves(child, path === "" ? key : `${path}.${key}`),
      );
    };
    const found = new Set(orders.flatMap(({ rest, detail }) => [...leaves(rest, ""), ...leaves(detail, "")]));
    expect([...found].filter((path) => !isListed(path))).toEqual([]);
  });

  test.each(SHAPES)("every path the list gives for %s is one its payloads have", (shape) => {
    const has = (node: unknown, path: readonly string[]): boolean => {
      const [key, ...rest] = path;
      if (key === undefined) return true;
      if (typeof node !== "object" || node === null) return false;
      const isList = key.endsWith("[]");
      const name = isList ? key.slice(0, -2) : key;
      if (!(name in node)) return false;
      const child = (node as Record<string, unknown>)[name];
      if (!isList) return has(child, rest);
      const list = Array.isArray(child) ? child : ((child as { nodes?: unknown[] } | null)?.nodes ?? []);
      return list.some((one) => has(one, rest));
    };
    const payloads = orders.map(({ texts }) => JSON.parse(texts[shape]) as unknown);
    const missing = orderFields.filter((field) => {
      const path = field[shape];
      return path !== null && !payloads.some((payload) => has(payload, path.split(".")));
    });
    expect(missing.map(({ field }) => field)).toEqual([]);
  });
});

describe("one state of an order is one snapshot", () => {
  const bare = ({ partSources: _, ...snapshot }: OrderSnapshot) => snapshot;

  test("a dump alone knows the lines of every fulfilment, as the webhook tells them", () => {
    let parcels = 0;
    for (const { rest, bulk, fulfillmentOrders: some } of orders) {
      const dump = mergeOrderSlots([slot("bulk", bulk)], some);
      expect(dump.fulfillments.map(linesById), bulk.name).toEqual(rest.fulfillments.map(linesById));
      parcels += dump.fulfillments.length;
    }
    expect(parcels).toBeGreaterThan(900);
  });

  test("whichever two of the three meet, at one moment or one after the other, it is the fetched one with nothing missing", () => {
    for (const { rest, bulk, detail, fulfillmentOrders: some } of orders) {
      const whole = bare(mergeOrderSlots([slot("detail", detail)], some));
      const both = mergeOrderSlots([slot("rest", rest), slot("detail", detail)], some);
      expect(comparable(bare(both)), bulk.name).toEqual(comparable(whole));
      const all = mergeOrderSlots(
        [slot("rest", rest, later), slot("bulk", bulk), slot("detail", detail)],
        some,
      );
      // The header is the webhook's: it has fewer words for where fulfilment stands.
      expect(comparable(bare(all)), bulk.name).toEqual(
        comparable({ ...whole, fulfillmentStatus: rest.fulfillmentStatus }),
      );
    }
  });
});

function linesById({ id, lines }: DecodedOrder["fulfillments"][number]): unknown {
  return { id, lines: lines?.toSorted((a, b) => (a.lineId < b.lineId ? -1 : 1)) };
}

/** Lines of parcels in one order, and without the carrier's last word on a cancelled one, which only REST keeps. */
function comparable<T extends Pick<DecodedOrder, "fulfillments"> & { movedFulfillments: string[] }>(
  order: T,
): unknown {
  return {
    ...order,
    // They speak through holds and parcels; only a fetch has them in the order itself.
    fulfillmentOrders: undefined,
    movedFulfillments: [],
    deletedAt: null,
    fulfillments: order.fulfillments.map((one) => ({
      ...one,
      deliveryStatus: one.status === "CANCELLED" ? null : one.deliveryStatus,
      ...(linesById(one) as object),
    })),
  };
}
