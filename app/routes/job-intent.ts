import { z } from "zod";

/** Everything a person can want of one job. */
export const JobIntent = z.object({
  intent: z.enum(["pause-job", "resume-job", "cancel-job", "run-again"]),
  id: z.string().min(1).max(100),
});
export type JobIntent = z.infer<typeof JobIntent>;
