import { expect, test } from "vitest";
import type { ErpOrderWithParts } from "#app/erp/orders/erp-order-with-parts.ts";
import { buildOrderTimeline } from "./order-timeline.ts";

const format = { money: (amount: string, currency: string) => `${currency} ${amount}`, number: String };
const NOTHING = { facts: [], payloads: [], decisions: [] };

/** Only what the timeline reads. */
const order = (more: Partial<ErpOrderWithParts>) =>
  ({
    ...{ createdAt: "2026-11-02T00:00:00.000Z", updatedAt: "2026-11-02T00:00:00.000Z", source: "web" },
    ...{
      shopifyCreatedAt: "2026-11-01T00:00:00.000Z",
      cancelledAt: null,
      cancelReason: null,
      closedAt: null,
    },
    ...{ archivedAt: null, presentmentCurrency: "INR", payments: [], parcels: [], cases: [], lines: [] },
    ...more,
  }) as unknown as ErpOrderWithParts;

const said = (told: Parameters<typeof buildOrderTimeline>[0]) =>
  buildOrderTimeline(told, format).map(({ what, details }) => (details ? `${what} (${details})` : what));

test("the newest stands first, whatever it is", () => {
  expect(
    said({
      order: order({
        cancelledAt: "2026-11-05T00:00:00.000Z",
        cancelReason: "CUSTOMER",
        payments: [
          {
            ...{ id: "1", kind: "SALE", status: "SUCCESS", gateway: "Razorpay", amount: "5", test: false },
            ...{ presentmentAmount: "5", processedAt: "2026-11-01T00:01:00.000Z", parentTransactionId: null },
          },
        ],
      }),
      story: {
        facts: [
          {
            ...{ kind: "payment_method", lineId: null, parcelId: null, qty: null, words: "COD · Said so" },
            ...{ actor: "77", at: "2026-11-04T00:00:00.000Z" },
          },
        ],
        payloads: [
          {
            ...{ source: "webhook", shape: "rest", shopifyUpdatedAt: null },
            receivedAt: "2026-11-03T00:00:00.000Z",
          },
        ],
        decisions: [{ action: "order.fetch", actor: "key abc", at: "2026-11-06T00:00:00.000Z" }],
      },
    }),
  ).toEqual([
    "Fetched again from Shopify (by API key abc)",
    "Cancelled in Shopify (Reason: customer)",
    "Payment method corrected (COD · Said so · by staff member 77)",
    "Shopify's record came by webhook (As a webhook words it)",
    "First in the ERP",
    "INR 5 paid (by Razorpay)",
    "Created in Shopify (Source: web)",
  ]);
});

test("of one instant, what follows from the other is the newer", () => {
  const payment = (id: string, kind: string) => ({
    ...{ id, kind, status: "SUCCESS", gateway: null, amount: "5", presentmentAmount: "5", test: false },
    ...{ processedAt: "2026-11-01T00:00:00.000Z", parentTransactionId: null },
  });
  const payments = [payment("1", "AUTHORIZATION"), payment("2", "CAPTURE")];
  expect(said({ order: order({ payments }), story: NOTHING }).slice(-3)).toEqual([
    "INR 5 captured",
    "INR 5 authorized",
    "Created in Shopify (Source: web)",
  ]);
});

test("what was done here is said once, by whom, with the variant; what Shopify tells of a parcel is said as such", () => {
  const at = "2026-11-05T00:00:00.000Z";
  const parcels = [
    {
      id: "p",
      name: null,
      awbNumber: "A1",
      courier: "C",
      handedOverAt: at,
      deliveredAt: "2026-11-06T00:00:00.000Z",
    },
  ] as unknown as ErpOrderWithParts["parcels"];
  const lines = [{ id: "l", title: "Kurta", variantTitle: "M" }] as unknown as ErpOrderWithParts["lines"];
  const fact = { kind: "handed_over", lineId: "l", parcelId: "p", qty: 1, words: "A1", actor: "77", at };
  expect(
    said({ order: order({ parcels, lines }), story: { ...NOTHING, facts: [fact] } }).slice(0, 2),
  ).toEqual(["Parcel A1 delivered (C)", "Handed over (1 × Kurta (M) · A1 · by staff member 77)"]);
});

test("a failed payment is not called paid", () => {
  const payment = {
    ...{ id: "1", kind: "SALE", status: "FAILURE", gateway: null, amount: "5", presentmentAmount: "5" },
    ...{ processedAt: "2026-11-01T00:01:00.000Z", parentTransactionId: null, test: false },
  };
  expect(said({ order: order({ payments: [payment] }), story: NOTHING })).toContain(
    "Payment of INR 5: failed",
  );
});

test("an order that is only in the cache has what came", () => {
  const payloads = [
    { source: "dump", shape: "bulk", shopifyUpdatedAt: null, receivedAt: "2026-11-03T00:00:00.000Z" },
  ];
  expect(said({ order: null, story: { ...NOTHING, payloads } })).toEqual([
    "Shopify's record came by a full dump (As a bulk file words it)",
  ]);
});
