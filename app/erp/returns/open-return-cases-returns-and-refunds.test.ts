import { describe, expect, test } from "vitest";
import type { Json } from "#tests/fixtures/a-fulfillment.ts";
import { on } from "#tests/fixtures/fact-rows.ts";
import {
  aRefund,
  aReturn,
  arrived,
  casesOf,
  closed,
  gid,
  gone,
  line,
  opened,
  parcel,
  received,
  takenBack,
  there,
  told,
  type Sketch,
} from "#tests/fixtures/return-cases.ts";

describe("returns", () => {
  test.each<[string, Json, boolean, string]>([
    ["asked for", { status: "REQUESTED" }, false, "requested"],
    ["open", {}, false, "initiated"],
    [
      "closed in Shopify: not received here until somebody has it",
      { status: "CLOSED", closedAt: on(8) },
      false,
      "initiated",
    ],
    ["closed in Shopify, history", { status: "CLOSED", closedAt: on(8) }, true, "closed"],
    ["open, history", {}, true, "initiated"],
  ])("Shopify's: %s", (_what, more, isHistory, state) => {
    const { cases } = casesOf({ ...there, returns: [aReturn("31", { 501: 1 }, more)], isHistory });
    expect(cases).toEqual([
      {
        ...{
          id: "return-31",
          kind: "return",
          state,
          name: "#1001-R31",
          parcelId: null,
          shopifyReturnId: "31",
        },
        ...{ reason: "SIZE_TOO_SMALL", openedBy: "shopify", openedAt: on(6), receivedAt: null },
        closedAt: state === "closed" ? on(8) : null,
        lines: [{ lineId: "501", qty: 1, receivedQty: 0 }],
      },
    ]);
  });

  test("history that Shopify closed is returned; what is not history waits for the goods", () => {
    const returns = [aReturn("31", { 501: 2 }, { status: "CLOSED" })];
    const returned = (isHistory: boolean) => casesOf({ ...there, returns, isHistory }).status;
    expect(returned(true).status).toBe("returned");
    expect(returned(false).status).toBe("delivered");
    expect(returned(false).lines.get("501")).toMatchObject({ returnedQty: 0 });
  });

  test("one whose goods nobody has told yet is a case all the same", () => {
    const cut = aReturn("31", {}, { returnLineItems: { nodes: [], pageInfo: { hasNextPage: true } } });
    expect(told({ ...there, returns: [cut] })).toEqual(["return-31 initiated: "]);
  });

  test("one of goods that no payload showed leaving, or nobody knows in which parcel, is believed", () => {
    const unsent = { lines: [line("501", { unfulfilledQuantity: 2 })], returns: [aReturn("31", { 501: 1 })] };
    expect(told(unsent)).toEqual(["return-31 initiated: 1 × 501"]);
    const fulfillments = [
      parcel("71", { 501: 2 }, arrived),
      parcel("72", null, arrived),
      parcel("73", null, arrived),
    ];
    const unknown = { lines: ["501", "502", "503"].map((id) => line(id)), fulfillments };
    expect(told({ ...unknown, returns: [aReturn("31", { 502: 1 })] })).toEqual([
      "return-31 initiated: 1 × 502",
    ]);
  });

  test("an exchange: what comes back is its case; what goes out for it is none", () => {
    const exchange = aReturn(
      "31",
      { 501: 1 },
      { exchangeLineItems: [{ lineItems: [{ id: gid("LineItem", "502") }] }] },
    );
    const lines = [line("501", { currentQuantity: 1 }), line("502", { quantity: 1, unfulfilledQuantity: 1 })];
    expect(told({ ...there, lines, returns: [exchange] })).toEqual(["return-31 initiated: 1 × 501"]);
  });

  test("the ERP's own: the customer called", () => {
    const { cases } = casesOf({ ...there, facts: [opened("R1", { 501: 1 }, "71")] });
    expect(cases).toMatchObject([
      {
        ...{
          id: "R1",
          kind: "return",
          state: "initiated",
          openedBy: "erp",
          reason: "Too small",
          openedAt: on(6),
        },
        ...{ parcelId: "71", shopifyReturnId: null },
      },
    ]);
  });

  test.each(["return-31", "R1", "refund-91"])("received and closed by the ERP's facts: %s", (id) => {
    const sketch: Sketch = {
      ...there,
      ...(id === "return-31" && { returns: [aReturn("31", { 501: 1 })] }),
      ...(id === "refund-91" && { refunds: [aRefund("91", "RETURN", { 501: 1 })] }),
    };
    const mine = id === "R1" ? [opened("R1", { 501: 1 })] : [];
    const back = { ...sketch, facts: [...mine, received(id, "501", 1)] };
    expect(casesOf(back).cases).toMatchObject([
      { id, state: "received", receivedAt: on(8), lines: [{ receivedQty: 1 }] },
    ]);
    expect(casesOf(back).status.lines.get("501")).toMatchObject({ returnedQty: 1 });
    expect(casesOf({ ...back, facts: [...back.facts, closed(id, "damaged")] }).cases).toMatchObject([
      { id, state: "damaged", receivedAt: on(8), closedAt: on(9) },
    ]);
  });
});

