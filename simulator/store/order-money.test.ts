import { describe, expect, test, vi } from "vitest";
import { createStore } from "./create-store.ts";
import { readField, readNodes, readText } from "./read-record.ts";
import { currencyDigits, parseAmount } from "./money.ts";
import type { SimNode, SimValue } from "./types.ts";

// Thousands of records on a machine that may be busy with other things.
vi.setConfig({ testTimeout: 60_000 });

const COUNT = 3_000;
const store = createStore({ orders: COUNT, seed: 3 });
const orders = Array.from({ length: COUNT }, (_, n) => store.collection("orders")?.at(n) as SimNode);

/** What did not come out; one comparison per test, since expect itself costs more than an order. */
let wrong: string[] = [];

function check(at: string, found: unknown, wanted: unknown): void {
  if (found !== wanted) wrong.push(`${at}: ${String(found)}, not ${String(wanted)}`);
}

/** Runs `each` over all orders and says which were wrong. */
function forEachOrder(each: (order: SimNode, at: string) => void): void {
  wrong = [];
  for (const order of orders) each(order, readText(order["name"]));
  expect(wrong).toEqual([]);
}

/** Reads money from the record as any client would, never from what made it. */
function reader(currency: "shopMoney" | "presentmentMoney") {
  const minor = (from: SimValue | undefined, ...path: string[]): number => {
    const money = readField(from, ...path, currency);
    const amount = parseAmount(readText(money, "amount"), currencyDigits(readText(money, "currencyCode")));
    if (amount === null) throw new Error(`No amount at ${path.join(".")}: ${JSON.stringify(money)}`);
    return amount;
  };
  const sum = (list: readonly SimNode[], ...path: string[]): number =>
    list.reduce((total, one) => total + minor(one, ...path), 0);
  return { minor, sum };
}

function isTip(line: SimNode): boolean {
  return line["title"] === "Tip";
}

