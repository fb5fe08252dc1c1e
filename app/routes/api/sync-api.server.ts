import { OpenAPIHono, z } from "@hono/zod-openapi";
import { queuedKinds } from "#app/cache/cache-tables.ts";
import { dumpWindow, type DumpChoice } from "#app/jobs/dump-window.ts";
import type { JobType } from "#app/jobs/job-catalogue.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { IdempotencyHeader, JobAnswer } from "./job-schemas.ts";
import { json, jsonBody, refusals } from "./schemas.ts";
import { startByApi } from "./start-by-api.server.ts";
import { viewApiJob } from "./view-api-job.server.ts";

/** Starting the syncs, each at an address of its own. */
export const syncApi = new OpenAPIHono<ApiEnv>();

const NoBody = z.strictObject({});
const started = {
  202: json(JobAnswer, "The job that was started, or that this request had started before"),
  ...refusals("JOB_ALREADY_RUNNING", "IDEMPOTENCY_MISMATCH", "TOKEN_REFUSED"),
};

/** The syncs that take nothing to say. */
const plain = [
  ["products", "syncProducts", "Sync products from Shopify"],
  ["customers", "syncCustomers", "Sync customers from Shopify"],
  ["inventory", "syncStock", "Load stock from Shopify and compare all of it with what we have"],
  ["process-cache", "processCache", "Process pending cache entries"],
] as const satisfies readonly (readonly [JobType, string, string])[];

for (const [jobType, operationId, summary] of plain)
  syncApi.openapi(
    endpoint({
      ...access(operationId, "sync"),
      ...{ method: "post", path: `/shopify/sync/${jobType}`, tags: ["Sync"], summary },
      request: {
        headers: IdempotencyHeader,
        body: { required: false, content: { "application/json": { schema: NoBody } } },
      },
      responses: started,
    }),
    async (c) => {
      const idempotencyKey = c.req.valid("header")["Idempotency-Key"];
      return c.json({ job: viewApiJob(await startByApi(c.var.caller, { jobType, idempotencyKey })) }, 202);
    },
  );

const Day = z.iso.date().openapi({ example: "2026-01-31", description: "A day of the shop's calendar." });

/** Which orders, by when they were created. Everything has to be asked for by name: a forgotten period dumps nothing. */
const Period = z
  .strictObject({
    all: z.literal(true).optional(),
    days: z.int().min(1).max(3660).optional().openapi({ description: "The last so many days." }),
    from: Day.optional(),
    to: Day.optional().openapi({ description: "Included." }),
  })
  .refine(
    ({ all, days, from, to }) =>
      [all, days, from ?? to].filter((choice) => choice !== undefined).length === 1,
    { path: ["all, days, from"], error: "say one of them: all, days, or from and to" },
  )
  .openapi("Period", { description: "One of: all, days, or from and to (either may be left out)." });

syncApi.openapi(
  endpoint({
    ...access("fullDump", "sync"),
    ...{ method: "post", path: "/shopify/sync/full-dump", tags: ["Sync"] },
    summary: "Full order dump from Shopify",
    request: { headers: IdempotencyHeader, body: jsonBody(Period) },
    responses: {
      ...started,
      ...refusals("JOB_ALREADY_RUNNING", "IDEMPOTENCY_MISMATCH", "TOKEN_REFUSED", "PERIOD_NEEDS_ALL_ORDERS"),
    },
  }),
  async (c) => {
    const period = c.req.valid("json");
    const { caller } = c.var;
    const timeZone = caller.connection.timeZone ?? "UTC";
    const options = (now: Date) => {
      const { from, until } = dumpWindow(readPeriod(period), { timeZone, now });
      return { from: from?.toISOString() ?? null, until: until?.toISOString() ?? null };
    };
    const idempotencyKey = c.req.valid("header")["Idempotency-Key"];
    const job = await startByApi(caller, { jobType: "orders", options, idempotencyKey });
    return c.json({ job: viewApiJob(job) }, 202);
  },
);

function readPeriod({ all, days, from = "", to = "" }: z.infer<typeof Period>): DumpChoice {
  if (all) return { kind: "all" };
  if (days !== undefined) return { kind: "last", days };
  return { kind: "custom", from, to };
}

const Backfill = z.strictObject({
  dryRun: z.boolean().default(true).openapi({
    description: "Only count what would change. A real run needs a dry run of the last 24 hours before it.",
  }),
  kinds: z.array(z.enum(queuedKinds)).min(1).optional().openapi({ description: "Left out: all." }),
});

syncApi.openapi(
  endpoint({
    ...access("backfill", "sync"),
    ...{ method: "post", path: "/shopify/sync/backfill", tags: ["Sync"] },
    summary: "Fill fields that older ERP records lack from the raw cache, without asking Shopify",
    request: { headers: IdempotencyHeader, body: jsonBody(Backfill) },
    responses: {
      ...started,
      ...refusals("JOB_ALREADY_RUNNING", "IDEMPOTENCY_MISMATCH", "TOKEN_REFUSED", "BACKFILL_NEEDS_DRY_RUN"),
    },
  }),
  async (c) => {
    const { dryRun, kinds } = c.req.valid("json");
    const options = { dryRun, ...(kinds ? { kinds } : {}) };
    const idempotencyKey = c.req.valid("header")["Idempotency-Key"];
    const job = await startByApi(c.var.caller, { jobType: "backfill", options, idempotencyKey });
    return c.json({ job: viewApiJob(job) }, 202);
  },
);
