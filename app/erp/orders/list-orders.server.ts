import { askedConditions, type Condition } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import type { ListOptions } from "#app/erp/list-position.ts";
import type { OrderStatus } from "#app/erp/processor/determine-order-status.ts";
import { erpOrderColumns, type ErpOrder } from "./erp-order.ts";

export type ListOrdersOptions = ListOptions & {
  status?: OrderStatus | undefined;
  paymentMethod?: "COD" | "Prepaid" | undefined;
  /** Whether anything keeps it from being picked. */
  onHold?: boolean | undefined;
  /** As Shopify shows it, with or without "#". */
  number?: string | undefined;
  /** By creation at Shopify: at or after, and before. */
  createdFrom?: Date | undefined;
  createdUntil?: Date | undefined;
  includeTest: boolean;
};

/**
 * A shop's orders, the newest by creation at Shopify first; those that changed since an instant in the order of change
 * (`after.at` is then their `updatedAt`, else their `shopifyCreatedAt`).
 */
export async function listOrders(db: Db, options: ListOrdersOptions): Promise<ErpOrder[]> {
  const { shop, limit, updatedSince, after, onHold, number, includeTest } = options;
  const bare = number?.replace(/^#/, "");
  const list: { conditions: Condition[]; orderBy: string } =
    updatedSince === undefined
      ? {
          conditions: [[`(o."shopifyCreatedAt", o."shopifyOrderId") < (?, ?)`, after?.at, after?.id]],
          orderBy: `o."shopifyCreatedAt" desc, o."shopifyOrderId" desc`,
        }
      : {
          conditions: [
            [`o."updatedAt" >= ?`, updatedSince],
            [`(o."updatedAt", o."shopifyOrderId") > (?, ?)`, after?.at, after?.id],
          ],
          orderBy: `o."updatedAt", o."shopifyOrderId"`,
        };
  const held: Condition[] = onHold === undefined ? [] : [[`o.holds ${onHold ? "<>" : "="} '[]'`]];
  const { and, values } = askedConditions(
    [shop, limit],
    [
      ["o.status = ?", options.status],
      [`o."paymentMethod" = ?`, options.paymentMethod],
      [`o."orderNumber" = any(?)`, bare === undefined ? undefined : [bare, `#${bare}`]],
      [`o."shopifyCreatedAt" >= ?`, options.createdFrom],
      [`o."shopifyCreatedAt" < ?`, options.createdUntil],
      ...(includeTest ? [] : [["not o.test"] as const]),
      ...held,
      ...list.conditions,
    ],
  );
  const { rows } = await db.query<ErpOrder>(
    `select ${erpOrderColumns} from "Order" o where o.shop = $1${and} order by ${list.orderBy} limit $2`,
    values,
  );
  return rows;
}
