import { z } from "zod";

import { RecordId } from "./record-id.ts";

/** Everything a person can want of one job. */
export const JobIntent = z.object({
  intent: z.enum(["pause-job", "resume-job", "cancel-job", "run-again"]),
  id: RecordId,
});
export type JobIntent = z.infer<typeof JobIntent>;
