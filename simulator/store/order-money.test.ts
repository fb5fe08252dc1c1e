import { describe, expect, test } from "vitest";
import { createStore } from "./create-store.ts";
import { readField, readNodes } from "./fixtures/read-record.ts";
import { currencyDigits, parseAmount } from "./money.ts";
import type { SimNode, SimValue } from "./types.ts";

const COUNT = 4_000;
const store = createStore({ orders: COUNT, seed: 3 });
const orders = Array.from({ length: COUNT }, (_, n) => store.collection("orders")?.at(n) as SimNode);

/** Reads money from the record as any client would, never from what made it. */
function reader(currency: "shopMoney" | "presentmentMoney") {
  const minor = (from: SimValue | undefined, ...path: string[]): number => {
    const money = readField(from, ...path, currency);
    const amount = parseAmount(
      String(readField(money, "amount")),
      currencyDigits(String(readField(money, "currencyCode"))),
    );
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
    for (const order of orders) {
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
      const at = String(order["name"]);
      expect(minor(order, "subtotalPriceSet"), at).toBe(subtotal);
      expect(minor(order, "totalTaxSet"), at).toBe(tax);
      expect(sum(readNodes(order, "taxLines"), "priceSet"), at).toBe(tax);
      expect(minor(order, "totalDiscountsSet"), at).toBe(
        [...lines, ...shipping].reduce((total, line) => total + allocated(line), 0),
      );
      expect(sum(lines.filter(isTip), "originalTotalSet"), at).toBe(tip);
      expect(minor(order, "totalPriceSet"), at).toBe(
        subtotal + ship + (order["taxesIncluded"] === true ? 0 : tax) + duties + tip,
      );
      for (const line of lines) {
        expect(minor(line, "originalTotalSet"), at).toBe(
          minor(line, "originalUnitPriceSet") * Number(line["quantity"]),
        );
        expect(allocated(line), at).toBeLessThanOrEqual(minor(line, "originalTotalSet"));
      }
      if (order["edited"] === false)
        expect(minor(order, "originalTotalPriceSet"), at).toBe(minor(order, "totalPriceSet"));
    }
  });

  test("what refunds took away leads from the total to the current total", () => {
    for (const order of orders) {
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
      const at = String(order["name"]);
      expect(minor(order, "currentTotalPriceSet"), at).toBe(minor(order, "totalPriceSet") - gone);
      if (order["cancelledAt"] !== null)
        expect(readField(order, "currentTotalPriceSet", currency, "amount"), at).toBe("0.0");
      const current = readNodes(order, "lineItems").reduce(
        (units, line) => units + Number(line["currentQuantity"]),
        0,
      );
      if (current === 0 && refunds.length > 0) expect(minor(order, "currentSubtotalPriceSet"), at).toBe(0);
    }
  });

  test("payments add up to what was received, refunded and is owed", () => {
    for (const order of orders) {
      const done = readNodes(order, "transactions").filter((one) => one["status"] === "SUCCESS");
      const received = sum(
        done.filter((one) => one["kind"] === "SALE" || one["kind"] === "CAPTURE"),
        "amountSet",
      );
      const refunded = sum(
        done.filter((one) => one["kind"] === "REFUND"),
        "amountSet",
      );
      const at = String(order["name"]);
      expect(minor(order, "totalReceivedSet"), at).toBe(received);
      expect(minor(order, "totalRefundedSet"), at).toBe(refunded);
      expect(sum(readNodes(order, "refunds"), "totalRefundedSet"), at).toBe(refunded);
      expect(minor(order, "netPaymentSet"), at).toBe(received - refunded);
      expect(minor(order, "totalOutstandingSet"), at).toBe(
        minor(order, "currentTotalPriceSet") - received + refunded,
      );
      if (order["cancelledAt"] !== null) expect(minor(order, "totalOutstandingSet"), at).toBe(0);
      expect(refunded, at).toBeLessThanOrEqual(received);
      if (order["displayFinancialStatus"] === "PAID")
        expect(minor(order, "totalOutstandingSet"), at).toBeLessThanOrEqual(0);
    }
  });
});

test("quantities agree between lines, refunds, parcels and fulfilment orders", () => {
  for (const order of orders) {
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
      const at = `${String(order["name"])} ${String(line["title"])}`;
      expect(line["currentQuantity"], at).toBe(Number(line["quantity"]) - of(refundLines, "quantity"));
      if (isTip(line)) continue;
      expect(line["unfulfilledQuantity"], at).toBe(Number(line["quantity"]) - removed - of(sent, "quantity"));
      expect(of(waiting, "remainingQuantity"), at).toBe(line["unfulfilledQuantity"]);
    }
  }
});
