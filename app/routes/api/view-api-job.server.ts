import type { z } from "@hono/zod-openapi";
import { getContext } from "#app/context.server.ts";
import type { SyncJob } from "#app/jobs/sync-job.ts";

import { viewJob } from "../view-job.ts";
import type { Job } from "./job-schemas.ts";

/** A job as the API answers it. */
export function viewApiJob(job: SyncJob): z.infer<typeof Job> {
  const { env, now } = getContext();
  const { jobType, status, requestedBy, options } = job;
  const wish = job.wish === "pause" || job.wish === "cancel" ? job.wish : null;
  return {
    ...viewJob(job, { now: now(), mode: env.shopify?.mode }),
    jobType,
    status,
    wish,
    requestedBy,
    options,
  };
}
