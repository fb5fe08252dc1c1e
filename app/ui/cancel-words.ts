import type { Format } from "./format.ts";
import type { JobView } from "./sync-view.ts";

/** What cancelling a job keeps, what it loses, and what else can be done: said before it is done. */
export function cancelWords(
  { jobType, processed }: Pick<JobView, "jobType" | "processed">,
  { number }: Pick<Format, "number">,
): { keeps: string; loses: string; instead: string } {
  const records = `${number(processed)} ${processed === 1 ? "record" : "records"}`;
  return {
    keeps:
      processed === 0
        ? "Everything that is in the cache and in the ERP stays as it is."
        : `The ${records} it has handled ${processed === 1 ? "stays" : "stay"} in the cache and in the ERP.`,
    loses:
      LOSES[jobType] ??
      "The rest is not read, and this job cannot be resumed. A new one begins at its beginning; what has not changed it only counts.",
    instead: "To stop it only for now, pause it: a paused job goes on where it was.",
  };
}

const LOSES: Record<string, string> = {
  "look-back": "What it has not read yet is read by the next look-back. This one cannot be resumed.",
  "process-cache":
    "The rest waits in the cache until it is processed the next time. This job cannot be resumed.",
  backfill: "The rest stays as it is in the ERP. This job cannot be resumed.",
};
