import { describe, expect, test } from "vitest";
import { NOTHING_MOVED, type StockMoves } from "#app/erp/inventory/moves-of-order.ts";
import type { StockTarget } from "#app/erp/inventory/load-stock-targets.server.ts";
import { readStockAnswer } from "./stock-answer.ts";
import { planStock, sayTarget, type LiveLevel, type StockAnswer, type StockRule } from "./plan-stock.ts";

const target: StockTarget = {
  ...{ id: "1@7", skuId: "s", sellableQty: 15, safetyQty: 2, unprocessedQty: 1, targetQty: 12 },
  ...{ skipped: null, cachedQty: 10, agreed: { quantity: 10, at: "2026-11-20T10:00:00Z" } },
  saidAt: new Date("2026-11-20T09:00:00Z"),
};
const at = "2026-11-21T10:00:00Z";

function plan(
  available: number,
  more: {
    target?: Partial<StockTarget>;
    moves?: StockMoves;
    movesSincePush?: StockMoves;
    movesSinceAsked?: StockMoves;
    answer?: StockAnswer;
    rule?: StockRule;
    live?: LiveLevel;
  } = {},
) {
  const planned = planStock({
    target: { ...target, ...more.target },
    live: more.live === undefined ? { available, tracked: true } : more.live,
    moves: more.moves ?? NOTHING_MOVED,
    movesSincePush: more.movesSincePush ?? more.moves ?? NOTHING_MOVED,
    movesSinceAsked: more.movesSinceAsked,
    ...{ answer: more.answer ?? {}, rule: more.rule ?? "ask", at },
  });
  return "send" in planned ? planned.send : planned.end;
}
const word = (left: number) => ({ left, saidAt: "2026-11-20T09:00:00.000Z" });
const sent = (changeFrom: number) => ({ quantity: 12, changeFrom, word: word(13) });

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
    ["orders took", 8, { least: -2, most: -2 }, {}],
    ["orders took, and nothing is left open", 7, { least: -3, most: -3 }, {}],
    ["came back", 11, { least: 0, most: 1 }, {}],
    ["our own lost push", 14, { least: 0, most: 0 }, { unsure: true, quantity: 14 }],
    ["orders took of our own lost push", 38, { least: -2, most: 0 }, { unsure: true, quantity: 40 }],
    [
      "one of our lost pushes did, and not the next",
      33,
      { least: 0, most: 0 },
      { unsure: true, quantity: 40, changeFrom: 33 },
    ],
  ] as const)("moved by what %s is nobody's doing", ([, available, moves, answer]) => {
    expect(plan(available, { moves, answer })).toEqual(sent(available));
  });

  test.for([
    ["more than orders took", 6, { least: -2, most: 0 }],
    ["more than came back", 12 + 3, { least: -5, most: 4 }],
    ["less than orders certainly took", 8, { least: -3, most: -3 }],
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
      answer: { asked: available, askedAt: at, ...left },
    });
  });

  test("that sold and was counted after it is a question, though the count lies between", () => {
    const agreed = { quantity: 100, at: "2026-11-20T10:00:00Z" };
    const counted = {
      target: { agreed, targetQty: 50 },
      moves: { least: -50, most: -50 },
      answer: { seen: 80 },
    };
    expect(plan(80, { ...counted, rule: "ask" })).toMatchObject({
      status: "conflict",
      answer: { asked: 80 },
    });
    expect(plan(80, { ...counted, rule: "shopify" })).toMatchObject({
      status: "dropped",
      answer: { agreed: { quantity: 80 } },
    });
    expect(plan(80, { ...counted, rule: "erp" })).toEqual({ quantity: 50, changeFrom: 80, word: word(13) });
  });

  test("that a lost push set is told from what orders took since the push, and not before it", () => {
    const moves = { least: -3, most: -3 };
    const lost = { unsure: true, quantity: 40, changeFrom: 8 };
    expect(plan(39, { moves, movesSincePush: { least: -1, most: -1 }, answer: lost })).toEqual(sent(39));
    expect(plan(37, { moves, movesSincePush: { least: -1, most: -1 }, answer: lost })).toMatchObject({
      status: "waiting",
    });
  });

  test("that a person decided about is sent against that number, and asked about at another one", () => {
    expect(plan(40, { answer: { asked: 40 } })).toEqual(sent(40));
    expect(plan(41, { answer: { asked: 40, seen: 41 } })).toMatchObject({ status: "conflict" });
    // What was sold between the question and the answer is nobody's doing: of goods that sell it would be asked for ever.
    const movesSinceAsked = { least: -3, most: -3 };
    expect(plan(37, { answer: { asked: 40, askedAt: at }, movesSinceAsked })).toEqual(sent(37));
    expect(plan(36, { answer: { asked: 40, askedAt: at, seen: 36 }, movesSinceAsked })).toMatchObject({
      status: "conflict",
    });
  });

  test("never pushed before is moved where the cache has another number", () => {
    expect(plan(10, { target: { agreed: null } })).toEqual(sent(10));
    expect(plan(9, { target: { agreed: null } })).toMatchObject({ status: "waiting", answer: { seen: 9 } });
    expect(plan(9, { target: { agreed: null, cachedQty: null } })).toEqual(sent(9));
  });

  test("that Shopify stocks and the cache has not taken in yet is waited for; that Shopify does not stock is not", () => {
    const options = {
      target: undefined,
      moves: NOTHING_MOVED,
      movesSincePush: NOTHING_MOVED,
      answer: {},
      at,
    };
    const live = { available: 0, tracked: true };
    expect(planStock({ ...options, rule: "ask", isUnread: true, live })).toMatchObject({
      end: { status: "waiting", errorCode: "STOCK_NOT_SYNCED" },
    });
    for (const more of [
      { isUnread: true, live: null },
      { isUnread: false, live },
    ])
      expect(planStock({ ...options, rule: "ask", ...more })).toMatchObject({
        // Nor need it ever have: the ERP may have places of its own.
        end: { status: "dropped", words: "Shopify does not stock it there." },
      });
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
    ...{
      unsure: true,
      quantity: 4,
      changeFrom: 2,
      pushedAt: at,
      round: 1,
      seen: 2,
      seenAt: at,
      asked: 3,
      askedAt: at,
    },
    levelChanges: ["2026-11-21T10:00:00.000Z"],
  };
  expect(readStockAnswer(JSON.parse(JSON.stringify(left)))).toEqual(left);
});

