import { describe, expect, test } from "vitest";
import fc from "fast-check";
import type { CustomerNews } from "./customer-news.ts";
import type { CustomerRow, StoredCustomer } from "./customer-rows.ts";
import { planCustomers } from "./plan-customers.ts";
import type { CustomerContext } from "./plan-customers.ts";
import { mergeCustomerNews } from "./merge-customer-news.ts";

const NOW = "2026-11-22T10:00:00.000Z";
const NOTHING = { email: undefined, phone: undefined, firstName: undefined, lastName: undefined };
const OWN = {
  defaultAddress: undefined,
  acceptsMarketing: true,
  tags: ["vip"],
  note: null,
  state: "ENABLED",
  ordersCount: 2,
  totalSpent: "100.5",
  currency: "INR",
  taxExempt: false,
};

function news(
  id: string,
  contact: Partial<CustomerNews["contact"]>,
  rest: Partial<CustomerNews> = {},
): CustomerNews {
  return {
    shopifyCustomerId: id,
    contact: { ...NOTHING, ...contact },
    asOf: "2026-11-01T00:00:00.000Z",
    own: OWN,
    deleted: false,
    hasOrder: true,
    ...rest,
  };
}

function record(id: string, rest: Partial<StoredCustomer> = {}): StoredCustomer {
  const row = mergeCustomerNews(null, news("-", {}, { own: null, asOf: null }), { id, now: NOW });
  return { ...row, shopifyCustomerId: null, redacted: false, mergedIntoId: null, ...rest };
}

function plan(
  pieces: CustomerNews[],
  context: {
    linked?: StoredCustomer[];
    records?: StoredCustomer[];
    shared?: string[];
    forgotten?: string[];
    kept?: StoredCustomer[];
  } = {},
) {
  let ids = 0;
  const full: CustomerContext = {
    linked: new Map((context.linked ?? []).map((row) => [row.shopifyCustomerId ?? "", row])),
    kept: new Map((context.kept ?? []).map((row) => [row.id, row])),
    unlinked: { records: context.records ?? [], shared: new Set(context.shared) },
    forgotten: new Set(context.forgotten),
  };
  return planCustomers(pieces, full, { now: NOW, newId: () => `new-${String(++ids)}` });
}

describe("who gets a record", () => {
  test.each([
    ["with an order", news("1", {}), 1],
    ["without one", news("1", {}, { hasOrder: false }), 0],
    ["deleted before it was known", news("1", {}, { deleted: true }), 0],
  ] as const)("a customer %s", (_what, piece, made) => {
    expect(plan([piece]).creates).toHaveLength(made);
  });

  test("a customer without an order by the webhook's word keeps the record it has", () => {
    const linked = [record("c1", { shopifyCustomerId: "1" })];
    expect(plan([news("1", { lastName: "Rao" }, { hasOrder: false })], { linked }).updates).toMatchObject([
      { id: "c1", lastName: "Rao" },
    ]);
  });

  test("a redacted person does not come back, with or without a record", () => {
    const linked = [record("c1", { shopifyCustomerId: "1", redacted: true })];
    const { creates, updates, recordIds } = plan(
      [news("1", { email: "a@x.in" }), news("2", { email: "b@x.in" })],
      { linked, forgotten: ["2"] },
    );
    expect([creates, updates, [...recordIds]]).toEqual([
      [],
      [],
      [
        ["1", "c1"],
        ["2", null],
      ],
    ]);
  });
});

