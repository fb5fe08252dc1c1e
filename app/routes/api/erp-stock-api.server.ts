import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { listShopifyStock } from "#app/erp/inventory/list-shopify-stock.server.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { PageQuery, pageOf, toPage } from "./cursor.ts";
import { Flag, readPosition, ShopifyId } from "./erp-list.ts";
import { Instant, json, refusals } from "./schemas.ts";

/** Stock as Shopify says it is. */
export const erpStockApi = new OpenAPIHono<ApiEnv>();

const quantity = z.int().nullable();
const StockLevel = z
  .strictObject({
    id: z.string().openapi({ description: "Shopify's inventory item and location: item@location." }),
    sku: z
      .strictObject({ id: z.string(), skuCode: z.string().nullable(), title: z.string() })
      .nullable()
      .openapi({ description: "The ERP's SKU; null while none has this inventory item." }),
    location: z
      .strictObject({ id: z.string(), name: z.string().nullable() })
      .openapi({ description: "Shopify's; the name is null until Shopify has told it." }),
    shopifyInventoryItemId: z.string(),
    available: quantity.openapi({ description: "Can be sold; below zero where Shopify oversold." }),
    onHand: quantity,
    committed: quantity.openapi({ description: "Of orders that are not fulfilled." }),
    incoming: quantity,
    reserved: quantity.openapi({ description: "Set aside, damaged, in quality control or safety stock." }),
    lastSynced: Instant.openapi({ description: "When the ERP last saw these quantities change." }),
    shopifyUpdatedAt: Instant.nullable(),
  })
  .openapi("ShopifyStockLevel", {
    description: "A quantity is null where nothing that Shopify sent tells it.",
  });

erpStockApi.openapi(
  endpoint({
    ...access("listErpStock", "read"),
    ...{ method: "get", path: "/erp/stock", tags: ["ERP"] },
    summary: "What Shopify says of the stock, by SKU and location",
    request: {
      query: PageQuery.extend({
        skuId: z.uuid().optional().openapi({ description: "The ERP's id of a SKU." }),
        inventoryItemId: ShopifyId.optional().openapi({
          description: "Shopify's; with locationId exactly one level, as the change feed names it.",
        }),
        locationId: ShopifyId.optional(),
        unmatched: Flag.default(false).openapi({ description: "Only levels that belong to no SKU." }),
      }),
    },
    responses: {
      200: json(pageOf(StockLevel), "A page of levels; what is stocked there no longer is not among them"),
      ...refusals(),
    },
  }),
  async (c) => {
    const { limit, after, ...filter } = c.req.valid("query");
    const rows = await listShopifyStock(getContext().database.pool, {
      ...{ shop: c.var.caller.shop, limit: limit + 1, after: readPosition(after, "id"), ...filter },
    });
    return c.json(toPage(rows, { limit, keyOf: ({ id }) => ["id", "", id], view: (row) => row }), 200);
  },
);
