import { expect, test } from "vitest";

import { delaysSummary, ordersSummary } from "./chart-words.ts";
import { createFormat } from "./format.ts";
import { orderState } from "./order-states.ts";

const format = createFormat({ locale: "en-IN", timeZone: "Asia/Kolkata" });
const none = { delivered: 0, shipped: 0, back: 0, held: 0, open: 0 };

test("the chart of orders in a sentence", () => {
  expect(ordersSummary([{ day: "2026-11-20", orders: none }], format)).toBeNull();
  expect(
    ordersSummary(
      [
        { day: "2026-11-20", orders: { ...none, delivered: 2, held: 1 } },
        { day: "2026-11-21", orders: { ...none, delivered: 1, open: 3 } },
      ],
      format,
    ),
  ).toBe("7 orders, the most on 21 Nov 2026 (4): delivered 3, on hold 1, open 3.");
});

test("the chart of delays in a sentence", () => {
  const say = (arrived: number, waiting: number, ms: number | null) =>
    delaysSummary({ hours: [], whole: { arrived, waiting, medianMs: ms, p95Ms: ms && ms * 10 } }, format);
  expect(say(0, 0, null)).toBeNull();
  expect(say(0, 1, null)).toBe("1 record still waits.");
  expect(say(1200, 0, 400)).toBe(
    "1,200 records came by webhook: half of them within 400 ms, 95% within 4 s.",
  );
  expect(say(1, 2, 400)).toMatch(/ 2 records still wait\.$/);
});

test.each([
  ["partially_delivered", "shipped"],
  ["rto", "back"],
  ["on_hold", "held"],
  ["a status of tomorrow", "open"],
])("an order that is %s counts as %s", (status, state) => {
  expect(orderState(status)).toBe(state);
});
