import { OpenAPIHono, z } from "@hono/zod-openapi";
import { listCacheEntries } from "#app/cache/list-cache-entries.server.ts";
import { findForgotten } from "#app/cache/tombstones.server.ts";
import { getContext } from "#app/context.server.ts";
import { loadOrder } from "#app/erp/orders/load-order.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { findUnsent } from "#app/writeback/find-unsent.server.ts";

import { access, type ApiEnv } from "./access.server.ts";
import type { Caller } from "./caller.server.ts";
import { endpoint } from "./endpoint.ts";
import { ShopifyId } from "./erp-list.ts";
import { OrderSyncStatus } from "./order-sync-schema.ts";
import { json, refusals } from "./schemas.ts";
import { viewCacheEntry } from "./view-cache.ts";
import { viewUnsent } from "./view-unsent.ts";

/** One order as somebody sees it who looks at it in Shopify. */
export const orderSyncApi = new OpenAPIHono<ApiEnv>();

orderSyncApi.openapi(
  endpoint({
    ...access("getOrderSyncStatus", "read"),
    ...{ method: "get", path: "/orders/{id}/sync-status", tags: ["Sync"] },
    summary: "How one order stands in the ERP, and whether ERP and Shopify could follow each other",
    request: { params: z.object({ id: ShopifyId }) },
    responses: { 200: json(OrderSyncStatus, "The order in brief"), ...refusals("NOT_FOUND") },
  }),
  async (c) => c.json(await loadSyncStatus(c.var.caller, c.req.valid("param").id), 200),
);

async function loadSyncStatus({ shop, connection }: Caller, id: string): Promise<OrderSyncStatus> {
  const { database, now } = getContext();
  const { pool } = database;
  const [order, [row], unsent, forgotten] = await Promise.all([
    loadOrder(pool, { shop, id }),
    listCacheEntries(pool, { shop, kind: "order", id, limit: 1 }),
    findUnsent(pool, { shop, orderId: id, now: now() }),
    findForgotten(pool, { shop, named: { orders: [id], customers: [] } }),
  ]);
  if (!order && !row) throw new AppError("NOT_FOUND", `Neither the ERP nor the cache has an order ${id}.`);
  const entry = row && viewCacheEntry("order", row);
  return {
    ...{ id, orderNumber: order?.orderNumber ?? (row && row.label !== id ? row.label : null) },
    // An order whose entry is gone is as far as it can get.
    state: entry?.status ?? "processed",
    receivedAt: entry?.receivedAt ?? null,
    processedAt: entry?.processedAt ?? null,
    nextRetryAt: entry?.nextRetryAt ?? null,
    error: entry?.error ?? null,
    notSent: unsent && viewUnsent(unsent, connection),
    ...{ fetchError: entry?.fetchError ?? null, erased: forgotten.orders.has(id) },
    order: order && {
      ...{ status: order.status, paymentMethod: order.paymentMethod, stopShip: order.stopShip },
      ...{ isHistory: order.isHistory, test: order.test, holds: order.holds, parcels: order.parcels },
      presentmentCurrency: order.presentmentCurrency,
      amountToCollect: order.amountToCollect,
    },
    ...{ locale: connection.locale, timeZone: connection.timeZone },
  };
}