describe.each(["shopMoney", "presentmentMoney"] as const)("in %s", (currency) => {
  const { minor, sum } = reader(currency);
  const allocated = (line: SimNode): number =>
    sum(readNodes(line, "discountAllocations"), "allocatedAmountSet");
  const taxed = (line: SimNode): number => sum(readNodes(line, "taxLines"), "priceSet");

  test("charges add up to the total, exactly", () => {
    forEachOrder((order, at) => {
      const lines = readNodes(order, "lineItems");
      const shipping = readNodes(order, "shippingLines");
      const goods = lines.filter((line) => !isTip(line));
      const subtotal = goods.reduce(
        (total, line) => total + minor(line, "originalTotalSet") - allocated(line),
        0,
      );
      const ship = shipping.reduce(
        (total, line) => total + minor(line, "originalPriceSet") - allocated(line),
        0,
      );
      const tax = [...lines, ...shipping].reduce((total, line) => total + taxed(line), 0);
      const duties = goods.reduce((total, line) => total + sum(readNodes(line, "duties"), "price"), 0);
      const tip = minor(order, "totalTipReceivedSet");
      check(at, minor(order, "subtotalPriceSet"), subtotal);
      check(at, minor(order, "totalTaxSet"), tax);
      check(at, sum(readNodes(order, "taxLines"), "priceSet"), tax);
      check(
        at,
        minor(order, "totalDiscountsSet"),
        [...lines, ...shipping].reduce((total, line) => total + allocated(line), 0),
      );
      check(at, sum(lines.filter(isTip), "originalTotalSet"), tip);
      check(
        at,
        minor(order, "totalPriceSet"),
        subtotal + ship + (order["taxesIncluded"] === true ? 0 : tax) + duties + tip,
      );
      for (const line of lines) {
        check(
          at,
          minor(line, "originalTotalSet"),
          minor(line, "originalUnitPriceSet") * Number(line["quantity"]),
        );
        check(at, allocated(line) <= minor(line, "originalTotalSet"), true);
      }
      if (order["edited"] === false)
        check(at, minor(order, "originalTotalPriceSet"), minor(order, "totalPriceSet"));
    });
  });

  test("what refunds took away leads from the total to the current total", () => {
    forEachOrder((order, at) => {
      const refunds = readNodes(order, "refunds");
      const onTop = order["taxesIncluded"] === true ? 0 : 1;
      let gone = 0;
      for (const refund of refunds) {
        const lines = readNodes(refund, "refundLineItems");
        const shipping = readNodes(refund, "refundShippingLines");
        gone += sum(lines, "subtotalSet") + sum(shipping, "subtotalAmountSet");
        gone += onTop * (sum(lines, "totalTaxSet") + sum(shipping, "taxAmountSet"));
        gone +=
          sum(readNodes(refund, "duties"), "amountSet") -
          sum(readNodes(refund, "orderAdjustments"), "amountSet");
      }
      check(at, minor(order, "currentTotalPriceSet"), minor(order, "totalPriceSet") - gone);
      if (order["cancelledAt"] !== null)
        check(at, readField(order, "currentTotalPriceSet", currency, "amount"), "0.0");
      const current = readNodes(order, "lineItems").reduce(
        (units, line) => units + Number(line["currentQuantity"]),
        0,
      );
      if (current === 0 && refunds.length > 0) check(at, minor(order, "currentSubtotalPriceSet"), 0);
    });
  });

  test("payments add up to what was received, refunded and is owed", () => {
    forEachOrder((order, at) => {
      const done = readNodes(order, "transactions").filter((one) => one["status"] === "SUCCESS");
      const received = sum(
        done.filter((one) => one["kind"] === "SALE" || one["kind"] === "CAPTURE"),
        "amountSet",
      );
      const refunded = sum(
        done.filter((one) => one["kind"] === "REFUND"),
        "amountSet",
      );
      check(at, minor(order, "totalReceivedSet"), received);
      check(at, minor(order, "totalRefundedSet"), refunded);
      check(at, sum(readNodes(order, "refunds"), "totalRefundedSet"), refunded);
      check(at, minor(order, "netPaymentSet"), received - refunded);
      check(
        at,
        minor(order, "totalOutstandingSet"),
        minor(order, "currentTotalPriceSet") - received + refunded,
      );
      if (order["cancelledAt"] !== null) check(at, minor(order, "totalOutstandingSet"), 0);
      check(at, refunded <= received, true);
      if (order["displayFinancialStatus"] === "PAID")
        check(at, minor(order, "totalOutstandingSet") <= 0, true);
    });
  });
});

test("quantities agree between lines, refunds, parcels and fulfilment orders", () => {
  forEachOrder((order, name) => {
    const refundLines = readNodes(order, "refunds").flatMap((refund) => readNodes(refund, "refundLineItems"));
    const parcels = readNodes(order, "fulfillments").filter((parcel) => parcel["status"] === "SUCCESS");
    const sent = parcels.flatMap((parcel) => readNodes(parcel, "fulfillmentLineItems"));
    const waiting = readNodes(order, "fulfillmentOrders").flatMap((one) => readNodes(one, "lineItems"));
    for (const line of readNodes(order, "lineItems")) {
      const of = (list: readonly SimNode[], field: string): number =>
        list.reduce(
          (units, one) => (readField(one, "lineItem", "id") === line.id ? units + Number(one[field]) : units),
          0,
        );
      const removed = of(
        refundLines.filter((one) => one["restockType"] === "CANCEL"),
        "quantity",
      );
      const at = `${name} ${readText(line["title"])}`;
      check(at, line["currentQuantity"], Number(line["quantity"]) - of(refundLines, "quantity"));
      if (isTip(line)) continue;
      check(at, line["unfulfilledQuantity"], Number(line["quantity"]) - removed - of(sent, "quantity"));
      check(at, of(waiting, "remainingQuantity"), line["unfulfilledQuantity"]);
    }
  });
});
