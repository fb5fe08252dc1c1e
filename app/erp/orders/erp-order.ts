import { selectList } from "#app/lib/select-list.ts";
import type { PostalAddress } from "#app/shopify/codecs/decode-address.ts";
import type { OrderStatus } from "#app/erp/processor/determine-order-status.ts";
import type { Hold } from "#app/erp/processor/find-holds.ts";
import { orderColumns, type OrderRow } from "./order-rows.ts";

type Attribute = { name: string; value: string };

/** An order as other systems read it: amounts exact decimal text, times ISO in UTC. */
export type ErpOrder = Omit<
  OrderRow,
  | ("shop" | "shopifyOrderId" | "status" | "holds" | "shippingAddress" | "billingAddress")
  | ("attributes" | "shippingLines")
> & {
  /** Shopify's. */
  id: string;
  status: OrderStatus;
  holds: Hold[];
  shippingAddress: PostalAddress | null;
  billingAddress: PostalAddress | null;
  attributes: Attribute[];
  shippingLines: { title: string; code: string | null; isRemoved: boolean }[];
  /** First in the ERP, and last changed there. */
  createdAt: string;
  updatedAt: string;
};

const types = {
  instants: [
    ...["orderDate", "shopifyCreatedAt", "cancelledAt", "closedAt", "archivedAt", "createdAt", "updatedAt"],
  ],
  amounts: orderColumns.filter((column) => /(Amount|Difference|^amountToCollect)$/.test(column)),
};

/** SQL: the columns of an `ErpOrder`, of "Order" o. */
export const erpOrderColumns = selectList(
  "o",
  [
    "shopifyOrderId as id",
    ...orderColumns.filter((column) => column !== "shop" && column !== "shopifyOrderId"),
    ...["createdAt", "updatedAt"],
  ],
  types,
);
