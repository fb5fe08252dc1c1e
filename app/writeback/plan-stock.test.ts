import { describe, expect, test } from "vitest";
import type { StockTarget } from "#app/erp/inventory/load-stock-targets.server.ts";
import { readStockAnswer } from "./stock-answer.ts";
import { planStock, sayTarget, type LiveLevel, type StockAnswer, type StockRule } from "./plan-stock.ts";

const target: StockTarget = {
  ...{ id: "1@7", skuId: "s", sellableQty: 15, safetyQty: 2, unprocessedQty: 1, targetQty: 12 },
  ...{ skipped: null, cachedQty: 10, agreed: { quantity: 10, at: "2026-11-20T10:00:00Z" } },
};
const at = "2026-11-21T10:00:00Z";

function plan(
  available: number,
  more: {
    target?: Partial<StockTarget>;
    moves?: { sold: number; back: number };
    answer?: StockAnswer;
    rule?: StockRule;
    live?: LiveLevel;
  } = {},
) {
  const planned = planStock({
    target: { ...target, ...more.target },
    live: more.live === undefined ? { available, tracked: true } : more.live,
    moves: more.moves ?? { sold: 0, back: 0 },
    ...{ answer: more.answer ?? {}, rule: more.rule ?? "ask", at },
  });
  return "send" in planned ? planned.send : planned.end;
}
const sent = (changeFrom: number) => ({ quantity: 12, changeFrom });

describe("a level", () => {
  test("that both sides agreed on is sent, from what was read", () => {
    expect(plan(10)).toEqual(sent(10));
  });

  test("that shows it is not sent; it was, where our own answer was lost", () => {
    expect(plan(12)).toMatchObject({ status: "already", answer: { agreed: { quantity: 12, at } } });
    expect(plan(12, { answer: { unsure: true, quantity: 12 } })).toMatchObject({ status: "sent" });
    expect(plan(12, { answer: { unsure: true, quantity: 14 } })).toMatchObject({ status: "already" });
  });

  test.for([
    ["orders took", 7, { sold: 2, back: 0 }, {}],
    ["orders not taken in took", 9, { sold: 0, back: 0 }, {}],
    ["came back", 11, { sold: 0, back: 1 }, {}],
    ["our own lost push", 14, { sold: 0, back: 0 }, { unsure: true, quantity: 14 }],
    ["orders took of our own lost push", 38, { sold: 2, back: 0 }, { unsure: true, quantity: 40 }],
    [
      "one of our lost pushes did, and not the next",
      33,
      { sold: 0, back: 0 },
      { unsure: true, quantity: 40, changeFrom: 33 },
    ],
  ] as const)("moved by what %s is nobody's doing", ([, available, moves, answer]) => {
    expect(plan(available, { moves, answer })).toEqual(sent(available));
  });

  test.for([
    ["more than orders took", 6, { sold: 2, back: 0 }],
    ["more than came back", 12 + 3, { sold: 5, back: 4 }],
  ] as const)("moved by %s is looked at again, then the rule decides", ([, available, moves]) => {
    for (const rule of ["ask", "erp", "shopify"] as const) {
      expect(plan(available, { moves, rule })).toMatchObject({
        status: "waiting",
        answer: { seen: available },
      });
      // It moves still.
      expect(plan(available, { moves, rule, answer: { seen: 99 } })).toMatchObject({ status: "waiting" });
    }
    // Made due at once by the ERP's next word it waits as long.
    expect(
      plan(available, { moves, answer: { seen: available, seenAt: "2026-11-21T09:59:50.000Z" } }),
    ).toMatchObject({
      status: "waiting",
      waitMs: 20_000,
      answer: { seen: available, seenAt: "2026-11-21T09:59:50.000Z" },
    });
    const answer = { seen: available, seenAt: "2026-11-21T09:59:30.000Z" };
    expect(plan(available, { moves, answer, rule: "erp" })).toEqual(sent(available));
    const left = { agreed: { quantity: available, at } };
    expect(plan(available, { moves, answer, rule: "shopify" })).toMatchObject({
      status: "dropped",
      answer: left,
    });
    expect(plan(available, { moves, answer, rule: "ask" })).toMatchObject({
      status: "conflict",
      conflict: {
        erp: "12 to sell (15 − 2 kept back − 1 of orders not taken in yet)",
        shopify: String(available),
        next: expect.any(String) as string,
      },
      answer: { asked: available, ...left },
    });
  });

  test("that a person decided about is sent against that number, and asked about at another one", () => {
    expect(plan(40, { answer: { asked: 40 } })).toEqual(sent(40));
    expect(plan(41, { answer: { asked: 40, seen: 41 } })).toMatchObject({ status: "conflict" });
  });

  test("never pushed before is moved where the cache has another number", () => {
    expect(plan(10, { target: { agreed: null } })).toEqual(sent(10));
    expect(plan(9, { target: { agreed: null } })).toMatchObject({ status: "waiting", answer: { seen: 9 } });
    expect(plan(9, { target: { agreed: null, cachedQty: null } })).toEqual(sent(9));
  });

  test("that is skipped, gone or not counted says so and is not sent", () => {
    expect(plan(10, { target: { skipped: "bundle" } })).toMatchObject({
      status: "dropped",
      words: expect.stringMatching(/bundle/) as string,
    });
    expect(plan(10, { live: { available: 10, tracked: false } })).toMatchObject({ status: "dropped" });
    expect(plan(10, { live: null })).toMatchObject({
      status: "refused",
      answer: { next: expect.any(String) as string },
    });
  });
});

test("what the ERP wants says how it comes about", () => {
  expect(sayTarget({ ...target, safetyQty: 0, unprocessedQty: 0, targetQty: 15 })).toBe("15 to sell");
});

test("what a try has left is read by the next, the times by which Shopify's news is known as ours among it", () => {
  const left: StockAnswer = {
    ...{ unsure: true, quantity: 4, changeFrom: 2, round: 1, seen: 2, seenAt: at, asked: 3 },
    levelChanges: ["2026-11-21T10:00:00.000Z"],
  };
  expect(readStockAnswer(JSON.parse(JSON.stringify(left)))).toEqual(left);
});
