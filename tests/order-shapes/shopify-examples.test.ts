import { describe, expect, test } from "vitest";
import { decodeCustomer } from "#app/shopify/codecs/decode-customer.ts";
import { decodeOrder } from "#app/shopify/codecs/decode-order.ts";
import { decodeProduct } from "#app/shopify/codecs/decode-product.ts";
import { decodeBody } from "#app/shopify/webhooks/decode-body.ts";
import { readRecord } from "#app/shopify/webhooks/read-record.ts";
import { webhookTopics } from "#app/shopify/webhooks/topics.ts";
import {
  customerAsDecoded,
  exactId,
  orderAsDecoded,
  productAsDecoded,
  refundAsDecoded,
} from "#tests/shopify-examples/as-decoded.ts";
import {
  documentedBody,
  documentedExamples,
  documentedTopics,
  documentedVersions,
  type Body,
} from "#tests/shopify-examples/documented.ts";

const newest = documentedVersions.at(-1) ?? "";
const topicsThat = (carries: string) =>
  [...webhookTopics].filter(([, topic]) => topic.carries === carries).map(([name]) => name);
const rows = (topics: readonly string[]) =>
  documentedExamples(topics).map(({ topic, version, body }) => [topic, version, body] as const);
const text = (body: Body) => JSON.stringify(body);
const kindOf = (topic: string) => webhookTopics.get(topic)?.kind ?? null;

/** The keys by which one sees that a body is the entire record its topic is about. */
const keysOfRecords = {
  order: ["name", "line_items", "total_price", "currency"],
  product: ["title", "variants"],
  customer: ["first_name", "state", "created_at"],
  inventory: ["inventory_item_id", "location_id", "available"],
  fulfillment_order: ["order_id", "line_items"],
} as const;

function isEntireRecord(topic: string, body: Body): boolean {
  const kind = kindOf(topic);
  return kind !== null && keysOfRecords[kind].every((key) => key in body);
}

describe("the topics of the app", () => {
  test("are all documented in the newest version at hand, which shows a body for each", () => {
    expect([...webhookTopics.keys()].filter((topic) => documentedBody(newest, topic) === undefined)).toEqual(
      [],
    );
    expect([documentedVersions.length, documentedVersions[0], newest]).toEqual([13, "2023-07", "2026-07"]);
  });

  test("are all there are of returns, stock, locations, fulfilments, refunds, products and payments", () => {
    const families =
      /^(returns|inventory_levels|inventory_items|locations|fulfillments|refunds|products|order_transactions|bulk_operations)\//;
    const missing = documentedTopics(newest).filter(
      (topic) => families.test(topic) && !webhookTopics.has(topic),
    );
    expect(missing).toEqual([]);
  });

  test.each(rows([...webhookTopics.keys()]))(
    "%s in %s has a body that can be kept",
    (_topic, _version, body) => {
      expect(decodeBody(new TextEncoder().encode(text(body)))).toEqual({ raw: text(body), record: body });
    },
  );

  // The samples of stock levels are empty in some versions; Shopify sends the fields all the same.
  test.each(rows(topicsThat("record")).filter(([, , body]) => Object.keys(body).length > 0))(
    "%s in %s brings an entire record",
    (topic, _version, body) => {
      expect(isEntireRecord(topic, body)).toBe(true);
    },
  );

  test.each(rows(topicsThat("part")))("%s in %s brings no entire record", (topic, _version, body) => {
    expect(isEntireRecord(topic, body)).toBe(false);
  });
});

