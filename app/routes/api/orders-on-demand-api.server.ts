import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { fetchOrder } from "#app/jobs/fetch-order.server.ts";
import { AppError } from "#app/lib/errors.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { callerClient } from "./caller-client.server.ts";
import { ErrorCodeName, json, jsonBody, refusals } from "./schemas.ts";

/** One order, asked of Shopify now, for somebody who waits. */
export const ordersOnDemandApi = new OpenAPIHono<ApiEnv>();

/** By Shopify's id, or by the number a person calls it by ("#1001" or "1001"). */
const Which = z.union(
  [
    z.strictObject({ id: z.string().min(1).max(20) }),
    z.strictObject({ number: z.string().trim().min(1).max(100) }),
  ],
  { error: 'number or id: say which order, as JSON like {"number": "#1001"}.' },
);

const FetchedOrder = z
  .strictObject({
    id: z.string(),
    orderNumber: z.string().nullable(),
    outcome: z
      .enum(["created", "updated", "unchanged", "failed", "waiting"])
      .openapi({ description: "waiting: another worker is at it right now." }),
    errorCode: ErrorCodeName.nullable(),
    error: z.string().nullable(),
    needsFetch: z.string().nullable().openapi({ description: "What is not known of it even so." }),
  })
  .openapi("FetchedOrder");

ordersOnDemandApi.openapi(
  endpoint({
    ...access("fetchOrder", "sync"),
    ...{ method: "post", path: "/shopify/orders/fetch", tags: ["Sync"] },
    summary: "Ask Shopify for one order and bring it into the ERP at once",
    request: { body: jsonBody(Which) },
    responses: {
      200: json(z.strictObject({ orders: z.array(FetchedOrder) }), "The order, or all of this number"),
      ...refusals(
        "NOT_FOUND",
        "TOKEN_REFUSED",
        "SCOPE_MISSING",
        "RATE_LIMITED",
        "SHOPIFY_UNREACHABLE",
        "SHOPIFY_REFUSED",
      ),
    },
  }),
  async (c) => {
    const { caller } = c.var;
    const context = getContext();
    const client = await callerClient(context, caller);
    const result = await fetchOrder(context, { shop: caller.shop, client, ...c.req.valid("json") });
    if (!result.found) throw new AppError("NOT_FOUND", result.message);
    const view = (order: (typeof result.orders)[number]) => ({
      ...order,
      errorCode: FetchedOrder.shape.errorCode.catch("INTERNAL").parse(order.errorCode),
    });
    return c.json({ orders: result.orders.map(view) }, 200);
  },
);
