import type { PoolClient } from "pg";
import { copyRows, copySql } from "#app/lib/copy-rows.server.ts";
import { copyLine } from "#app/lib/copy-text.ts";
import {
  addChangedIds,
  hasIds,
  takePrints,
  type ChangedIds,
  type PartPrints,
} from "./find-changed-parts.server.ts";
import {
  orderChargeColumns,
  orderColumns,
  orderLineColumns,
  orderPaymentColumns,
  parcelColumns,
  parcelLineColumns,
  returnCaseColumns,
} from "./order-rows.ts";

/** The rows of one order as COPY text; `order` without its newline. */
export type OrderText = {
  id: string;
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

export type OrderTables = "order" | "lines" | "money" | "parcels" | "returns";

const tablesOf = {
  order: ["Order"],
  lines: ["OrderLine"],
  money: ["OrderCharge", "OrderPayment"],
  parcels: ["Parcel", "ParcelLine"],
  returns: ["ReturnCase"],
} as const satisfies Record<OrderTables, readonly string[]>;

const copyStatements = {
  order: copySql("Order", [...orderColumns, "outputHash", "createdAt", "updatedAt"]),
  lines: copySql("OrderLine", orderLineColumns),
  charges: copySql("OrderCharge", orderChargeColumns),
  payments: copySql("OrderPayment", orderPaymentColumns),
  parcels: copySql("Parcel", parcelColumns),
  parcelLines: copySql("ParcelLine", parcelLineColumns),
  cases: copySql("ReturnCase", returnCaseColumns),
};

/** Writes orders nobody has yet, by COPY straight into the tables: about twice as fast as an upsert. */
export async function createNewOrderWithLines(
  tx: PoolClient,
  orders: readonly OrderText[],
  now: Date,
): Promise<void> {
  await copyPart(tx, "order", orders, now);
  for (const part of ["lines", "money", "parcels", "returns"] as const) await copyPart(tx, part, orders, now);
}

/**
 * Replaces the parts of existing orders that changed: their rows go, the new ones come, in the caller's transaction.
 * The order's own row is always rewritten: it carries the hash of all parts.
 * @returns by order, which of its lines, parcels and returns are not as they were
 */
export async function handleExistingOrderUpdate(
  tx: PoolClient,
  shop: string,
  orders: readonly (OrderText & { changed: readonly OrderTables[] })[],
  now: Date,
): Promise<Map<string, ChangedIds>> {
  const changed = new Map<string, ChangedIds>();
  for (const part of ["order", "lines", "money", "parcels", "returns"] as const) {
    const touched = part === "order" ? orders : orders.filter(({ changed }) => changed.includes(part));
    if (touched.length === 0) continue;
    const orderIds = touched.map(({ id }) => id);
    const prints = async () => (hasIds(part) ? takePrints(tx, { shop, part, orderIds }) : NO_PRINTS);
    const before = await prints();
    for (const table of tablesOf[part])
      await tx.query(`DELETE FROM "${table}" WHERE shop = $1 AND "shopifyOrderId" = ANY($2)`, [
        shop,
        orderIds,
      ]);
    await copyPart(tx, part, touched, now);
    if (hasIds(part)) addChangedIds(changed, part, { before, after: await prints() });
  }
  return changed;
}

const NO_PRINTS: PartPrints = new Map();

async function copyPart(
  tx: PoolClient,
  part: OrderTables,
  orders: readonly OrderText[],
  now: Date,
): Promise<void> {
  const copy = async (key: keyof typeof copyStatements, text: string) => {
    if (text !== "") await copyRows(tx, copyStatements[key], [text]);
  };
  if (part === "order")
    return copy(
      "order",
      orders.map((o) => `${o.order}\t${copyLine([o.outputHash, o.createdAt, now])}`).join(""),
    );
  const all = (key: "lines" | "charges" | "payments" | "parcels" | "parcelLines" | "cases") =>
    orders.map((order) => order[key]).join("");
  if (part === "lines") return copy("lines", all("lines"));
  if (part === "money") {
    await copy("charges", all("charges"));
    return copy("payments", all("payments"));
  }
  if (part === "returns") return copy("cases", all("cases"));
  await copy("parcels", all("parcels"));
  return copy("parcelLines", all("parcelLines"));
}
