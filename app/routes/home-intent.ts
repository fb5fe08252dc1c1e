import { z } from "zod";

import { Intent } from "./sync-intent.ts";

/** Everything a person can want on Home: what Settings → Shopify does, and to start the schedule or look back now. */
export const HomeIntent = z.union([
  Intent,
  z.object({ intent: z.enum(["start-scheduler", "trigger-scheduler"]) }),
]);
export type HomeIntent = z.infer<typeof HomeIntent>;
