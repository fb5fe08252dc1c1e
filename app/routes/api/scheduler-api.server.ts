import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { loadScheduler } from "#app/jobs/load-scheduler.server.ts";
import type { SchedulerStatus } from "#app/jobs/scheduler-status.ts";
import { startScheduler } from "#app/jobs/start-scheduler.server.ts";
import { stopScheduler } from "#app/jobs/stop-scheduler.server.ts";
import { jobStatuses } from "#app/jobs/sync-job.ts";
import { triggerScheduler } from "#app/jobs/trigger-scheduler.server.ts";
import { lookBackLimits } from "#app/settings/look-back-schedule.ts";

import { viewJobError } from "../view-job.ts";
import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { IdempotencyHeader, JobAnswer, JobError } from "./job-schemas.ts";
import { Instant, json, Problem, refusals } from "./schemas.ts";
import { viewApiJob } from "./view-api-job.server.ts";

/** The look-back that runs by itself: its status, on, off, now. */
export const schedulerApi = new OpenAPIHono<ApiEnv>();

const tags = ["Scheduler"];
const path = "/shopify/jobs/scheduler";

const Scheduler = z
  .strictObject({
    enabled: z.boolean(),
    intervalMinutes: z.int(),
    lookBackHours: z
      .int()
      .openapi({ description: "How far back each run looks; further, after a downtime." }),
    lastRunAt: Instant.nullable(),
    nextRunAt: Instant.nullable(),
    lastJob: z
      .strictObject({
        id: z.uuid(),
        status: z.enum(jobStatuses),
        step: z.string().nullable(),
        error: JobError,
        startedAt: Instant.nullable(),
        finishedAt: Instant.nullable(),
      })
      .nullable()
      .openapi({ description: "The last run's job, with its result." }),
    lastSuccessAt: Instant.nullable(),
    lastResult: z
      .strictObject({
        at: Instant,
        started: z.string().optional().openapi({ description: "The job." }),
        skipped: z.string().optional().openapi({ description: "Why none was started this time." }),
        code: z.string().optional(),
        message: z.string().optional().openapi({ description: "Why none could be started." }),
      })
      .nullable()
      .openapi({ description: "What came of the last slot." }),
    readUpTo: Instant.nullable().openapi({
      description: "Every change in Shopify up to here has been read.",
    }),
    problem: z.union([Problem, z.null()]),
  })
  .openapi("Scheduler");
const SchedulerAnswer = z.strictObject({ scheduler: Scheduler });

schedulerApi.openapi(
  endpoint({
    ...access("getSchedulerStatus", "read"),
    ...{ method: "get", path: `${path}/status`, tags, summary: "Get scheduler status" },
    responses: { 200: json(SchedulerAnswer, "The schedule as it stands"), ...refusals() },
  }),
  async (c) => {
    const { database, now } = getContext();
    const status = await loadScheduler(database.pool, { shop: c.var.caller.shop, now: now() });
    return c.json({ scheduler: viewScheduler(status) }, 200);
  },
);

const within = ({ least, most }: { least: number; most: number }) => z.int().min(least).max(most).optional();
const Start = z.strictObject({
  intervalMinutes: within(lookBackLimits.intervalMinutes),
  lookBackHours: within(lookBackLimits.lookBackHours),
});

schedulerApi.openapi(
  endpoint({
    ...access("startScheduler", "sync"),
    ...{ method: "post", path: `${path}/start`, tags },
    summary: "Turn it on, or change how often it runs; turned on, it runs at once",
    request: { body: { required: false, content: { "application/json": { schema: Start } } } },
    responses: {
      200: json(SchedulerAnswer, "The schedule as it stands"),
      ...refusals("TOKEN_REFUSED", "NOT_FOUND"),
    },
  }),
  async (c) => {
    const { intervalMinutes, lookBackHours } = c.req.valid("json");
    const { shop, actor } = c.var.caller;
    const status = await startScheduler(getContext(), {
      ...{ shop, actor },
      ...(intervalMinutes === undefined ? {} : { intervalMinutes }),
      ...(lookBackHours === undefined ? {} : { lookBackHours }),
    });
    return c.json({ scheduler: viewScheduler(status) }, 200);
  },
);

const NoBody = { required: false, content: { "application/json": { schema: z.strictObject({}) } } };

schedulerApi.openapi(
  endpoint({
    ...access("stopScheduler", "sync"),
    ...{ method: "post", path: `${path}/stop`, tags, summary: "Turn it off; a run under way goes on" },
    request: { body: NoBody },
    responses: { 200: json(SchedulerAnswer, "The schedule as it stands"), ...refusals() },
  }),
  async (c) => {
    const { shop, actor } = c.var.caller;
    const status = await stopScheduler(getContext(), { shop, actor });
    return c.json({ scheduler: viewScheduler(status) }, 200);
  },
);

schedulerApi.openapi(
  endpoint({
    ...access("triggerScheduler", "sync"),
    ...{ method: "post", path: `${path}/trigger`, tags, summary: "Look back now, on or off" },
    request: { headers: IdempotencyHeader, body: NoBody },
    responses: {
      202: json(JobAnswer, "The job that was started, or that this request had started before"),
      ...refusals("JOB_ALREADY_RUNNING", "IDEMPOTENCY_MISMATCH", "TOKEN_REFUSED"),
    },
  }),
  async (c) => {
    const idempotencyKey = c.req.valid("header")["Idempotency-Key"];
    const { shop, actor: requestedBy } = c.var.caller;
    const job = await triggerScheduler(getContext(), {
      ...{ shop, requestedBy },
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });
    return c.json({ job: viewApiJob(job) }, 202);
  },
);

function viewScheduler(status: SchedulerStatus): z.infer<typeof Scheduler> {
  const { enabled, intervalMinutes, lookBackHours, lastResult, lastJob, problem } = status;
  const at = (time: Date | null) => time?.toISOString() ?? null;
  return {
    ...{
      enabled,
      intervalMinutes,
      lookBackHours,
      lastResult,
      problem,
      lastJob: lastJob && viewLastJob(lastJob),
    },
    ...{ lastRunAt: at(status.lastRunAt), nextRunAt: at(status.nextRunAt) },
    ...{ lastSuccessAt: at(status.lastSuccessAt), readUpTo: at(status.readUpTo) },
  };
}

function viewLastJob(job: NonNullable<SchedulerStatus["lastJob"]>) {
  const { id, status, step, errorCode, errorMessage, startedAt, finishedAt } = job;
  return {
    ...{ id, status, step },
    error:
      errorCode === null ? null : viewJobError({ errorCode, errorMessage }, getContext().env.shopify?.mode),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
