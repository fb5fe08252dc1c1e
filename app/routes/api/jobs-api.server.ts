import { OpenAPIHono, z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import { cancelJob } from "#app/jobs/cancel-job.server.ts";
import { jobCatalogue, jobTypes, type JobType } from "#app/jobs/job-catalogue.ts";
import { listJobLog } from "#app/jobs/list-job-log.server.ts";
import { listJobs } from "#app/jobs/list-jobs.server.ts";
import { loadJob } from "#app/jobs/load-job.server.ts";
import { pauseJob } from "#app/jobs/pause-job.server.ts";
import { resumeJob } from "#app/jobs/resume-job.server.ts";
import { jobStatuses } from "#app/jobs/sync-job.ts";
import { AppError } from "#app/lib/errors.ts";

import { access, type ApiEnv } from "./access.server.ts";
import { endpoint } from "./endpoint.ts";
import { PageQuery, pageOf, readCursor, toPage } from "./cursor.ts";
import { IdempotencyHeader, Job, JobAnswer, JobTypeName } from "./job-schemas.ts";
import { Instant, json, jsonBody, refusals } from "./schemas.ts";
import { startByApi } from "./start-by-api.server.ts";
import { viewApiJob } from "./view-api-job.server.ts";

/** Jobs: started, watched, paused, resumed, cancelled. */
export const jobsApi = new OpenAPIHono<ApiEnv>();

const tags = ["Jobs"];
const JobId = z.object({ id: z.uuid() });

/** A kind with its own options, by the schema that the job itself reads them by. */
const startOf = (jobType: JobType) =>
  z.strictObject({ jobType: z.literal(jobType), options: jobCatalogue[jobType].options.optional() });
const [first, ...others] = jobTypes;
const StartBody = z.discriminatedUnion("jobType", [startOf(first), ...others.map(startOf)]);

jobsApi.openapi(
  endpoint({
    ...access("startJob", "sync"),
    ...{ method: "post", path: "/shopify/jobs/start", tags, summary: "Start a background sync job" },
    request: {
      headers: IdempotencyHeader,
      body: jsonBody(StartBody),
    },
    responses: {
      202: json(JobAnswer, "The job that was started, or that this request had started before"),
      ...refusals(
        ...(["JOB_ALREADY_RUNNING", "IDEMPOTENCY_MISMATCH", "TOKEN_REFUSED"] as const),
        ...(["PERIOD_NEEDS_ALL_ORDERS", "BACKFILL_NEEDS_DRY_RUN"] as const),
      ),
    },
  }),
  async (c) => {
    const { jobType, options = {} } = c.req.valid("json");
    const idempotencyKey = c.req.valid("header")["Idempotency-Key"];
    const job = await startByApi(c.var.caller, { jobType, options, idempotencyKey });
    return c.json({ job: viewApiJob(job) }, 202);
  },
);

jobsApi.openapi(
  endpoint({
    ...access("listJobs", "read"),
    ...{ method: "get", path: "/shopify/jobs", tags, summary: "The jobs, the newest first" },
    request: {
      query: PageQuery.extend({ jobType: JobTypeName.optional(), status: z.enum(jobStatuses).optional() }),
    },
    responses: { 200: json(pageOf(Job), "A page of jobs"), ...refusals() },
  }),
  async (c) => {
    const { limit, after, ...filter } = c.req.valid("query");
    const [createdAt, id] = readCursor(after, z.tuple([Instant, z.uuid()])) ?? [];
    const rows = await listJobs(getContext().database.pool, {
      ...{ shop: c.var.caller.shop, limit: limit + 1, ...filter },
      ...(createdAt === undefined || id === undefined
        ? {}
        : { after: { createdAt: new Date(createdAt), id } }),
    });
    const keyOf = (job: (typeof rows)[number]) => [job.createdAt.toISOString(), job.id];
    return c.json(toPage(rows, { limit, keyOf, view: viewApiJob }), 200);
  },
);

jobsApi.openapi(
  endpoint({
    ...access("getJob", "read"),
    ...{ method: "get", path: "/shopify/jobs/{id}", tags, summary: "One job as it stands" },
    request: { params: JobId },
    responses: { 200: json(JobAnswer, "The job"), ...refusals("JOB_NOT_FOUND") },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    const job = await loadJob(getContext().database.pool, { shop: c.var.caller.shop, id });
    if (!job) throw new AppError("JOB_NOT_FOUND", `There is no job ${id}.`);
    return c.json({ job: viewApiJob(job) }, 200);
  },
);

const LogLine = z
  .strictObject({
    id: z.string(),
    at: Instant,
    level: z.enum(["info", "warn", "error"]),
    message: z.string(),
  })
  .openapi("JobLogLine");

jobsApi.openapi(
  endpoint({
    ...access("listJobLog", "read"),
    ...{ method: "get", path: "/shopify/jobs/{id}/log", tags, summary: "A job's steps, the oldest first" },
    request: { params: JobId, query: PageQuery },
    responses: { 200: json(pageOf(LogLine), "A page of steps"), ...refusals("JOB_NOT_FOUND") },
  }),
  async (c) => {
    const { id } = c.req.valid("param");
    const { limit, after } = c.req.valid("query");
    const [last] = readCursor(after, z.tuple([z.string().regex(/^\d{1,18}$/)])) ?? [];
    const rows = await listJobLog(getContext().database.pool, {
      ...{ shop: c.var.caller.shop, id, limit: limit + 1, after: last },
    });
    if (!rows) throw new AppError("JOB_NOT_FOUND", `There is no job ${id}.`);
    const view = ({ id: line, at, level, message }: (typeof rows)[number]) => ({
      ...{ id: line, at: at.toISOString(), message },
      level: LogLine.shape.level.catch("info").parse(level),
    });
    return c.json(toPage(rows, { limit, keyOf: (line) => [line.id], view }), 200);
  },
);

const wishes = [
  ["pause", "pauseJob", "Stop a job where it is; it can be resumed", pauseJob],
  ["resume", "resumeJob", "Let a paused job go on from where it stopped", resumeJob],
  ["cancel", "cancelJob", "End a job; what it stored stays stored", cancelJob],
] as const;

for (const [verb, operationId, summary, wish] of wishes)
  jobsApi.openapi(
    endpoint({
      ...access(operationId, "sync"),
      ...{ method: "post", path: `/shopify/jobs/{id}/${verb}`, tags, summary },
      request: { params: JobId },
      responses: {
        200: json(JobAnswer, "The job, with the wish noted"),
        ...refusals("JOB_NOT_FOUND", "JOB_MOVED_ON"),
      },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const { shop, actor: by } = c.var.caller;
      const job = await wish(getContext().database.pool, { shop, id, by });
      return c.json({ job: viewApiJob(job) }, 200);
    },
  );
