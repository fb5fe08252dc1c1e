import { OpenAPIHono, z } from "@hono/zod-openapi";
import { loadWebhookHealth } from "#app/cache/load-webhook-health.server.ts";
import { getContext } from "#app/context.server.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, json, refusals } from "./schemas.ts";

/** How webhooks come, and the log of their deliveries. */
export const webhooksApi = new OpenAPIHono<ApiEnv>();

const HOUR_MS = 3_600_000;
/** The longest a shop may keep its delivery log is longer; a month tells the rhythm. */
const MOST_HOURS = 744;

const tags = ["Webhooks"];
const Spread = z.strictObject({ medianMs: z.int(), p99Ms: z.int() }).nullable();
const WebhookHealth = z
  .strictObject({
    since: Instant,
    topics: z.array(
      z.strictObject({
        topic: z.string(),
        lastSeenAt: Instant.nullable(),
        count: z.int(),
        duplicates: z.int().openapi({ description: "How often a delivery came again." }),
        failures: z.int(),
        delay: Spread.openapi({ description: "From Shopify's trigger to our receipt." }),
        processing: Spread.openapi({ description: "From our receipt until the record was in the ERP." }),
      }),
    ),
    kinds: z.array(
      z.strictObject({
        kind: z.string(),
        byWebhook: z.int(),
        missed: z.int().openapi({ description: "Found by the look-back; no webhook had brought them." }),
        missedShare: z.number().nullable(),
      }),
    ),
    lastDeliveryAt: Instant.nullable(),
    silence: z
      .string()
      .nullable()
      .openapi({ description: "The alarm in words, where webhooks fell silent." }),
  })
  .openapi("WebhookHealth");

const Hours = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(MOST_HOURS));

webhooksApi.openapi(
  endpoint({
    ...access("getWebhookHealth", "read"),
    ...{ method: "get", path: "/shopify/webhooks/health", tags, summary: "How the webhooks came lately" },
    request: {
      query: z.strictObject({
        hours: Hours.default(24).openapi({
          ...{ type: "integer", description: `The last so many hours, at most ${String(MOST_HOURS)}.` },
        }),
      }),
    },
    responses: { 200: json(WebhookHealth, "By topic and by kind of record"), ...refusals() },
  }),
  async (c) => {
    const { database, now } = getContext();
    const { hours } = c.req.valid("query");
    const at = now();
    const since = new Date(at.getTime() - hours * HOUR_MS);
    return c.json(await loadWebhookHealth(database.pool, { shop: c.var.caller.shop, since, now: at }), 200);
  },
);
