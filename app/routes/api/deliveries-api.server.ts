import { OpenAPIHono, z } from "@hono/zod-openapi";
import { listDeliveries, type DeliveryRow } from "#app/cache/list-deliveries.server.ts";
import { getContext } from "#app/context.server.ts";

import { describeDeliveryFailure } from "../describe-delivery-failure.ts";
import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { PageQuery, pageOf, readCursor, toPage } from "./cursor.ts";
import { Delivery, DeliveryKey, OutcomeName } from "./delivery-schemas.ts";
import { readErrorCode } from "./failure.ts";
import { Instant, json, refusals } from "./schemas.ts";

/** The log of webhook deliveries. */
export const deliveriesApi = new OpenAPIHono<ApiEnv>();

const DeliveryQuery = PageQuery.extend({
  topic: z
    .string()
    .regex(/^[a-z_/]{1,100}$/)
    .optional()
    .openapi({ example: "orders/updated" }),
  outcome: OutcomeName.optional(),
  failedOnly: z
    .enum(["true", "false"])
    .default("false")
    .openapi({ description: "true: only those that could not be read, or not be handled so far." }),
  since: Instant.optional().openapi({ description: "Received then or later." }),
});

deliveriesApi.openapi(
  endpoint({
    ...access("listDeliveries", "read"),
    ...{ method: "get", path: "/shopify/webhooks/deliveries", tags: ["Webhooks"] },
    summary: "The deliveries, received last first",
    request: { query: DeliveryQuery },
    responses: { 200: json(pageOf(Delivery), "A page of deliveries"), ...refusals() },
  }),
  async (c) => {
    const { limit, after, failedOnly, since, ...filter } = c.req.valid("query");
    const [receivedAt, webhookId] = readCursor(after, z.tuple([Instant, DeliveryKey.shape.id])) ?? [];
    const rows = await listDeliveries(getContext().database.pool, {
      ...{ shop: c.var.caller.shop, limit: limit + 1, ...filter, failedOnly: failedOnly === "true" },
      since: since === undefined ? undefined : new Date(since),
      ...(receivedAt === undefined || webhookId === undefined
        ? {}
        : { after: { receivedAt: new Date(receivedAt), webhookId } }),
    });
    const keyOf = (row: DeliveryRow) => [row.receivedAt.toISOString(), row.webhookId];
    return c.json(toPage(rows, { limit, keyOf, view: viewDelivery }), 200);
  },
);

function viewDelivery({ errorCode, error, ...row }: DeliveryRow): z.infer<typeof Delivery> {
  return {
    ...row,
    triggeredAt: row.triggeredAt?.toISOString() ?? null,
    receivedAt: row.receivedAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
    processedAt: row.processedAt?.toISOString() ?? null,
    error:
      errorCode === null
        ? null
        : {
            code: readErrorCode(errorCode),
            ...describeDeliveryFailure(errorCode, error, getContext().env.shopify?.mode),
          },
    nextRetryAt: row.nextRetryAt?.toISOString() ?? null,
  };
}
