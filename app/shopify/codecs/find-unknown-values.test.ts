import { isEnumType } from "graphql";
import { describe, expect, test } from "vitest";
import { loadSchema } from "#simulator/schema/load-schema.ts";
import { anOrder } from "#tests/fixtures/an-order.ts";
import { decodeRest } from "#tests/order-shapes/a-rest-order.ts";
import { slot } from "#tests/order-shapes/an-order-slot.ts";
import { decodeOrderNode } from "./decode-order-node.ts";
import { findUnknownValues, KNOWN_VALUES } from "./find-unknown-values.ts";
import { mergeOrderSlots } from "./merge-order-slots.ts";
import type { DecodedOrder } from "./order-parts.ts";

describe("the words our rules know are those of Shopify's schema, no fewer and no more", () => {
  const { schema } = loadSchema();
  test.each(Object.entries(KNOWN_VALUES))("%s", (name, words) => {
    const type = schema.getType(name);
    if (!isEnumType(type)) throw new TypeError(`${name} is no enum of the schema`);
    expect(words.split(" ").sort()).toEqual(
      type
        .getValues()
        .map((value) => value.name)
        .sort(),
    );
  });
});

const LATER = "A_WORD_OF_NEXT_YEAR";
const { decoded } = slot("rest", 1);
const money = { shop: 0, presentment: 0 };
/** Where an order has a word of an enum: its place, and an order with `word` there. */
const PLACES: Record<
  string,
  { of: keyof typeof KNOWN_VALUES; order: (word: string) => Partial<DecodedOrder> }
> = {
  financialStatus: { of: "OrderDisplayFinancialStatus", order: (word) => ({ financialStatus: word }) },
  fulfillmentStatus: { of: "OrderDisplayFulfillmentStatus", order: (word) => ({ fulfillmentStatus: word }) },
  returnStatus: { of: "OrderReturnStatus", order: (word) => ({ returnStatus: word }) },
  cancelReason: { of: "OrderCancelReason", order: (word) => ({ cancelReason: word }) },
  "fulfillments.status": {
    of: "FulfillmentStatus",
    order: (status) => ({ fulfillments: [parcel({ status })] }),
  },
  "fulfillments.deliveryStatus": {
    of: "FulfillmentDisplayStatus",
    order: (deliveryStatus) => ({ fulfillments: [parcel({ deliveryStatus })] }),
  },
  "transactions.kind": {
    of: "OrderTransactionKind",
    order: (kind) => ({ transactions: [transaction({ kind })] }),
  },
  "transactions.status": {
    of: "OrderTransactionStatus",
    order: (status) => ({ transactions: [transaction({ status })] }),
  },
  "refunds.lines.restockType": {
    of: "RefundLineItemRestockType",
    order: (restockType) => ({
      refunds: [
        {
          ...{
            id: "91",
            createdAt: null,
            total: money,
            returnId: null,
            shipping: [],
            adjustments: [],
            duties: [],
          },
          lines: [{ lineId: "501", qty: 1, restockType, subtotal: money, tax: money }],
        },
      ],
    }),
  },
  "returns.status": {
    of: "ReturnStatus",
    order: (status) => ({
      returns: [
        {
          ...{ id: "31", name: null, status, createdAt: null, closedAt: null, lines: [] },
          exchangeLineIds: [],
        },
      ],
    }),
  },
};

function parcel(patch: Partial<DecodedOrder["fulfillments"][number]>): DecodedOrder["fulfillments"][number] {
  return {
    ...{ id: "71", name: null, status: "SUCCESS", deliveryStatus: null, createdAt: null, updatedAt: null },
    ...{ inTransitAt: null, deliveredAt: null, locationId: null, totalQty: 1, tracking: [], lines: [] },
    ...patch,
  };
}

type Transaction = NonNullable<DecodedOrder["transactions"]>[number];
function transaction(patch: Partial<Transaction>): Transaction {
  return {
    ...{ id: "61", kind: "SALE", status: "SUCCESS", gateway: null, amount: money, processedAt: null },
    ...{ parentId: null, test: false },
    ...patch,
  };
}

describe("a word nobody here knows is reported with its place, wherever it stands", () => {
  test("every enum has its place", () => {
    expect(
      Object.values(PLACES)
        .map(({ of }) => of)
        .sort(),
    ).toEqual(Object.keys(KNOWN_VALUES).sort());
  });

  test.each(Object.keys(PLACES))("%s", (place) => {
    const { of, order } = PLACES[place] ?? { of: "ReturnStatus", order: () => ({}) };
    expect(findUnknownValues({ ...decoded, ...order(LATER) })).toEqual([`${place}: ${LATER}`]);
    for (const word of KNOWN_VALUES[of].split(" "))
      expect(findUnknownValues({ ...decoded, ...order(word) }), word).toEqual([]);
    expect(
      findUnknownValues({ ...decoded, ...order(KNOWN_VALUES[of].split(" ")[0]?.toLowerCase() ?? "") }),
    ).toHaveLength(1);
  });

  test("each once, sorted; nothing said is nothing unknown", () => {
    const twice = {
      fulfillments: [parcel({ status: "B" }), parcel({ status: "B" }), parcel({ status: "A" })],
    };
    expect(findUnknownValues({ ...decoded, ...twice, cancelReason: "Z" })).toEqual([
      ...["cancelReason: Z", "fulfillments.status: A", "fulfillments.status: B"],
    ]);
    const silent = {
      financialStatus: null,
      returnStatus: undefined,
      returns: undefined,
      transactions: undefined,
    };
    expect(findUnknownValues({ ...decoded, ...silent, cancelReason: "" })).toEqual([]);
  });
});

test("REST's spelling of the same words is known, and of others is not", () => {
  const order = (status: string) => decodeRest({ financial_status: status, cancel_reason: "customer" });
  expect(order("partially_paid").unknownValues).toEqual([]);
  expect(order("paid_in_shells").unknownValues).toEqual(["financialStatus: PAID_IN_SHELLS"]);
});

test("an unknown word in any payload is shown on the order; it never stops it", () => {
  const node = decodeOrderNode(anOrder({ financialStatus: "PAID_IN_SHELLS" }));
  const older = { shape: "bulk", shopifyUpdatedAt: "2026-11-01T10:00:00Z", triggeredAt: null, decoded: node };
  const newer = {
    ...older,
    shape: "rest",
    shopifyUpdatedAt: "2026-11-02T10:00:00Z",
    decoded: decodeRest({ cancel_reason: "boredom" }),
  };
  expect(mergeOrderSlots([older, newer], []).unknownValues).toEqual([
    "cancelReason: BOREDOM",
    "financialStatus: PAID_IN_SHELLS",
  ]);
});
