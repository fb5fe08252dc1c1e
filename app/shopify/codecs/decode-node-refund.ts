import { ZERO } from "#app/lib/money.ts";
import { byLine } from "./decode-rest-refund.ts";
import { inIdOrder } from "./in-canonical-order.ts";
import type { RefundPart, ReturnPart } from "./order-parts.ts";
import { readMoney, readOptionalMoney, type Currencies } from "./read-money.ts";
import { readRequiredGid, readQuantity, readText } from "./read-order-fields.ts";
import {
  hasNextPage,
  readEach,
  readOptionalGid,
  readOptionalInteger,
  readOptionalObject,
  readOptionalTime,
  type JsonObject,
} from "./read.ts";

/** One of `refunds`. A bulk query may not select the connections in it, so there goods and shipping stay unknown. */
export function decodeNodeRefund(node: JsonObject, money: Currencies): RefundPart {
  const lines = whole(node, "refundLineItems", (line) => ({
    lineId: readOptionalObject(line, "lineItem", (child) => readRequiredGid(child, "id")) ?? "",
    qty: readQuantity(line, "quantity"),
    restockType: readText(line, "restockType") ?? "NO_RESTOCK",
    subtotal: readMoney(line, "subtotalSet", money),
    tax: readMoney(line, "totalTaxSet", money),
  }));
  return {
    id: readRequiredGid(node, "id"),
    createdAt: readOptionalTime(node, "createdAt") ?? null,
    total: readOptionalMoney(node, "totalRefundedSet", money),
    returnId:
      node["return"] === undefined
        ? undefined
        : (readOptionalObject(node, "return", (child) => readRequiredGid(child, "id")) ?? null),
    lines: lines && byLine(lines),
    shipping: whole(node, "refundShippingLines", (line) => ({
      subtotal: readMoney(line, "subtotalAmountSet", money),
      tax: readOptionalMoney(line, "taxAmountSet", money),
    })),
    adjustments: whole(node, "orderAdjustments", (one) => ({
      reason: readText(one, "reason")?.toUpperCase() ?? null,
      amount: readMoney(one, "amountSet", money),
      tax: readOptionalMoney(one, "taxAmountSet", money) ?? ZERO,
    })),
    duties: readEach(node, "duties", (duty) => readMoney(duty, "amountSet", money)),
  };
}

/** The order's `returns` with what comes back; exchange lines only where a fetch asked for them. */
export function decodeNodeReturns(node: JsonObject): ReturnPart[] | undefined {
  const returns = whole(node, "returns", (one): ReturnPart => ({
    id: readRequiredGid(one, "id"),
    name: readText(one, "name"),
    status: readText(one, "status") ?? "OPEN",
    createdAt: readOptionalTime(one, "createdAt") ?? null,
    closedAt: readOptionalTime(one, "closedAt") ?? null,
    lines: decodeReturnLines(one),
    exchangeLineIds: whole(one, "exchangeLineItems", exchangeLines)?.flat().sort(),
  }));
  return returns && inIdOrder(returns);
}

/** A connection without lines is not in a bulk file at all, so absent is empty: our documents always ask for it. */
function decodeReturnLines(node: JsonObject): ReturnPart["lines"] {
  if (hasNextPage(node, "returnLineItems")) return undefined;
  const byLine = new Map<string, NonNullable<ReturnPart["lines"]>[number]>();
  for (const line of readEach(node, "returnLineItems", decodeReturnLine) ?? []) {
    // A line that Shopify could not tie to the order (unverified) brings nothing of this order back.
    if (line === null) continue;
    // A line sent in two parcels comes back in two lines of the return.
    const known = byLine.get(line.lineId);
    if (known === undefined) byLine.set(line.lineId, line);
    else {
      known.qty += line.qty;
      known.processedQty += line.processedQty;
      known.reason = [known.reason, line.reason].filter((one) => one !== null).sort()[0] ?? null;
    }
  }
  return [...byLine.values()].sort((a, b) => (a.lineId < b.lineId ? -1 : 1));
}

function decodeReturnLine(node: JsonObject): NonNullable<ReturnPart["lines"]>[number] | null {
  const lineId = readOptionalObject(node, "fulfillmentLineItem", (sent) =>
    readOptionalObject(sent, "lineItem", (line) => readOptionalGid(line, "id")),
  );
  if (!lineId) return null;
  return {
    lineId,
    qty: readQuantity(node, "quantity"),
    processedQty: readOptionalInteger(node, "processedQuantity") ?? 0,
    reason: readText(node, "returnReason"),
  };
}

function exchangeLines(node: JsonObject): string[] {
  return readEach(node, "lineItems", (line) => readRequiredGid(line, "id")) ?? [];
}

/** A connection as a list; `undefined` where it was not asked for or has more pages than came. */
function whole<T>(node: JsonObject, key: string, decode: (child: JsonObject) => T): T[] | undefined {
  return hasNextPage(node, key) ? undefined : readEach(node, key, decode);
}
