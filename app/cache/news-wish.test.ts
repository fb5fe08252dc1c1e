import { expect, test } from "vitest";
import { isSatisfied, joinWishes, newsWish, sayWish } from "./news-wish.ts";

const at = (second: number) => new Date(Date.UTC(2026, 10, 25, 10, 0, second));
const told = { newsAt: at(5), newestAt: at(5), detailAt: null };

test.each([
  ["fulfillments/create", told, true],
  ["fulfillments/create", { ...told, newestAt: at(9) }, true],
  ["fulfillments/create", { ...told, newestAt: at(4) }, false],
  ["fulfillments/create", { ...told, newestAt: null }, false],
  ["refunds/create", told, true],
  ["orders/edited", told, false],
  ["orders/edited", { ...told, detailAt: at(5) }, true],
  ["order_transactions/create", told, false],
  ["returns/request", told, false],
  ["returns/request", { ...told, detailAt: at(4), newestAt: at(9) }, false],
  ["fulfillment_orders/placed_on_hold", told, false],
  ["fulfillment_orders/placed_on_hold", { ...told, detailAt: at(6), newestAt: at(6) }, true],
] as const)("%s, known up to %o: granted without asking: %s", (topic, times, granted) => {
  expect(isSatisfied({ wish: newsWish(topic), ...times })).toBe(granted);
});

test("a wish for more than news is only granted by Shopify's answer", () => {
  expect(isSatisfied({ wish: "What was paid", ...told })).toBe(false);
  expect(isSatisfied({ wish: newsWish("refunds/create"), ...told, newsAt: null })).toBe(false);
});

test.each([
  [null, "News: a/b", "News: a/b"],
  ["News: refunds/create", "News: orders/edited", "News: orders/edited, refunds/create"],
  ["News: orders/edited, refunds/create", "News: refunds/create", "News: orders/edited, refunds/create"],
  ["What was paid", "News: refunds/create", "What was paid"],
  ["News: refunds/create", "What was paid", "What was paid"],
])("%s and %s are %s", (standing, told, both) => {
  expect(joinWishes(standing, told)).toBe(both);
});

test("of several pieces of news, one that only Shopify's answer tells decides", () => {
  const wish = joinWishes(newsWish("refunds/create"), newsWish("orders/edited"));
  expect(isSatisfied({ wish, ...told })).toBe(false);
  expect(isSatisfied({ wish, ...told, detailAt: at(5) })).toBe(true);
});

test.each([
  [null, null],
  ["What was paid", "What was paid"],
  [
    "News: a/b, c/d",
    "Shopify sent news of it (a/b, c/d) that does not say all that it changed. The rest is asked for by itself.",
  ],
])("a merchant reads of %s: %s", (wish, words) => {
  expect(sayWish(wish)).toBe(words);
});
