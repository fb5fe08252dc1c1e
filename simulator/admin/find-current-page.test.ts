import { expect, test } from "vitest";
import { findCurrentPage } from "./find-current-page.ts";

const menu = ["/app/orders?shop=a", "/app/orders/drafts", "/app/settings"];

test.each([
  ["the page itself", "/app/orders", "/app/orders?shop=a"],
  ["a page below it", "/app/orders/1?shop=a", "/app/orders?shop=a"],
  ["the nearest of two", "/app/orders/drafts/1", "/app/orders/drafts"],
  ["no entry whose words it only begins with", "/app/ordersheet", undefined],
  ["none", "/app", undefined],
])("the menu marks %s", (_what, path, marked) => {
  expect(findCurrentPage(path, menu)).toBe(marked);
});