describe("a record", () => {
  const ofKind = (kind: string) => rows(topicsThat("record").filter((topic) => kindOf(topic) === kind));
  const updatedAt = (body: Body) => new Date(body["updated_at"] as string).toISOString().replace("Z", "000Z");

  test.each(ofKind("order"))(
    "of %s in %s is put in its place, its id with every digit",
    (_topic, version, body) => {
      expect(Number.isSafeInteger(body["id"])).toBe(false);
      expect(readRecord("order", body)).toEqual({
        id: "820982911946154508",
        shopifyUpdatedAt: updatedAt(body),
        header: {
          orderNumber: "#9999",
          financialStatus: "VOIDED",
          fulfillmentStatus: version < "2024-04" ? "PENDING" : "UNFULFILLED",
        },
      });
    },
  );

  test.each(ofKind("product"))(
    "of %s in %s is put in its place, its id with every digit",
    (_topic, _version, body) => {
      expect(readRecord("product", body)).toEqual({
        id: "788032119674292922",
        shopifyUpdatedAt: updatedAt(body),
        header: { title: "Example T-Shirt", handle: "example-t-shirt" },
      });
    },
  );

  test.each(ofKind("customer"))(
    "of %s in %s is put in its place, its id with every digit",
    (_topic, _version, body) => {
      expect(readRecord("customer", body)).toEqual({
        id: "706405506930370084",
        shopifyUpdatedAt: updatedAt(body),
        header: {},
      });
    },
  );

  test.each(ofKind("inventory"))(
    "of %s in %s is one level, or says what it lacks",
    (_topic, version, body) => {
      const isEmpty = version >= "2024-07" && version < "2026-07";
      expect(Object.keys(body).length === 0).toBe(isEmpty);
      expect(readRecord("inventory", body)).toEqual(
        isEmpty
          ? { problem: 'There is no exact id at "inventory_item_id"' }
          : {
              id: "271878346596884015@24826418",
              shopifyUpdatedAt: updatedAt(body),
              header: { shopifyInventoryItemId: "271878346596884015", shopifyLocationId: "24826418" },
            },
      );
    },
  );

  test.each(ofKind("order"))("of %s in %s decodes to what it says", (_topic, version, body) => {
    const order = decodeOrder("rest", text(body));
    const said = orderAsDecoded(body);
    expect(order).toMatchObject(said);
    expect(order.lines).toHaveLength((body["line_items"] as unknown[]).length);
    expect(order.unknownValues).toEqual(version < "2024-04" ? ["fulfillmentStatus: PENDING"] : []);
    expect([order.transactions, order.totals.received, order.returnStatus]).toEqual(Array(3).fill(undefined));
  });

  test.each(ofKind("product"))("of %s in %s decodes to what it says", (_topic, _version, body) => {
    const product = decodeProduct("rest", text(body));
    expect({ ...product, variantIds: product.variantIds?.sort() }).toMatchObject(productAsDecoded(body));
    expect(product.variants).toHaveLength(2);
  });

  test.each(ofKind("customer"))("of %s in %s decodes to what it says", (_topic, _version, body) => {
    expect(decodeCustomer("rest", text(body))).toMatchObject(customerAsDecoded(body));
  });
});

describe("a body with hardly more than an id", () => {
  test.each(rows(["orders/delete", "products/delete", "locations/delete"]))(
    "%s in %s",
    (_topic, _version, body) => {
      expect(Object.keys(body)).toEqual(["id"]);
    },
  );

  test.each(rows(["products/delete"]))("%s in %s is a deletion", (_topic, _version, body) => {
    expect(decodeProduct("rest", text(body), "788032119674292922")).toMatchObject({
      id: "788032119674292922",
      isDeletion: true,
    });
    // The sample's number is rounded and stands alone: without the entry's id nobody knows which product it is.
    expect(() => decodeProduct("rest", text(body))).toThrow("admin_graphql_api_id");
    expect(decodeProduct("rest", '{"id":788032119674}')).toMatchObject({
      id: "788032119674",
      isDeletion: true,
    });
  });

  test.each(rows(["customers/delete"]))("%s in %s is a deletion", (_topic, _version, body) => {
    expect(decodeCustomer("rest", text(body))).toMatchObject({ id: exactId(body), isDeletion: true });
  });

  test.each(rows(["orders/delete"]))(
    "%s in %s is no order that could be computed",
    (_topic, _version, body) => {
      expect(() => decodeOrder("rest", text(body))).toThrow("The payload cannot be read");
    },
  );
});

describe("a part of an order, put where a whole order has it", () => {
  const order = documentedBody(newest, "orders/create") ?? {};

  test.each(rows(["refunds/create"]))(
    "%s in %s: the goods and the money of a refund",
    (_, _version, refund) => {
      expect(decodeOrder("rest", text({ ...order, refunds: [refund] }))).toMatchObject({
        refunds: [refundAsDecoded(refund)],
        totals: { refunded: refundAsDecoded(refund).total },
      });
    },
  );

  test.each(rows(["fulfillments/create", "fulfillments/update"]))(
    "%s in %s: the parcel and its lines",
    (_topic, _version, fulfillment) => {
      const told = decodeOrder("rest", text({ ...order, fulfillments: [fulfillment] })).fulfillments;
      const lines = fulfillment["line_items"] as Body[];
      expect(told).toMatchObject([
        {
          id: "123456",
          name: fulfillment["name"],
          status: "PENDING",
          deliveryStatus: null,
          totalQty: lines.length,
          tracking: [
            {
              company: "UPS",
              number: "1z827wk74630",
              url: expect.stringContaining("1z827wk74630") as string,
            },
          ],
          lines: lines.map((line) => ({ lineId: exactId(line), qty: line["quantity"] })),
        },
      ]);
    },
  );
});
