import type { JobHandler } from "./job-context.server.ts";
import { processedKinds } from "./process-pending.server.ts";
import { describeOutcome, processIntoErp } from "./process-into-erp.server.ts";

/** Everything that waits in the cache: products first, so that customers, orders and stock find what they name. */
export const processCacheJob: JobHandler = async (context, job) => {
  const outcome = await processIntoErp(context, job, { kinds: [...processedKinds] });
  return describeOutcome(outcome, "entries");
};
