import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { newestContact } from "./contact.ts";
import type { Contact, ContactField } from "./contact.ts";
import type { CustomerNews } from "./customer-news.ts";
import type { CustomerRow, StoredCustomer } from "./customer-rows.ts";
import { planCustomers } from "./plan-customers.ts";
import type { CustomerContext } from "./plan-customers.ts";
import { mergeCustomerNews, needsAllTold } from "./merge-customer-news.ts";

const NOW = "2026-11-22T10:00:00.000Z";
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
  values: Partial<Record<ContactField, string | null>>,
  rest: Partial<CustomerNews> = {},
): CustomerNews {
  const piece = {
    shopifyCustomerId: id,
    asOf: "2026-11-01T00:00:00.000Z",
    own: OWN,
    deleted: false,
    hasOrder: true,
    ...rest,
  };
  const told = Object.entries(values).map(([field, value]) => [
    field,
    { value, at: piece.asOf, own: piece.own !== null },
  ]);
  return { contact: Object.fromEntries(told) as Contact, ...piece };
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

describe("the newest known value of each field (law 4)", () => {
  const at = (day: number) => `2026-11-0${String(day)}T00:00:00.000Z`;
  const text = fc.constantFrom("a", "b", "c");
  /** An order that does not tell a field leaves it as it is; a customer's own payload tells all, null too. */
  const orders = fc.array(
    fc.record({ day: fc.integer({ min: 1, max: 9 }), email: fc.option(text), phone: fc.option(text) }),
    { minLength: 1, maxLength: 6 },
  );
  const owns = fc.array(
    fc.integer({ min: 1, max: 9 }).chain((day) =>
      fc.record({
        day: fc.constant(day),
        email: fc.option(text),
        phone: fc.option(text),
      }),
    ),
    { maxLength: 1 },
  );

  const anOrder = (order: { day: number; email: string | null; phone: string | null }) =>
    news(
      "1",
      {
        ...(order.email !== null && { email: order.email }),
        ...(order.phone !== null && { phone: order.phone }),
      },
      { asOf: at(order.day), own: null },
    );

  test("stands, whatever the order in which a customer's payload and orders arrive", () => {
    const arrivals = fc.tuple(orders, owns).chain(([told, own]) => {
      const pieces = [
        ...told.map(anOrder),
        ...own.map(({ day, ...values }) => news("1", values, { asOf: at(day) })),
      ];
      return fc.tuple(fc.constant(pieces), fc.shuffledSubarray(pieces, { minLength: pieces.length }));
    });
    fc.assert(
      fc.property(arrivals, ([pieces, arrived]) => {
        const newest = newestContact(pieces.map((piece) => piece.contact));
        const end = arrive(arrived);
        expect([end?.email, end?.phone]).toEqual([newest.email?.value ?? null, newest.phone?.value ?? null]);
        if (pieces.some((piece) => piece.own !== null)) expect(end).toMatchObject({ tags: ["vip"] });
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    [
      "a newer order without a phone erases none",
      [
        [1, "a", "b"],
        [2, "c", null],
      ],
      "c",
      "b",
    ],
    [
      "an older order that comes late fills what no newer one told",
      [
        [2, "c", null],
        [1, "a", "b"],
      ],
      "c",
      "b",
    ],
    [
      "and not what a newer one told",
      [
        [9, null, "c"],
        [5, "b", "b"],
        [7, "c", null],
        [1, "a", "a"],
      ],
      "c",
      "c",
    ],
  ] as const)("%s", (_what, told, email, phone) => {
    const end = arrive(told.map(([day, ...rest]) => anOrder({ day, email: rest[0], phone: rest[1] })));
    expect([end?.email, end?.phone]).toEqual([email, phone]);
  });

  test("the customer's own payload saying that there is none is knowledge, at the same moment too", () => {
    const own = news("1", { phone: null }, { asOf: at(5) });
    const order = news("1", { phone: "a" }, { asOf: at(5), own: null });
    expect(arrive([order, own])?.phone).toBeNull();
    expect(arrive([own, order])?.phone).toBeNull();
  });
});

/** One piece after the other, asking for all that was told where the plan is unsure, as the batch does. */
function arrive(pieces: readonly CustomerNews[]): CustomerRow | null {
  let row: CustomerRow | null = null;
  const told: CustomerNews[] = [];
  for (const piece of pieces) {
    // Who told nothing new wrote nothing but did tell: the database knows when (`lockCustomers`).
    const newest: string = told.reduce((max, { asOf }) => ((asOf ?? "") > max ? (asOf ?? "") : max), "");
    if (row !== null && newest !== "") row = { ...row, shopifyUpdatedAt: newest };
    const known =
      row !== null && needsAllTold(row, piece)
        ? newestContact(told.map(({ contact }) => contact))
        : undefined;
    row = mergeCustomerNews(row, piece, { id: "c", now: NOW, known });
    told.push(piece);
  }
  return row;
}

describe("a customer that was merged into another", () => {
  const kept = record("k", { shopifyCustomerId: "1", shopifyUpdatedAt: "2026-11-01T00:00:00.000Z" });
  const gone = record("g", {
    shopifyCustomerId: "2",
    shopifyUpdatedAt: "2026-11-01T00:00:00.000Z",
    archivedAt: NOW,
    mergedIntoId: "k",
  });

  test("leads to the one that was kept; its news stays in its own row, archived", () => {
    const { recordIds, updates } = plan(
      [news("2", { email: "new@x.in" }, { asOf: "2026-11-09T00:00:00.000Z" })],
      {
        linked: [gone],
        kept: [kept],
      },
    );
    expect(recordIds.get("2")).toBe("k");
    expect(updates).toMatchObject([{ id: "g", email: "new@x.in", archivedAt: NOW }]);
  });

  test("both in one batch: the kept one's own news makes its row, whichever comes first", () => {
    const remembered = { ...kept, archivedAt: NOW, shopifyUpdatedAt: null };
    const pieces = [news("2", { email: "gone@x.in" }), news("1", { email: "kept@x.in" })];
    for (const arrived of [pieces, pieces.toReversed()]) {
      const { updates, made, changes } = plan(arrived, {
        linked: [{ ...gone, shopifyUpdatedAt: null }, remembered],
        kept: [remembered],
      });
      const rows = new Map(updates.map((row) => [row.id, row]));
      expect(rows.get("k")).toMatchObject({ email: "kept@x.in", archivedAt: null });
      expect(rows.get("g")).toMatchObject({ email: "gone@x.in", archivedAt: NOW });
      expect([...made].sort()).toEqual(["1", "2"]);
      expect(changes.find((change) => change.customerId === "k")?.change).toBe("created");
    }
  });

  test("what only remembers a merge is no customer: news without an order passes it over", () => {
    const remembered = { ...kept, archivedAt: NOW, shopifyUpdatedAt: null };
    const { updates, recordIds } = plan([news("1", { email: "a@x.in" }, { hasOrder: false })], {
      linked: [remembered],
    });
    expect([updates, recordIds.get("1")]).toEqual([[], null]);
  });
});
