import { expect, test } from "vitest";
import { createDocumentCosts } from "./document-costs.ts";

test("a document nobody has asked yet is guessed, then known by what Shopify said last", () => {
  const costs = createDocumentCosts(50);
  expect(costs.expect("a")).toBe(50);
  costs.learn("a", 7);
  costs.learn("a", 9);
  expect(costs.expect("a")).toBe(9);
});

test("documents that differ each time do not fill the memory, nor push out those in use", () => {
  const costs = createDocumentCosts(50);
  costs.learn("once", 3);
  for (let count = 0; count < 2_000; count += 1) {
    costs.learn(`{ orders(query: "${String(count)}") }`, 4);
    costs.learn("used", 8);
  }
  expect(costs.expect("used")).toBe(8);
  expect(costs.expect("once")).toBe(50);
});
