import type { Db } from "#app/lib/db.server.ts";
import { toMinor } from "#app/lib/money.ts";
import {
  determinePaymentMethod,
  type PaymentFacts,
  type PaymentVerdict,
} from "#app/settings/determine-payment-method.ts";
import type { PaymentRule } from "#app/settings/settings-schema.ts";

/** One order that other rules judge otherwise. */
export type PaymentChange = {
  shopifyOrderId: string;
  orderNumber: string;
  test: boolean;
  /** False: the order waits to be computed anyway. */
  processed: boolean;
  from: PaymentVerdict;
  to: PaymentVerdict;
};

type Row = {
  shopifyOrderId: string;
  orderNumber: string;
  test: boolean;
  isHistory: boolean;
  processed: boolean;
  paymentMethod: "COD" | "Prepaid";
  unknownGateways: string[];
  gateways: string[];
  financialStatus: string | null;
  currency: string;
  outstandingAmount: string;
  free: boolean;
  tags: string[];
  attributes: PaymentFacts["attributes"];
  held: boolean;
  correction: string | null;
};

/**
 * Goes once through a shop's orders, page by page along the primary key, and says of each page which orders `rules` judge
 * otherwise than they were computed. Nothing is written, and one page is in memory at a time. `counted` leaves out test orders
 * and those that wait to be computed anyway.
 *
 * The order's row alone says how it was judged, so a pass that was cut short can simply be made again.
 */
export async function* findPaymentChanges(
  db: Db,
  { shop, rules, pageSize = 2000 }: { shop: string; rules: readonly PaymentRule[]; pageSize?: number },
): AsyncGenerator<{ counted: number; changes: PaymentChange[] }> {
  let last = "";
  for (;;) {
    const rows = await loadPage(db, shop, last, pageSize);
    const end = rows.at(-1);
    if (end === undefined) return;
    yield {
      counted: rows.filter(({ test, processed }) => processed && !test).length,
      changes: rows.flatMap((row) => compare(row, rules)),
    };
    if (rows.length < pageSize) return;
    last = end.shopifyOrderId;
  }
}

async function loadPage(db: Db, shop: string, last: string, pageSize: number): Promise<Row[]> {
  // Sub-selects of one value each: as `exists` or a join, PostgreSQL reads the entire cache anew for each page.
  const { rows } = await db.query<Row>(
    `select o."shopifyOrderId", o."orderNumber", o.test, o."isHistory", o."paymentMethod", o."unknownGateways", o.gateways,
        o."financialStatus", o.currency, o."outstandingAmount",
        o."totalAmount" = 0 and o."presentmentTotalAmount" = 0 as free, o.tags, o.attributes,
        o.holds @> '[{"kind": "unknown_gateway"}]' or o.holds @> '[{"kind": "payment_unknown"}]' as held,
        (select c."processedAt" is not null from "ShopifyOrderCache" c
          where c.shop = o.shop and c.id = o."shopifyOrderId") is true as processed,
        (select f.details->>'method' from "ErpFact" f
          where f.shop = o.shop and f."shopifyOrderId" = o."shopifyOrderId" and f.kind = 'payment_method'
          order by f.id desc limit 1) as correction
      from "Order" o where o.shop = $1 and o."shopifyOrderId" > $2 order by o."shopifyOrderId" limit $3`,
    [shop, last, pageSize],
  );
  return rows;
}

function compare(row: Row, rules: readonly PaymentRule[]): PaymentChange[] {
  const facts: PaymentFacts = {
    gatewaysSeen: row.gateways,
    financialStatus: row.financialStatus,
    // Where Shopify has not told it, 0: such an order is asked for, and computed by the new rules with the answer.
    outstandingMinor: toMinor(row.outstandingAmount, row.currency),
    nothingToPay: row.free,
    tags: row.tags,
    attributes: row.attributes,
    correction: row.correction === "COD" || row.correction === "Prepaid" ? row.correction : null,
  };
  const { paymentMethod, unknownGateways, held, shopifyOrderId, orderNumber, test, processed } = row;
  const from = { paymentMethod, unknownGateways, hold: held };
  const verdict = determinePaymentMethod(facts, rules);
  // Nothing holds history and test orders.
  const to = { ...verdict, hold: verdict.hold && !row.isHistory && !test };
  const same =
    from.paymentMethod === to.paymentMethod &&
    from.hold === to.hold &&
    from.unknownGateways.join("\n") === to.unknownGateways.join("\n");
  return same ? [] : [{ shopifyOrderId, orderNumber, test, processed, from, to }];
}
