import type { AppContext } from "#app/context.server.ts";
import { cancelJob } from "#app/jobs/cancel-job.server.ts";
import { pauseJob } from "#app/jobs/pause-job.server.ts";
import { resumeJob } from "#app/jobs/resume-job.server.ts";
import { runAgain } from "#app/jobs/run-again.server.ts";
import type { JobAnswer } from "#app/ui/job-pages-view.ts";

import type { JobIntent } from "./job-intent.ts";

/**
 * Does with a job what a person at a page wants, and says it in their words.
 * @throws AppError for what they can act on
 */
export async function performJobIntent(
  context: Pick<AppContext, "database" | "now">,
  { shop, userId }: { shop: string; userId: string },
  { intent, id }: JobIntent,
): Promise<JobAnswer> {
  const { pool } = context.database;
  switch (intent) {
    case "pause-job":
      await pauseJob(pool, { shop, id, by: userId });
      return { ok: true, message: "Pausing" };
    case "resume-job":
      await resumeJob(pool, { shop, id, by: userId });
      return { ok: true, message: "Resumed" };
    case "cancel-job":
      await cancelJob(pool, { shop, id, by: userId });
      return { ok: true, message: "Cancelling" };
    case "run-again": {
      const started = await runAgain(context, { shop, id, requestedBy: "page" });
      return { ok: true, message: "Started again, with the same options", jobId: started.id };
    }
  }
}
