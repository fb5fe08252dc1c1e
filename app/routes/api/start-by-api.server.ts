import { getContext } from "#app/context.server.ts";
import { startJob, type StartJobRequest } from "#app/jobs/start-job.server.ts";
import type { SyncJob } from "#app/jobs/sync-job.ts";

import type { Caller } from "./caller.server.ts";

/** Starts a job for a caller of the API; the same request with the same key is the same job. */
export function startByApi(
  { shop, actor: requestedBy }: Caller,
  request: Pick<StartJobRequest, "jobType" | "options" | "idempotencyKey">,
): Promise<SyncJob> {
  return startJob(getContext(), { shop, requestedBy, ...request });
}
