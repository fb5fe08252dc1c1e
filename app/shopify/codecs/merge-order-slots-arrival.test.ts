import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeRest } from "#tests/order-shapes/a-rest-order.ts";
import { mergeOrderSlots } from "./merge-order-slots.ts";
import type { OrderSlot } from "./order-slot.ts";
import type {
  DecodedFulfillmentOrder,
  DecodedOrder,
  FulfillmentPart,
  RefundPart,
  ReturnPart,
  TransactionPart,
} from "./order-parts.ts";

/** Few values, so that slots agree, collide and contradict each other often. */
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const money = fc.constantFrom(0, 100, 250).map((minor) => ({ shop: minor, presentment: minor }));
const time = fc.constantFrom(null, "2026-11-01T00:00:00Z", "2026-11-01T01:00:00Z", "2026-11-01T02:00:00Z");
const gateway = fc.constantFrom("Razorpay", "Cash on Delivery (COD)", "gift_card");
const lines = fc.uniqueArray(
  fc.record({ lineId: fc.constantFrom("1", "2", "3"), qty: fc.integer({ min: 1, max: 3 }) }),
  {
    selector: ({ lineId }) => lineId,
  },
);
const ids = fc.uniqueArray(fc.constantFrom("7", "8", "9"));

const parcel: fc.Arbitrary<Omit<FulfillmentPart, "id">> = fc.record({
  name: fc.constant(null),
  status: fc.constantFrom("SUCCESS", "CANCELLED"),
  deliveryStatus: fc.constantFrom(null, "IN_TRANSIT", "DELIVERED"),
  createdAt: fc.constant(null),
  updatedAt: time,
  inTransitAt: time,
  deliveredAt: time,
  locationId: fc.constant(null),
  totalQty: maybe(fc.integer({ min: 1, max: 9 })),
  tracking: fc.constant([]),
  lines: maybe(lines),
});
const withIds = <T extends object>(part: fc.Arbitrary<T>) =>
  ids.chain((some) => fc.tuple(...some.map((id) => part.map((one) => ({ ...one, id })))));

const refund: fc.Arbitrary<Omit<RefundPart, "id">> = fc.record({
  createdAt: time,
  total: maybe(money),
  returnId: maybe(fc.constantFrom(null, "7")),
  lines: maybe(
    fc.array(
      fc.record({
        lineId: fc.constantFrom("1", "2"),
        qty: fc.integer({ min: 1, max: 2 }),
        restockType: fc.constantFrom("RETURN", "CANCEL", "NO_RESTOCK"),
        subtotal: money,
        tax: money,
      }),
      { maxLength: 2 },
    ),
  ),
  shipping: maybe(fc.constant([])),
  adjustments: maybe(fc.constant([])),
  duties: maybe(fc.constant([])),
});
const comingBack: fc.Arbitrary<Omit<ReturnPart, "id">> = fc.record({
  name: fc.constant(null),
  status: fc.constantFrom("OPEN", "CLOSED", "REQUESTED"),
  createdAt: time,
  closedAt: time,
  lines: maybe(fc.constant([{ lineId: "1", qty: 1, processedQty: 0, reason: null }])),
  exchangeLineIds: maybe(fc.constantFrom([], ["2"])),
});

const decoded: fc.Arbitrary<DecodedOrder> = fc
  .record({
    note: fc.constantFrom(null, "a", "b"),
    gateways: fc.uniqueArray(gateway),
    returnStatus: maybe(fc.constantFrom("NO_RETURN", "RETURNED")),
    customer: maybe(
      fc.option(
        fc.record({
          id: fc.constantFrom("1", "2"),
          email: maybe(fc.constantFrom(null, "a@example.in")),
          tags: maybe(fc.constant<string[]>(["vip"])),
        }),
      ),
    ),
    transactions: maybe(fc.constant<TransactionPart[]>([])),
    fulfillments: withIds(parcel),
    refunds: withIds(refund),
    returns: maybe(withIds(comingBack)),
    fees: fc.array(fc.record({ title: fc.constantFrom("COD fee", "Additional fees"), amount: money }), {
      maxLength: 2,
    }),
    totals: fc.record({
      tip: money,
      received: maybe(money),
      refunded: maybe(money),
      outstanding: maybe(money),
    }),
  })
  .map((parts) => {
    const order = decodeRest();
    return { ...order, ...parts, totals: { ...order.totals, ...parts.totals } };
  });

