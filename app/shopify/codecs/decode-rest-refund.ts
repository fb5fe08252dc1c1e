import { addPairs, negatePair, ZERO, type MoneyPair } from "#app/lib/money.ts";
import { inIdOrder } from "./in-canonical-order.ts";
import type { RefundLinePart, RefundPart, ReturnPart } from "./order-parts.ts";
import { readOptionalMoney, readOptionalShopAmount, type Currencies } from "./read-money.ts";
import { readQuantity, readRequiredRestId, readRestEnum, readText } from "./read-order-fields.ts";
import { readOptionalRestMoney } from "./read-rest-money.ts";
import {
  readEach,
  readOptionalGid,
  readOptionalNumericId,
  readOptionalObject,
  readOptionalTime,
  readRestId,
  Unreadable,
  type JsonObject,
} from "./read.ts";

/**
 * One of a webhook order's `refunds`: the only order payload that says which goods a refund takes off. What it gave
 * back in money is what its successful refund transactions say: cancelling an unpaid COD order also makes an element
 * here, with a `void` of 0.00 and no money moved.
 */
export function decodeRestRefund(node: JsonObject, money: Currencies): RefundPart {
  const adjustments = decodeAdjustments(node, money);
  return {
    id: readRequiredRestId(node),
    createdAt: readOptionalTime(node, "created_at") ?? null,
    total: refundedMoney(node, money),
    returnId:
      node["return"] === undefined
        ? undefined
        : (readOptionalObject(node, "return", readRequiredRestId) ?? null),
    lines: allKnown(
      readEach(node, "refund_line_items", (line) => decodeLine(line, money)),
      byLine,
    ),
    shipping:
      node["refund_shipping_lines"] === undefined
        ? adjustments?.flatMap(asShipping)
        : allKnown(
            readEach(node, "refund_shipping_lines", (line) => {
              const subtotal = readOptionalRestMoney(line, "subtotal_amount", money);
              return subtotal && { subtotal, tax: readOptionalRestMoney(line, "tax_amount", money) };
            }),
          ),
    adjustments: adjustments?.flatMap(({ kind, ...one }) => (kind === SHIPPING_REFUND ? [] : [one])),
    duties: allKnown(readEach(node, "duties", (duty) => readOptionalMoney(duty, "amount_set", money))),
  };
}

/** `returns` of a webhook's order: that there is a return and how it stands, not what comes back. */
export function decodeRestReturns(node: JsonObject): ReturnPart[] | undefined {
  const told = readEach(node, "returns", (one): ReturnPart | null => {
    const id = readRestId(one);
    if (id === undefined) return null;
    return {
      id,
      name: readText(one, "name"),
      status: readRestEnum(one, "status") ?? "OPEN",
      createdAt: readOptionalTime(one, "created_at") ?? null,
      closedAt: readOptionalTime(one, "closed_at") ?? null,
      lines: undefined,
      exchangeLineIds: undefined,
    };
  });
  return told && inIdOrder(told.filter((one) => one !== null));
}

type Adjustment = NonNullable<RefundPart["adjustments"]>[number] & { kind: string | null };

function decodeAdjustments(node: JsonObject, money: Currencies): Adjustment[] | undefined {
  return allKnown(
    readEach(node, "order_adjustments", (one) => {
      const amount = readOptionalRestMoney(one, "amount", money);
      return (
        amount && {
          kind: readText(one, "kind"),
          // REST writes the enum as people read it: "Refund discrepancy".
          reason: readRestEnum(one, "reason")?.replaceAll(" ", "_") ?? null,
          amount,
          tax: readOptionalRestMoney(one, "tax_amount", money) ?? ZERO,
        }
      );
    }),
  );
}

/** What payloads without `refund_shipping_lines` have instead; with them it would say the same twice. */
const SHIPPING_REFUND = "shipping_refund";

function asShipping({ kind, amount, tax }: Adjustment): NonNullable<RefundPart["shipping"]> {
  return kind === SHIPPING_REFUND ? [{ subtotal: negatePair(amount), tax: negatePair(tax) }] : [];
}

function decodeLine(node: JsonObject, money: Currencies): RefundLinePart | undefined {
  const subtotal = readOptionalRestMoney(node, "subtotal", money);
  const tax = readOptionalRestMoney(node, "total_tax", money);
  if (subtotal === undefined || tax === undefined) return undefined;
  // The line's own gid is exact where `line_item_id` may have been rounded.
  const lineId =
    readOptionalObject(node, "line_item", (line) => readOptionalGid(line, "admin_graphql_api_id")) ??
    readOptionalNumericId(node, "line_item_id");
  if (!lineId) throw new Unreadable("line_item_id", "an id");
  return {
    lineId,
    qty: readQuantity(node, "quantity"),
    restockType: readRestEnum(node, "restock_type") ?? "NO_RESTOCK",
    subtotal,
    tax,
  };
}

function refundedMoney(node: JsonObject, money: Currencies): MoneyPair | undefined {
  const paid = readEach(node, "transactions", (transaction): MoneyPair | undefined =>
    readRestEnum(transaction, "kind") === "REFUND" && readRestEnum(transaction, "status") === "SUCCESS"
      ? transactionAmount(transaction, money)
      : ZERO,
  );
  return paid?.reduce(
    (sum, amount) => (sum === undefined || amount === undefined ? undefined : addPairs(sum, amount)),
    ZERO,
  );
}

/** A transaction has one amount, in its own currency (the customer's): with two currencies the pair stays unknown. */
function transactionAmount(node: JsonObject, money: Currencies): MoneyPair | undefined {
  const pair = readOptionalMoney(node, "amount_set", money);
  if (pair !== undefined || money.shop !== money.presentment) return pair;
  return readOptionalShopAmount(node, "amount", money);
}

/** A list of which one amount is not told in both currencies is a list that is not told. */
function allKnown<T>(list: (T | undefined)[] | undefined, order?: (list: T[]) => T[]): T[] | undefined {
  if (list === undefined || list.includes(undefined)) return undefined;
  const known = list as T[];
  return order ? order(known) : known;
}

/** In one order whichever shape told them. */
export function byLine(lines: RefundLinePart[]): RefundLinePart[] {
  return lines.length < 2
    ? lines
    : lines.sort(
        (a, b) =>
          a.lineId.length - b.lineId.length ||
          (a.lineId < b.lineId ? -1 : a.lineId > b.lineId ? 1 : 0) ||
          (a.restockType < b.restockType ? -1 : a.restockType > b.restockType ? 1 : 0) ||
          a.qty - b.qty ||
          a.subtotal.presentment - b.subtotal.presentment,
      );
}
