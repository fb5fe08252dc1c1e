/** Money of several receipts, money that is rounded, and money that somebody books in Shopify by hand. */
import { describe, expect, test } from "vitest";
import { anOrderNow, payment } from "#tests/fixtures/an-order-now.ts";
import type { OrderNow } from "./order-now.ts";
import { planOrderMarkAsPaid, type MoneyContext } from "./plan-order-mark-as-paid.ts";
import type { Progress } from "./plan.ts";

type Case = Partial<MoneyContext> & {
  received: string[];
  left: string;
  progress?: Progress;
  now?: Partial<OrderNow>;
};

/** The last of what was received is told. */
function plan({
  received,
  left,
  progress = {},
  now = {},
  round = "no",
  taken = new Set(),
  isTold = false,
}: Case) {
  const untold = received.map((amount, i) => ({ id: `r${String(i + 1)}`, amount }));
  const { id = "r0", amount = "0" } = untold.at(-1) ?? {};
  const outstanding = { amount: left, currency: "INR" };
  return planOrderMarkAsPaid(
    { receiptId: id, amount, currency: "INR" },
    anOrderNow({ outstanding, ...now }),
    progress,
    { isTold, untold, taken, round },
  );
}

describe("rounded to whole rupees, what was received is all that is to be paid (W25)", () => {
  test.each<[MoneyContext["round"], string, string, string]>([
    ["up", "1795.00", "1794.50", "0.50"],
    ["nearest", "1795.00", "1794.50", "0.50"],
    ["nearest", "1794.00", "1794.49", "-0.49"],
    ["down", "500.00", "500.40", "-0.40"],
    // Where the label was printed before rounding was switched on.
    ["up", "500.40", "500.40", "0.00"],
  ])("%s: %s of %s", (round, received, left, rounding) => {
    expect(plan({ received: [received], left, round })).toMatchObject({
      steps: [{ do: "markAsPaid" }],
      note: { booking: left === "500.40" ? "500.40" : left, rounding, receiptIds: ["r1"] },
    });
  });

  test.each<[MoneyContext["round"], string, string, string]>([
    ["no", "1795.00", "1794.50", "conflict"],
    ["up", "1796.00", "1794.50", "conflict"],
    ["down", "1795.00", "1794.50", "conflict"],
    ["up", "1794.00", "1794.50", "steps"],
    ["down", "499.00", "500.40", "steps"],
  ])("%s: not %s of %s", (round, received, left, expected) => {
    const made = plan({ received: [received], left, round });
    expect(Object.keys(made)[0]).toBe(expected);
    if ("steps" in made) expect(made.steps).toMatchObject([{ do: "createManualPayment" }]);
  });

  test("what came of it is said with the rounding, also where the answer was lost", () => {
    const note = { paymentsBefore: [], booking: "1794.50", rounding: "0.50", receiptIds: ["r1"] };
    const payments = [payment("t1", "1794.5", true)];
    for (const progress of [
      { ...note, markedAsPaid: true },
      { ...note, unsure: true },
    ])
      expect(plan({ received: ["1795.00"], left: "0", round: "up", progress, now: { payments } })).toEqual({
        already:
          "Shopify has booked 1794.50 INR. 1795.00 INR was received: the difference of 0.50 INR is the rounding to whole rupees.",
        note: { paymentId: "t1" },
      });
  });
});

describe("receipts that Shopify does not know (W26)", () => {
  test("a part where Shopify takes no part is no fault: it says when Shopify is told", () => {
    const made = plan({ received: ["653.85"], left: "1794.50" });
    expect(made).toMatchObject({
      steps: [{ do: "createManualPayment", amount: "653.85" }],
      whenDenied: { dropped: expect.stringContaining("653.85 INR of 1794.50 INR so far") as string },
    });
  });

  test.each<[string, MoneyContext["round"], string[], string]>([
    ["exactly", "no", ["653.85", "1140.65"], "1794.50"],
    ["rounded up", "up", ["654.00", "1141.00"], "1794.50"],
    ["rounded down", "down", ["653.00", "1141.00"], "1794.50"],
    ["of three", "no", ["1.00", "2.00", "3.00"], "6.00"],
  ])("the one that makes it all marks the order as paid for all of them, %s", (_, round, received, left) => {
    expect(plan({ received, left, round })).toMatchObject({
      steps: [{ do: "markAsPaid" }],
      note: { booking: left, receiptIds: received.map((_amount, i) => `r${String(i + 1)}`) },
    });
  });

  test("together more than is to be paid, some may be booked already: a person is asked, whatever the last alone would be", () => {
    const made = plan({ received: ["653.85", "1140.65"], left: "1140.65" });
    expect(made).toMatchObject({
      conflict: {
        erp: "1794.50 INR received in 2 receipts that Shopify does not know.",
        shopify: "Only 1140.65 INR is to be paid.",
      },
    });
  });

  test("one of which Shopify was told with another is not booked again", () => {
    expect(plan({ received: ["653.85"], left: "1794.50", isTold: true })).toHaveProperty("already");
  });

  test("nothing is left: none of them is to be told any more", () => {
    expect(plan({ received: ["653.85", "1140.65"], left: "0.0" })).toMatchObject({
      already: "Shopify has nothing left to be paid.",
      note: { receiptIds: ["r1", "r2"] },
    });
  });
});

describe("booked in Shopify by hand since it was refused, then sent again (W24)", () => {
  const progress = { unsure: false, paymentsBefore: ["t1"], booking: "653.85", receiptIds: ["r1"] };
  const kindOf = (payments: OrderNow["payments"], taken: ReadonlySet<string> = new Set()) =>
    plan({ received: ["653.85"], left: "1140.65", progress, now: { payments }, taken });
  const made = payment("t2", "653.85", true);

  test("a payment of just the amount is the receipt", () => {
    expect(kindOf([{ ...made, id: "t1" }, made])).toEqual({
      already: "653.85 INR was booked in Shopify by hand.",
      note: { receiptIds: ["r1"], paymentId: "t2", rounding: "0" },
    });
  });

  test.each<[string, OrderNow["payments"], string[]]>([
    ["what was there before", [{ ...made, id: "t1" }], []],
    ["what the customer paid by a gateway", [{ ...made, byHand: false }], []],
    ["another amount", [{ ...made, amount: "653.8" }], []],
    ["what is known as another receipt", [made], ["t2"]],
  ])("%s is not", (_, payments, taken) => {
    expect(kindOf(payments, new Set(taken))).toHaveProperty("steps");
  });
});