/** Both agreed on the ERP's 20; orders, taken in since, made 16 of it in Shopify. */
describe("the ERP has said no new number: what was sold since is not sold again", () => {
  const agreed = { quantity: 20, at: "2026-11-20T10:00:00Z", word: word(20) };
  const moves: StockMoves = { least: -4, most: 0 };
  const of = ({ sellableQty = 20, safetyQty = 0, unprocessedQty = 0 }: Partial<StockTarget>) => {
    const targetQty = Math.max(0, sellableQty - safetyQty - unprocessedQty);
    return { sellableQty, safetyQty, unprocessedQty, targetQty, agreed };
  };

  test.for<[string, Partial<StockTarget>, number, number, number]>([
    ["two are kept back", { safetyQty: 2 }, 16, 14, 18],
    ["two were put back", { sellableQty: 22 }, 16, 18, 22],
    ["more is kept back than is left", { safetyQty: 18 }, 16, 0, 4],
    ["orders of before are not taken in yet", { sellableQty: 21, unprocessedQty: 8 }, 16, 13, 21],
  ])("%s", ([, more, available, quantity, left]) => {
    const target = of(more);
    expect(plan(available, { target, moves })).toEqual({ quantity, changeFrom: available, word: word(left) });
    const whole = {
      ...{ quantity: target.targetQty, changeFrom: available },
      word: word(target.sellableQty - target.safetyQty),
    };
    // A person who was asked, or sends the differences, has said that the ERP's number is to be there; and its next word says so.
    expect(plan(available, { target, moves, answer: { asked: available } })).toEqual(whole);
    expect(plan(available, { target: { ...target, saidAt: new Date(at) }, moves })).toMatchObject({
      quantity: target.targetQty,
    });
    // Counted meanwhile, and the ERP wins: nobody knows what orders made of that.
    const counted = { target, rule: "erp", answer: { seen: 40, seenAt: at } } as const;
    expect(plan(40, { ...counted, answer: { seen: 40, seenAt: "2026-11-21T09:00:00Z" } })).toEqual({
      ...whole,
      changeFrom: 40,
    });
  });

  test("nothing changed: nothing is sent, and what Shopify has is what both have", () => {
    expect(plan(16, { target: of({}), moves })).toMatchObject({
      ...{ status: "already", answer: { agreed: { quantity: 16, word: word(20) } } },
    });
  });

  test("what could not be kept back is not put back: two of the eighteen were not there", () => {
    const later = {
      ...of({ safetyQty: 15 }),
      agreed: { quantity: 0, at: "2026-11-20T10:00:00Z", word: word(4) },
    };
    expect(plan(0, { target: later })).toEqual({ quantity: 1, changeFrom: 0, word: word(5) });
  });

  /** Two were to be kept back of the 16 (14 sent), and the answer was lost. */
  test.for<[string, number, number | null]>([
    ["came through", 14, null],
    ["did not", 16, 14],
    ["came through, and one was sold, or it did not, and three were: the least", 13, 11],
  ])("a push that %s is not done twice", ([, available, quantity]) => {
    const answer = { unsure: true, quantity: 14, changeFrom: 16, word: word(18) };
    const planned = plan(available, { target: of({ safetyQty: 2 }), moves, movesSincePush: moves, answer });
    if (quantity === null)
      expect(planned).toMatchObject({ status: "sent", answer: { agreed: { quantity: 14, word: word(18) } } });
    else expect(planned).toMatchObject({ quantity, changeFrom: available, word: word(18) });
  });
});
