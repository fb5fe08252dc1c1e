/**
 * How the file of each bulk query is put together again: what its roots are called, which columns of the cache
 * their first fields fill, and under which name a child line belongs to its parent. Shopify's docs, bulk
 * operations: every node is a line of its own, children carry `__parentId` and may stand anywhere.
 */
import type { BulkPurpose } from "./bulk-purpose.ts";

export type BulkShape = {
  rootType: string;
  /** Fields after `__typename id updatedAt` in the document, and the cache column each fills. */
  header: readonly { field: string; column: string; gid?: true }[];
  /** Child type → the connection's name in its parent. */
  connections: Readonly<Record<string, string>>;
  /** Child types that have children of their own. */
  parentsOfGrandchildren: readonly string[];
};

export const bulkShapes: Readonly<Record<BulkPurpose, BulkShape>> = {
  orders: {
    rootType: "Order",
    header: [
      { field: "name", column: "orderNumber" },
      { field: "displayFinancialStatus", column: "financialStatus" },
      { field: "displayFulfillmentStatus", column: "fulfillmentStatus" },
    ],
    connections: {
      LineItem: "lineItems",
      ShippingLine: "shippingLines",
      Return: "returns",
      ReturnLineItem: "returnLineItems",
      UnverifiedReturnLineItem: "returnLineItems",
    },
    parentsOfGrandchildren: ["Return"],
  },
  products: {
    rootType: "Product",
    header: [
      { field: "title", column: "title" },
      { field: "handle", column: "handle" },
    ],
    connections: {
      ProductVariant: "variants",
      MediaImage: "media",
      Video: "media",
      ExternalVideo: "media",
      Model3d: "media",
    },
    parentsOfGrandchildren: [],
  },
  customers: {
    rootType: "Customer",
    header: [],
    connections: { MailingAddress: "addressesV2" },
    parentsOfGrandchildren: [],
  },
  fulfillment_orders: {
    rootType: "FulfillmentOrder",
    header: [{ field: "orderId", column: "orderId", gid: true }],
    connections: {
      FulfillmentOrderLineItem: "lineItems",
      Fulfillment: "fulfillments",
      FulfillmentLineItem: "fulfillmentLineItems",
    },
    parentsOfGrandchildren: ["Fulfillment"],
  },
  // The roots are inventory items; what the cache keeps of one are its levels (app/cache/payloads-of-record.ts).
  inventory: {
    rootType: "InventoryItem",
    header: [],
    connections: { InventoryLevel: "inventoryLevels" },
    parentsOfGrandchildren: [],
  },
};
