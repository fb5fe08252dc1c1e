import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { listOrders } from "#app/erp/orders/list-orders.server.ts";
import { loadOrder } from "#app/erp/orders/load-order.server.ts";
import { AppError } from "#app/lib/errors.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { pageOf, toPage } from "./cursor.ts";
import { asDate, Flag, FollowQuery, readPosition, ShopifyId } from "./erp-list.ts";
import { ErpOrder, ErpOrderWithParts, OrderStatusName, PaymentMethodName } from "./erp-order-schemas.ts";
import { Instant, json, PlainText, refusals } from "./schemas.ts";

/** The ERP's orders. */
export const erpOrdersApi = new OpenAPIHono<ApiEnv>();

const tags = ["ERP"];

// A time to follow from and an order of the list are one thing: any other order would leave a follower without a place to go on.
const OrdersQuery = FollowQuery.extend({
  status: OrderStatusName.optional(),
  paymentMethod: PaymentMethodName.optional(),
  onHold: Flag.optional().openapi({ description: "Whether anything holds it, shipped in part or not." }),
  number: PlainText.trim()
    .regex(/^#?[^#]/, "an order's number is like #1003")
    .max(100)
    .optional()
    .openapi({ example: "1003", description: "Exactly, with or without #. Several orders may have it." }),
  createdFrom: Instant.optional().openapi({ description: "Created at Shopify at this instant or after it." }),
  createdUntil: Instant.optional().openapi({ description: "Created at Shopify before this instant." }),
  includeTest: Flag.default(false).openapi({ description: "Test orders too." }),
});

erpOrdersApi.openapi(
  endpoint({
    ...access("listErpOrders", "read"),
    ...{ method: "get", path: "/erp/orders", tags },
    summary: "Orders, the newest at Shopify first; with updatedSince in the order of change",
    request: { query: OrdersQuery },
    responses: { 200: json(pageOf(ErpOrder), "A page of orders, without their lines"), ...refusals() },
  }),
  async (c) => {
    const { limit, after, updatedSince, createdFrom, createdUntil, ...filter } = c.req.valid("query");
    const order = updatedSince === undefined ? "created" : "updated";
    const rows = await listOrders(getContext().database.pool, {
      ...{ shop: c.var.caller.shop, limit: limit + 1, after: readPosition(after, order), ...filter },
      ...{ updatedSince: asDate(updatedSince), createdFrom: asDate(createdFrom) },
      createdUntil: asDate(createdUntil),
    });
    const keyOf = ({ id, shopifyCreatedAt, updatedAt }: (typeof rows)[number]) => [
      ...[order, order === "created" ? shopifyCreatedAt : updatedAt, id],
    ];
    return c.json(toPage(rows, { limit, keyOf, view: (row) => row }), 200);
  },
);

erpOrdersApi.openapi(
  endpoint({
    ...access("getErpOrder", "read"),
    ...{ method: "get", path: "/erp/orders/{id}", tags },
    summary: "One order with its lines, charges, payments, parcels and return cases, as of one moment",
    request: { params: z.object({ id: ShopifyId }) },
    responses: {
      200: json(z.strictObject({ order: ErpOrderWithParts }), "The order"),
      ...refusals("NOT_FOUND"),
    },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    const order = await loadOrder(getContext().database.pool, { shop: c.var.caller.shop, id });
    if (!order) throw new AppError("NOT_FOUND", `The ERP has no order ${id}.`);
    return c.json({ order }, 200);
  },
);
