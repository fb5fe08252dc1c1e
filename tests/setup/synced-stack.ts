import type { JobType } from "#app/jobs/job-catalogue.ts";

import { runAndFollow } from "../../scripts/follow-job.ts";
import { startTestStack, type TestStack } from "./start-stack.ts";

const EVERYTHING: readonly JobType[] = ["products", "customers", "orders", "inventory"];

/**
 * A store with the app whose records are in the ERP already, for a test of what a page shows.
 * @param only the syncs to run; all by default, in the order of a first set-up
 */
export async function startSyncedStack({
  only = EVERYTHING,
  ...options
}: Parameters<typeof startTestStack>[0] & { only?: readonly JobType[] } = {}): Promise<TestStack> {
  const stack = await startTestStack(options);
  try {
    for (const jobType of only)
      await runAndFollow(stack.database, {
        ...{ shop: stack.domain, jobType, say: () => undefined },
        signal: AbortSignal.timeout(60_000),
      });
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }
}