describe("attaching a record without a Shopify id", () => {
  const byEmail = record("c1", { email: "asha@x.in", note: "calls back" });
  const byPhone = record("c2", { phone: "+919812345678" });
  test.each([
    ["by email", news("1", { email: "asha@x.in" }), [byEmail], [], "c1"],
    [
      "by phone when no email fits",
      news("1", { email: "new@x.in", phone: "+919812345678" }),
      [byPhone],
      [],
      "c2",
    ],
    [
      "by email before phone",
      news("1", { email: "asha@x.in", phone: "+919812345678" }),
      [byPhone, byEmail],
      [],
      "c1",
    ],
    [
      "not when two records fit",
      news("1", { email: "asha@x.in" }),
      [byEmail, record("c3", { email: "asha@x.in" })],
      [],
      "new-1",
    ],
    [
      "not by a shared or ignored address",
      news("1", { email: "asha@x.in" }),
      [byEmail],
      ["asha@x.in"],
      "new-1",
    ],
    [
      "not by a text that is no phone number",
      news("1", { phone: "ask" }),
      [record("c4", { phone: "ask" })],
      [],
      "new-1",
    ],
    [
      "not a linked record",
      news("1", { email: "asha@x.in" }),
      [record("c5", { email: "asha@x.in", shopifyCustomerId: "9" })],
      [],
      "new-1",
    ],
    [
      "not an archived record",
      news("1", { email: "asha@x.in" }),
      [record("c6", { email: "asha@x.in", archivedAt: NOW })],
      [],
      "new-1",
    ],
  ])("%s", (_what, piece, records, shared, expected) => {
    expect(plan([piece], { records, shared }).recordIds.get("1")).toBe(expected);
  });

  test("one record is attached once", () => {
    const { recordIds } = plan([news("1", { email: "asha@x.in" }), news("2", { email: "asha@x.in" })], {
      records: [byEmail],
    });
    expect([...recordIds.values()]).toEqual(["c1", "new-1"]);
  });
});

test("the same news again changes nothing, and neither does a moment that only moved", () => {
  const { creates } = plan([news("1", { email: "a@x.in" })]);
  const linked = [{ ...(creates[0] as CustomerRow), redacted: false, mergedIntoId: null }];
  expect(plan([news("1", { email: "a@x.in" })], { linked }).changes).toEqual([]);
  expect(
    plan([news("1", { email: "a@x.in" }, { asOf: "2026-11-05T00:00:00.000Z" })], { linked }).changes,
  ).toEqual([]);
});

test("a deleted customer is archived once", () => {
  const linked = [record("c1", { shopifyCustomerId: "1" })];
  const { updates, changes } = plan([news("1", {}, { deleted: true })], { linked });
  expect(changes).toMatchObject([{ change: "archived" }]);
  expect(
    plan([news("1", {}, { deleted: true })], {
      linked: [{ ...(updates[0] as CustomerRow), redacted: false, mergedIntoId: null }],
    }).changes,
  ).toEqual([]);
});

test("whatever the order in which a customer's payload and orders arrive, the newest contact stands (law 4)", () => {
  const orders = fc.uniqueArray(
    fc.record({
      day: fc.integer({ min: 1, max: 9 }),
      email: fc.constantFrom("a@x.in", "b@x.in", null),
      lastName: fc.constantFrom("Rao", "Iyer"),
    }),
    { selector: (order) => order.day, minLength: 1, maxLength: 5 },
  );
  const at = (day: number) => `2026-11-0${String(day)}T00:00:00.000Z`;
  const own = { email: "own@x.in", lastName: "Own", phone: null };
  const arrivals = fc.tuple(orders, fc.integer({ min: 1, max: 9 })).chain(([told, day]) => {
    const pieces = told.map(({ day: orderDay, ...contact }) =>
      news("1", contact, { asOf: at(orderDay), own: null }),
    );
    pieces.push(news("1", own, { asOf: at(day) }));
    return fc.tuple(
      fc.constant(told),
      fc.constant(day),
      fc.shuffledSubarray(pieces, { minLength: pieces.length }),
    );
  });
  fc.assert(
    fc.property(arrivals, ([told, day, pieces]) => {
      const newest = told.reduce((a, b) => (a.day > b.day ? a : b));
      const end = arrive(pieces);
      expect(end).toMatchObject(
        newest.day > day
          ? { email: newest.email, lastName: newest.lastName }
          : { email: "own@x.in", lastName: "Own" },
      );
      expect(end).toMatchObject({ tags: ["vip"], totalSpent: "100.5", state: "ENABLED" });
    }),
    { numRuns: 1000 },
  );
});

/** One piece after the other, remembering the newest order as the orders' own rows do (`lockCustomers`). */
function arrive(pieces: readonly CustomerNews[]): CustomerRow | null {
  let row: CustomerRow | null = null;
  let newestOrderAt: string | null = null;
  for (const piece of pieces) {
    const told: CustomerRow | null =
      row !== null && newestOrderAt !== null && newestOrderAt > (row.shopifyUpdatedAt ?? "")
        ? { ...row, shopifyUpdatedAt: newestOrderAt }
        : row;
    row = mergeCustomerNews(told, piece, { id: "c", now: NOW });
    if (piece.own === null && (newestOrderAt === null || (piece.asOf ?? "") > newestOrderAt))
      newestOrderAt = piece.asOf;
  }
  return row;
}
