import type { Db } from "#app/lib/db.server.ts";
import { readCopyRows } from "#app/lib/copy-text.ts";
import {
  orderChargeColumns,
  orderColumns,
  orderLineColumns,
  orderPaymentColumns,
  parcelColumns,
  parcelLineColumns,
  returnCaseColumns,
} from "#app/erp/orders/order-rows.ts";
import type { OrderPart } from "#app/erp/processor/detect-order-changes.ts";
import type { OrderPlan } from "#app/erp/processor/process-order-with-context.server.ts";

type ComparedTable = {
  table: string;
  part: OrderPart;
  /** What tells the rows of one order apart. */
  keys: readonly string[];
  columns: readonly string[];
  json: readonly string[];
  text: (plan: OrderPlan) => string;
};

const tables: readonly ComparedTable[] = [
  {
    ...{ table: "Order", part: "order", keys: [], columns: orderColumns },
    json: ["holds", "shippingAddress", "billingAddress", "attributes", "shippingLines"],
    text: ({ order }) => `${order}\n`,
  },
  {
    ...{ table: "OrderLine", part: "lines", keys: ["shopifyLineId"], columns: orderLineColumns },
    json: ["attributes"],
    text: ({ lines }) => lines,
  },
  {
    ...{ table: "OrderCharge", part: "money", keys: ["position"], columns: orderChargeColumns },
    json: [],
    text: ({ charges }) => charges,
  },
  {
    ...{ table: "OrderPayment", part: "money", keys: ["shopifyTransactionId"], columns: orderPaymentColumns },
    json: [],
    text: ({ payments }) => payments,
  },
  {
    ...{ table: "Parcel", part: "parcels", keys: ["id"], columns: parcelColumns },
    json: [],
    text: ({ parcels }) => parcels,
  },
  {
    ...{
      table: "ParcelLine",
      part: "parcels",
      keys: ["parcelId", "shopifyLineId"],
      columns: parcelLineColumns,
    },
    json: [],
    text: ({ parcelLines }) => parcelLines,
  },
  {
    ...{ table: "ReturnCase", part: "returns", keys: ["id"], columns: returnCaseColumns },
    json: ["lines"],
    text: ({ cases }) => cases,
  },
];

/** What differs in one order: columns as `Order.note`, a row that only one side has as `Parcel (row missing)`. */
export type OrderDifference = { columns: Set<string>; parts: Set<OrderPart> };

/**
 * The rows that were planned for orders the ERP has, against those it holds, value by value. An order's hash says what was last
 * written; it also differs where a later version writes a column that is empty here, and is equal where a row was changed since.
 * @returns orders that differ, by id
 */
export async function compareOrderRows(
  tx: Db,
  { shop, plans }: { shop: string; plans: readonly OrderPlan[] },
): Promise<Map<string, OrderDifference>> {
  const known = plans.filter(({ outcome }) => outcome !== "created");
  const differences = new Map<string, OrderDifference>();
  if (known.length === 0) return differences;
  const ids = known.map(({ id }) => id);
  for (const one of tables) {
    const { rows } = await tx.query<{ id: string; columns: string[] }>({
      name: `compare-${one.table}`,
      text: comparison(one),
      values: [shop, ids, JSON.stringify(known.flatMap((plan) => plannedRows(one, plan)))],
    });
    for (const { id, columns } of rows) {
      const order = differences.get(id) ?? { columns: new Set(), parts: new Set() };
      for (const column of columns) order.columns.add(`${one.table}${column}`);
      differences.set(id, { ...order, parts: order.parts.add(one.part) });
    }
  }
  return differences;
}

function plannedRows({ text, columns, json }: ComparedTable, plan: OrderPlan): Record<string, unknown>[] {
  return readCopyRows(text(plan), columns).map((row) => ({
    ...row,
    ...Object.fromEntries(json.map((column) => [column, JSON.parse(row[column] ?? "null") as unknown])),
  }));
}

/** Both sides as rows of the table's own type: equal amounts, instants and JSON are equal however they were written. */
function comparison({ table, keys, columns }: ComparedTable): string {
  const on = ["shop", "shopifyOrderId", ...keys].map((key) => `s."${key}" = c."${key}"`).join(" and ");
  const differing = columns.map(
    (column) => `case when s."${column}" is distinct from c."${column}" then '.${column}' end`,
  );
  return `with computed as (
       select * from jsonb_populate_recordset(null::"${table}", $3::jsonb)
     ), stored as (
       select * from "${table}" where shop = $1 and "shopifyOrderId" = any($2)
     ), compared as (
       select coalesce(s."shopifyOrderId", c."shopifyOrderId") as id,
         case when s.shop is null then array[' (row missing)'] when c.shop is null then array[' (row too many)']
           else array_remove(array[${differing.join(", ")}], null) end as columns
       from stored s full join computed c on ${on}
     )
     select id, columns from compared where cardinality(columns) > 0`;
}
