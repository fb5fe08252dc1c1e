import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import type { SyncJob } from "#app/jobs/sync-job.ts";

import { retryFailures } from "../retry-failures.server.ts";
import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { EntryKey } from "./cache-schemas.ts";
import { DeliveryKey } from "./delivery-schemas.ts";
import { IdempotencyHeader, Job } from "./job-schemas.ts";
import { json, refusals } from "./schemas.ts";
import { viewApiJob } from "./view-api-job.server.ts";

/** Trying again what failed: cache entries and webhook deliveries, one or all. */
export const retryApi = new OpenAPIHono<ApiEnv>();

const RetryAnswer = z
  .strictObject({
    message: z.string().openapi({ description: "How much is tried again, in words." }),
    job: z.union([Job, z.null()]).openapi({
      description:
        "Takes the entries: started for them, or under way already. null for a webhook, which the worker takes at once.",
    }),
  })
  .openapi("Retry");

const responses = {
  202: json(RetryAnswer, "It is tried again"),
  ...refusals("NOT_FOUND", "TOKEN_REFUSED"),
};

function viewRetry({ message, job }: { message: string; job: SyncJob | null }): z.infer<typeof RetryAnswer> {
  return { message, job: job && viewApiJob(job) };
}

retryApi.openapi(
  endpoint({
    ...access("retryCacheEntry", "sync"),
    ...{ method: "post", path: "/shopify/cache/{kind}/{id}/retry", tags: ["Cache"] },
    summary: "Try an entry again that failed or is quarantined",
    description: "NOT_FOUND where there is no such entry, or it has not failed.",
    request: { params: EntryKey },
    responses,
  }),
  async (c) => {
    const { shop, actor: requestedBy } = c.var.caller;
    const one = c.req.valid("param");
    return c.json(viewRetry(await retryFailures(getContext(), { shop, requestedBy, one })), 202);
  },
);

retryApi.openapi(
  endpoint({
    ...access("retryAllFailed", "sync"),
    ...{ method: "post", path: "/shopify/cache/retry-failed", tags: ["Cache"] },
    summary: "Try everything again that failed: entries of every kind, and webhooks",
    description: "NOT_FOUND where nothing has failed.",
    request: {
      headers: IdempotencyHeader,
      body: { required: false, content: { "application/json": { schema: z.strictObject({}) } } },
    },
    responses: { ...responses, ...refusals("NOT_FOUND", "TOKEN_REFUSED", "PAYLOAD_UNREADABLE") },
  }),
  async (c) => {
    const { shop, actor: requestedBy } = c.var.caller;
    const key = c.req.valid("header")["Idempotency-Key"];
    // A key of its own: the same one may have started a plain run of the same kind of job, which retries nothing.
    const idempotencyKey = key === undefined ? undefined : `retry-failed ${key}`;
    return c.json(viewRetry(await retryFailures(getContext(), { shop, requestedBy, idempotencyKey })), 202);
  },
);

retryApi.openapi(
  endpoint({
    ...access("retryDelivery", "sync"),
    ...{ method: "post", path: "/shopify/webhooks/deliveries/{id}/retry", tags: ["Webhooks"] },
    summary: "Try a webhook again that could not be read or handled",
    description: "NOT_FOUND where there is no such delivery, or it has not failed.",
    request: { params: DeliveryKey },
    responses: { ...responses, ...refusals("NOT_FOUND", "TOKEN_REFUSED", "PAYLOAD_UNREADABLE") },
  }),
  async (c) => {
    const { shop, actor: requestedBy } = c.var.caller;
    const one = { kind: "delivery" as const, id: c.req.valid("param").id };
    return c.json(viewRetry(await retryFailures(getContext(), { shop, requestedBy, one })), 202);
  },
);
