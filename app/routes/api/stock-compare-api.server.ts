import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { loadStockComparison } from "#app/erp/inventory/compare-stock.server.ts";
import { stockShows, stockSkips } from "#app/erp/inventory/stock-compare-row.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { PageQuery, pageOf, readCursor } from "./cursor.ts";
import { endpoint } from "./endpoint.ts";
import { json, PlainText, refusals } from "./schemas.ts";

/** The ERP's stock beside Shopify's, level by level. */
export const stockCompareApi = new OpenAPIHono<ApiEnv>();

const Compared = z
  .strictObject({
    ...{ inventoryItemId: z.string(), locationId: z.string() },
    locationName: z.string().nullable().openapi({ description: "Null until Shopify has told it." }),
    skuId: z.string().openapi({ description: "The ERP's." }),
    ...{ skuCode: z.string().nullable(), title: z.string() },
    sellableQty: z.int().openapi({ description: "Of all the ERP's locations that feed this one." }),
    safetyQty: z.int().openapi({ description: "What of it is kept back." }),
    unprocessedQty: z.int().openapi({ description: "In orders that the ERP has not taken in yet." }),
    targetQty: z.int().openapi({
      description: "What Shopify is to show: sellableQty − safetyQty − unprocessedQty, at least 0.",
    }),
    shopifyQty: z.int().nullable().openapi({ description: "What it shows; null where nothing has told it." }),
    difference: z.int().nullable().openapi({ description: "targetQty − shopifyQty." }),
    skipped: z
      .enum(stockSkips)
      .nullable()
      .openapi({ description: "Why it is not sent, whatever the numbers say; null where it can be." }),
    orderedSince: z.int().openapi({
      description:
        "Units in orders that came after the ERP last said its number here: it may not know of them.",
    }),
  })
  .openapi("ComparedStockLevel");

stockCompareApi.openapi(
  endpoint({
    ...access("compareStock", "read"),
    ...{ method: "get", path: "/stock/compare", tags: ["ERP"] },
    summary: "The ERP's stock beside Shopify's, by SKU and location of Shopify's",
    description: "From what is here: Shopify is not asked, and nothing is sent.",
    request: {
      query: PageQuery.extend({
        show: z.enum(stockShows).default("differ").openapi({
          description: "differ: what would be sent; skipped: what is not, and why; all: every level.",
        }),
      }),
    },
    responses: { 200: json(pageOf(Compared), "A page of levels, the newest items first"), ...refusals() },
  }),
  async (c) => {
    const { limit, after, show } = c.req.valid("query");
    const key = readCursor(after, z.tuple([PlainText.max(50), PlainText.max(50)]));
    const { rows, next } = await loadStockComparison(getContext().database.pool, {
      ...{ shop: c.var.caller.shop, filter: { show }, limit },
      at: key && { side: "after", key },
    });
    return c.json({ items: rows, next }, 200);
  },
);
