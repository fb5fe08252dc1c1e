import path from "node:path";
import type { JobContext } from "./job-context.server.ts";

/** Where the downloads of one job are: kept while it may go on (see `sweepWorkFolders`), removed when it has ended. */
export function folderOfJob(
  { workDir }: Pick<JobContext, "workDir">,
  { shop, id }: { shop: string; id: string },
): string {
  return path.join(workDir, shop, id);
}
