import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { listErpStock } from "#app/erp/inventory/list-erp-stock.server.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { PageQuery, pageOf, readCursor, toPage } from "./cursor.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, json, PlainText, refusals } from "./schemas.ts";

/** The ERP's own stock, to be read. */
export const erpOwnStockApi = new OpenAPIHono<ApiEnv>();

const OwnStock = z
  .strictObject({
    id: z
      .string()
      .openapi({ description: "The ERP's SKU and location: sku@location, as the feed names it." }),
    sku: z.strictObject({ id: z.string(), skuCode: z.string().nullable(), title: z.string() }),
    locationId: z.string().openapi({ description: "The ERP's own id of it." }),
    shopifyLocationIds: z
      .array(z.string())
      .openapi({ description: "Shopify's locations that it feeds, by the shop's settings." }),
    sellableQty: z.int(),
    safetyStockQty: z.int().openapi({ description: "What of it Shopify is never told." }),
    updatedAt: Instant.openapi({ description: "When the ERP last said it." }),
  })
  .openapi("ErpOwnStock");

const Key = z.tuple([z.literal("sku"), PlainText.max(50), PlainText.max(255)]);

erpOwnStockApi.openapi(
  endpoint({
    ...access("listErpOwnStock", "read"),
    ...{ method: "get", path: "/stock/erp", tags: ["ERP"] },
    summary: "What the ERP says can be sold, and what it keeps back, by SKU and location",
    request: {
      query: PageQuery.extend({
        skuId: z.uuid().optional().openapi({
          description:
            "The ERP's id of a SKU; with locationId exactly one place, as the change feed names it.",
        }),
        locationId: PlainText.min(1).max(255).optional().openapi({ description: "The ERP's id of it." }),
      }),
    },
    responses: {
      200: json(pageOf(OwnStock), "A page of places; where the ERP never said anything there is none"),
      ...refusals(),
    },
  }),
  async (c) => {
    const { limit, after, ...filter } = c.req.valid("query");
    const key = readCursor(after, Key);
    const rows = await listErpStock(getContext().database.pool, {
      ...{ shop: c.var.caller.shop, limit: limit + 1, ...filter },
      after: key === null ? undefined : { skuId: key[1], locationId: key[2] },
    });
    const page = toPage(rows, {
      limit,
      keyOf: ({ sku, locationId }) => ["sku", sku.id, locationId],
      view: (row) => row,
    });
    return c.json(page, 200);
  },
);
