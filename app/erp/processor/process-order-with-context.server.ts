import { hash } from "node:crypto";
import { copyRow, type CopyValue } from "#app/lib/copy-text.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import {
  orderChargeColumns,
  orderColumns,
  orderLineColumns,
  orderPaymentColumns,
  parcelColumns,
  parcelLineColumns,
  returnCaseColumns,
} from "#app/erp/orders/order-rows.ts";
import { receiptThatMakesAll } from "#app/erp/payments/receipt-that-makes-all.ts";
import { buildOrderData } from "./build-order-data.ts";
import { detectOrderChanges, joinHashes, orderParts, type OrderPart } from "./detect-order-changes.ts";
import type { OrderContext } from "./order-context.ts";

/** What is to be written for one order: rows as COPY text, and which parts of it are new. */
export type OrderPlan = {
  id: string;
  outcome: "created" | "updated" | "unchanged";
  changed: readonly OrderPart[];
  needsFetch: string | null;
  paymentMethod: string;
  gatewaysSeen: readonly string[];
  /** A test order is shown, and told to nobody. */
  test: boolean;
  /** A receipt by which Shopify is to hear that all was paid, if it was not told of it for being a part. */
  makesAll: string | null;
  /** The order's own row without its newline: the writer adds hash and times. */
  order: string;
  lines: string;
  charges: string;
  payments: string;
  parcels: string;
  parcelLines: string;
  cases: string;
  outputHash: string;
  createdAt: Date;
};

/**
 * One order through all the rules, in memory: what the ERP should hold, compared with what it holds. An existing order
 * is computed as a new one is; only the difference is written.
 * @throws AppError (SKU_NOT_FOUND, …) when the order cannot become ERP rows: nothing of it is then written.
 */
export function processOrderWithContext(order: OrderSnapshot, context: OrderContext): OrderPlan {
  const { rows, needsFetch } = buildOrderData(order, context);
  const texts = {
    order: copyOf([rows.order], orderColumns).slice(0, -1),
    lines: copyOf(rows.lines, orderLineColumns),
    charges: copyOf(rows.charges, orderChargeColumns),
    payments: copyOf(rows.payments, orderPaymentColumns),
    parcels: copyOf(rows.parcels, parcelColumns),
    parcelLines: copyOf(rows.parcelLines, parcelLineColumns),
    cases: copyOf(rows.cases, returnCaseColumns),
  };
  const hashes = {
    order: shortHash(texts.order),
    lines: shortHash(texts.lines),
    money: shortHash(texts.charges + texts.payments),
    parcels: shortHash(texts.parcels + texts.parcelLines),
    returns: texts.cases === "" ? "" : shortHash(texts.cases),
  };
  const stored = context.stored.get(order.id);
  const changed = stored ? detectOrderChanges(stored.outputHash, hashes) : orderParts;
  return {
    id: order.id,
    outcome: !stored ? "created" : changed.length > 0 ? "updated" : "unchanged",
    changed,
    needsFetch,
    paymentMethod: rows.order.paymentMethod,
    gatewaysSeen: order.gatewaysSeen,
    test: order.test,
    makesAll: receiptThatMakesAll(
      order,
      context.facts.get(order.id)?.receipts ?? [],
      context.settings.roundRupees,
    ),
    ...texts,
    outputHash: joinHashes(hashes),
    createdAt: stored?.createdAt ?? context.now,
  };
}

function copyOf<Row extends Readonly<Record<Column, CopyValue>>, Column extends string>(
  rows: readonly Row[],
  columns: readonly Column[],
): string {
  let text = "";
  for (const row of rows) text += copyRow(row, columns);
  return text;
}

/** 96 bits: what an order is compared with is only its own former self. */
function shortHash(text: string): string {
  return hash("sha256", text, "base64url").slice(0, 16);
}
