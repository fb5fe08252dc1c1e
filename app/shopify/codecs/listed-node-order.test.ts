import { Kind, parse, type SelectionSetNode } from "graphql";
import { expect, test } from "vitest";

import { bulkDocument } from "#app/shopify/bulk/documents.ts";
import { orderDetailDocument } from "#app/shopify/details/order-detail-document.ts";
import { lineMoney, orderMoney, shippingLineMoney } from "#app/shopify/order-money.ts";
import { ALL_SCOPES } from "#tests/order-shapes/bulk-records.ts";
import { MONEY, type Listed } from "./keep-listed.ts";
import { LISTED_NODE_ORDER } from "./listed-node-order.ts";

/** Where a document asks for money in two currencies, below the order: `lineItems.taxLines.priceSet`. */
function moneyAskedFor(document: string): string[] {
  const found: string[] = [];
  const walk = (set: SelectionSetNode, path: string[]): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, path);
      if (selection.kind !== Kind.FIELD || !selection.selectionSet) continue;
      const name = selection.name.value;
      if (name === "shopMoney") found.push(path.join("."));
      const isStep = ["nodes", "edges", "node", "orders"].includes(name);
      walk(selection.selectionSet, isStep ? path : [...path, name]);
    }
  };
  for (const definition of parse(document).definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) walk(definition.selectionSet, []);
  return found;
}

function listedAt(path: string): Listed | undefined {
  let at: Listed | undefined = LISTED_NODE_ORDER;
  for (const name of path.split(".")) at = typeof at === "object" ? at[name] : undefined;
  return at;
}

test.each([
  ["a dump", bulkDocument("orders", { scopes: ALL_SCOPES, window: null }).query],
  ["a fetch", orderDetailDocument(ALL_SCOPES).query],
])("every amount that %s asks for stays when the person of an order is forgotten", (_, document) => {
  const asked = moneyAskedFor(document);
  expect(asked).toEqual(expect.arrayContaining([...orderMoney, "lineItems.taxLines.priceSet"]));
  expect(asked.filter((path) => listedAt(path) !== MONEY)).toEqual([]);
});

test("what a dump asks for and what stays are one list: of an order, its lines and shipping lines", () => {
  const asked = moneyAskedFor(bulkDocument("orders", { scopes: ALL_SCOPES, window: null }).query);
  const stays = (prefix: string, of: Listed | undefined) =>
    typeof of === "object"
      ? Object.keys(of)
          .filter((name) => of[name] === MONEY)
          .map((name) => prefix + name)
      : [];
  for (const [prefix, listed, list] of [
    ["", LISTED_NODE_ORDER, orderMoney],
    ["lineItems.", listedAt("lineItems"), lineMoney],
    ["shippingLines.", listedAt("shippingLines"), shippingLineMoney],
  ] as const) {
    const expected = list.map((name) => prefix + name);
    expect(stays(prefix, listed)).toEqual(expected);
    expect(
      asked.filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes(".")),
    ).toEqual(expected);
  }
});
