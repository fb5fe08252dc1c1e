import { z } from "@hono/zod-openapi";
import { loggedOutcomes } from "#app/cache/logged-outcomes.ts";

import { Failure } from "./failure.ts";
import { Instant } from "./schemas.ts";

export const DeliveryKey = z.object({
  id: z
    .string()
    .regex(/^[!-~]{1,200}$/)
    .openapi({ description: "Shopify's id of the delivery, from the header X-Shopify-Webhook-Id." }),
});

export const OutcomeName = z.enum(loggedOutcomes).openapi({
  description:
    "stored: a new record, or a newer state of one. known: we had it. superseded: we had a newer one. news: it names something, and the worker handles it. noted: nothing follows from it. failed: it could not be read. redacted: it was about somebody who is forgotten.",
});

export const Delivery = z
  .strictObject({
    webhookId: z.string(),
    eventId: z.string().nullable(),
    topic: z.string().openapi({ example: "orders/updated" }),
    apiVersion: z.string().nullable(),
    triggeredAt: Instant.nullable().openapi({ description: "When Shopify triggered it." }),
    receivedAt: Instant,
    answeredAt: Instant.nullable(),
    processedAt: Instant.nullable().openapi({ description: "When what it told was in the ERP." }),
    kind: z.string().nullable().openapi({ description: "The kind of record it is about." }),
    recordId: z.string().nullable(),
    outcome: OutcomeName,
    duplicates: z.int().openapi({ description: "How often it came again." }),
    error: z.union([Failure, z.null()]),
    attempts: z.int(),
    nextRetryAt: Instant.nullable(),
    quarantined: z.boolean().openapi({ description: "Not tried again before somebody retries it." }),
  })
  .openapi("WebhookDelivery", { description: "Without its body: persons are in it." });
