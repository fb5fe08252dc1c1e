import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { listProducts } from "#app/erp/catalog/list-products.server.ts";
import { listSkus } from "#app/erp/catalog/list-skus.server.ts";
import { loadProduct } from "#app/erp/catalog/load-product.server.ts";
import { AppError } from "#app/lib/errors.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { pageOf, toPage } from "./cursor.ts";
import { ErpProduct, ErpProductWithSkus, ErpSku } from "./erp-catalog-schemas.ts";
import { Flag, followKey, followOptions, FollowQuery, ShopifyId } from "./erp-list.ts";
import { json, PlainText, refusals } from "./schemas.ts";

/** The ERP's products and SKUs. */
export const erpCatalogApi = new OpenAPIHono<ApiEnv>();

const tags = ["ERP"];

erpCatalogApi.openapi(
  endpoint({
    ...access("listErpProducts", "read"),
    ...{ method: "get", path: "/erp/products", tags },
    summary: "Products, the oldest first; with updatedSince in the order of change",
    request: {
      query: FollowQuery.extend({
        status: z
          .string()
          .regex(/^[A-Z_]{1,40}$/)
          .optional()
          .openapi({ example: "ACTIVE", description: "Shopify's word: ACTIVE, DRAFT, ARCHIVED …" }),
        archived: Flag.optional().openapi({ description: "Both where it is left out." }),
        shopifyProductId: ShopifyId.optional().openapi({
          description: "Of any Shopify product that feeds it.",
        }),
      }),
    },
    responses: { 200: json(pageOf(ErpProduct), "A page of products, without their SKUs"), ...refusals() },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const rows = await listProducts(getContext().database.pool, {
      ...{ shop: c.var.caller.shop, ...query, ...followOptions(query) },
    });
    const keyOf = followKey(query.updatedSince);
    return c.json(toPage(rows, { limit: query.limit, keyOf, view: (row) => row }), 200);
  },
);

erpCatalogApi.openapi(
  endpoint({
    ...access("getErpProduct", "read"),
    ...{ method: "get", path: "/erp/products/{id}", tags },
    summary: "One product with its variations and their SKUs",
    request: { params: z.object({ id: z.uuid() }) },
    responses: {
      200: json(z.strictObject({ product: ErpProductWithSkus }), "The product"),
      ...refusals("NOT_FOUND"),
    },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    const product = await loadProduct(getContext().database.pool, { shop: c.var.caller.shop, id });
    if (!product) throw new AppError("NOT_FOUND", `The ERP has no product ${id}.`);
    return c.json({ product }, 200);
  },
);

erpCatalogApi.openapi(
  endpoint({
    ...access("listErpSkus", "read"),
    ...{ method: "get", path: "/erp/skus", tags },
    summary: "SKUs, the oldest first; with updatedSince in the order of change",
    request: {
      query: FollowQuery.extend({
        code: PlainText.trim()
          .min(1)
          .max(255)
          .optional()
          .openapi({ description: "The SKU text exactly, capitals and all. Several SKUs may have it." }),
        shopifyVariantId: ShopifyId.optional().openapi({
          description: "The SKU that answers for this variant: a person's mapping goes before its own.",
        }),
      }),
    },
    responses: { 200: json(pageOf(ErpSku), "A page of SKUs"), ...refusals() },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const rows = await listSkus(getContext().database.pool, {
      ...{ shop: c.var.caller.shop, ...query, ...followOptions(query) },
    });
    const keyOf = followKey(query.updatedSince);
    return c.json(toPage(rows, { limit: query.limit, keyOf, view: (row) => row }), 200);
  },
);