describe("refunds that put goods back into Shopify's stock", () => {
  const unsent = parcel("70", { 501: 2 }, { ...takenBack, displayStatus: "CANCELED" });

  test("count only where something left", () => {
    const refunds = [aRefund("91", "RETURN", { 501: 1 })];
    expect(
      told({ lines: [line("501", { unfulfilledQuantity: 2 })], fulfillments: [unsent], refunds }),
    ).toEqual([]);
    expect(
      told({
        lines: [line("501", { currentQuantity: 1 })],
        fulfillments: [unsent, ...there.fulfillments],
        refunds,
      }),
    ).toEqual(["refund-91 initiated: 1 × 501"]);
  });

  test("of a return that is canceled since bring nothing back", () => {
    const refunds = [aRefund("91", "RETURN", { 501: 1 }, { return: { id: gid("Return", "31") } })];
    const returns = [aReturn("31", { 501: 1 }, { status: "CANCELED" })];
    expect(told({ ...there, lines: [line("501", { currentQuantity: 1 })], returns, refunds })).toEqual([]);
  });

  const less = { ...there, lines: [line("501", { currentQuantity: 1 })] };
  test.each<[string, Sketch, string[]]>([
    [
      "without a return: somebody expects them here",
      { ...less, refunds: [aRefund("91", "RETURN", { 501: 1 })] },
      ["refund-91 initiated: 1 × 501"],
    ],
    [
      "in the old word for it",
      { ...less, refunds: [aRefund("91", "LEGACY_RESTOCK", { 501: 1 })] },
      ["refund-91 initiated: 1 × 501"],
    ],
    [
      "history: done",
      { ...less, refunds: [aRefund("91", "RETURN", { 501: 1 })], isHistory: true },
      ["refund-91 closed: 1 × 501"],
    ],
    [
      "of a return: the return is the case",
      {
        ...less,
        returns: [aReturn("31", { 501: 1 })],
        refunds: [aRefund("91", "RETURN", { 501: 1 }, { return: { id: gid("Return", "31") } })],
      },
      ["return-31 initiated: 1 × 501"],
    ],
    [
      "not tied to the return it is of",
      { ...less, returns: [aReturn("31", { 501: 1 })], refunds: [aRefund("91", "RETURN", { 501: 1 })] },
      ["return-31 initiated: 1 × 501"],
    ],
    [
      "and one unit more",
      {
        ...there,
        lines: [gone("501")],
        returns: [aReturn("31", { 501: 1 })],
        refunds: [aRefund("91", "RETURN", { 501: 2 })],
      },
      ["return-31 initiated: 1 × 501", "refund-91 initiated: 1 × 501"],
    ],
    [
      "two refunds of one unit each",
      {
        ...there,
        lines: [gone("501")],
        refunds: [aRefund("91", "RETURN", { 501: 1 }), aRefund("92", "RETURN", { 501: 1 })],
      },
      ["refund-91 initiated: 1 × 501", "refund-92 initiated: 1 × 501"],
    ],
    [
      "of a cancelled order: the cancellation's case",
      { ...there, cancelledAt: on(7), lines: [gone("501")], refunds: [aRefund("91", "RETURN", { 501: 2 })] },
      ["parcel-71 initiated: 2 × 501"],
    ],
  ])("%s", (_what, sketch, cases) => {
    expect(told(sketch)).toEqual(cases);
  });
});
