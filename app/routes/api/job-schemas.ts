import { z } from "@hono/zod-openapi";
import { jobCatalogue, jobTypes } from "#app/jobs/job-catalogue.ts";
import { jobStatuses } from "#app/jobs/sync-job.ts";

import { Instant, Problem } from "./schemas.ts";

export const JobTypeName = z.enum(jobTypes).openapi("JobType", {
  description: jobTypes.map((type) => `${type}: ${jobCatalogue[type].does}`).join(" "),
});

/** Why a job failed; a code this version does not know any more stays as it was stored. */
export const JobError = z.strictObject({ code: z.string(), text: z.string(), next: z.string() }).nullable();

/** One `SyncJob`. */
export const Job = z
  .strictObject({
    id: z.uuid(),
    jobType: JobTypeName,
    status: z.enum(jobStatuses),
    wish: z.enum(["pause", "cancel"]).nullable().openapi({ description: "Asked for and not yet obeyed." }),
    step: z.string().nullable().openapi({ description: "What it is doing, or how it ended, in words." }),
    total: z
      .int()
      .nullable()
      .openapi({ description: "Records it will have handled at its end; null while unknown." }),
    processed: z.int(),
    created: z.int(),
    updated: z.int(),
    skipped: z.int().openapi({ description: "Unchanged: nothing had to be written." }),
    errors: z.int(),
    error: JobError,
    createdAt: Instant,
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
    perSecond: z.number().nullable().openapi({
      description: "Records a second of what it does now (storing, then processing); null while unknown.",
    }),
    secondsLeft: z.int().nullable(),
    problem: z
      .union([Problem, z.null()])
      .openapi({ description: "That it hangs, or that no worker takes it." }),
    requestedBy: z.string(),
    options: z.record(z.string(), z.unknown()),
  })
  .openapi("Job");

export const JobAnswer = z.strictObject({ job: Job });

/** Of a POST that starts work. Header names come in any case, and others beside them. */
export const IdempotencyHeader = z.object({
  "Idempotency-Key": z.string().trim().min(1).max(200).optional().openapi({
    description: "The same key with the same request is answered with the job it started first.",
  }),
});