const slots: fc.Arbitrary<OrderSlot[]> = fc
  .uniqueArray(fc.constantFrom("rest", "bulk", "detail"), { minLength: 1 })
  .chain((shapes) =>
    fc.tuple(
      ...shapes.map((shape) =>
        fc.record({ shape: fc.constant(shape), shopifyUpdatedAt: time, triggeredAt: time, decoded }),
      ),
    ),
  );

const fulfillmentOrders: fc.Arbitrary<DecodedFulfillmentOrder[]> = fc.array(
  fc.record({
    id: fc.constantFrom("1", "2", "3"),
    updatedAt: time,
    status: fc.constantFrom("OPEN", "CLOSED", null),
    methodType: fc.constantFrom("SHIPPING", "PICK_UP", null),
    locationId: fc.constantFrom("7", null),
    holds: fc.array(fc.constantFrom("Address", "Stock"), { maxLength: 2 }),
    fulfillments: withIds(fc.record({ lines: maybe(lines) })),
  }),
  { maxLength: 3 },
);

const shuffled = <T>(list: fc.Arbitrary<T[]>) =>
  list.chain((one) => fc.tuple(fc.constant(one), fc.shuffledSubarray(one, { minLength: one.length })));

test("whatever the order of arrival, the same payloads make the same snapshot", () => {
  fc.assert(
    fc.property(shuffled(slots), shuffled(fulfillmentOrders), ([one, other], [some, same]) => {
      const before = JSON.stringify([one, some]);
      expect(mergeOrderSlots(other, same)).toEqual(mergeOrderSlots(one, some));
      expect(JSON.stringify([one, some])).toBe(before);
    }),
    { numRuns: 500 },
  );
});

test("a part that any payload carries is in the snapshot, and every gateway ever named", () => {
  fc.assert(
    fc.property(slots, fulfillmentOrders, (told, some) => {
      const snapshot = mergeOrderSlots(told, some);
      const anyOf = (read: (order: DecodedOrder) => unknown) =>
        told.some((one) => read(one.decoded) !== undefined);
      for (const read of [
        (order: DecodedOrder) => order.transactions,
        (order: DecodedOrder) => order.customer,
        (order: DecodedOrder) => order.totals.received,
        (order: DecodedOrder) => order.totals.refunded,
        (order: DecodedOrder) => order.totals.outstanding,
        (order: DecodedOrder) => order.returns,
      ])
        expect(read(snapshot) !== undefined).toBe(anyOf(read));
      for (const { id, lines: goods } of snapshot.refunds) {
        const known = told.some((one) =>
          one.decoded.refunds.some((other) => other.id === id && other.lines !== undefined),
        );
        expect(goods !== undefined).toBe(known);
      }
      for (const { id, lines: goods } of snapshot.returns ?? []) {
        const known = told.some((one) =>
          one.decoded.returns?.some((other) => other.id === id && other.lines !== undefined),
        );
        expect(goods !== undefined).toBe(known);
      }
      for (const fulfillment of snapshot.fulfillments) {
        const known = [...told.map((one) => one.decoded), ...some].some((one) =>
          one.fulfillments.some(({ id, lines: held }) => id === fulfillment.id && held !== undefined),
        );
        expect(fulfillment.lines !== undefined).toBe(known);
      }
      expect(snapshot.gatewaysSeen).toEqual([...new Set(told.flatMap((one) => one.decoded.gateways))].sort());
    }),
    { numRuns: 500 },
  );
});

test("more payloads never make a snapshot poorer: an older one only fills what is unsaid", () => {
  fc.assert(
    fc.property(slots, (told) => {
      const [first, ...others] = told;
      if (first === undefined) return;
      const late = { ...first, shopifyUpdatedAt: "2026-12-01T00:00:00Z" };
      const alone = mergeOrderSlots([late], []);
      const together = mergeOrderSlots([late, ...others], []);
      expect(together.note).toBe(alone.note);
      for (const part of ["returnStatus", "transactions"] as const)
        if (alone[part] !== undefined) expect(together[part]).toEqual(alone[part]);
      for (const [index, fulfillment] of alone.fulfillments.entries())
        if (fulfillment.lines !== undefined)
          expect(together.fulfillments[index]?.lines).toEqual(fulfillment.lines);
    }),
  );
});
