import type { Db } from "#app/lib/db.server.ts";

import { jobTypes } from "./job-catalogue.ts";
import { syncJobColumns, type SyncJob } from "./sync-job.ts";

/** The last job of each kind that a shop has ever run, the newest first. A kind that never ran is not in it. */
export async function listLastRuns(db: Db, { shop }: { shop: string }): Promise<SyncJob[]> {
  // A kind is a constant of its own statement, so that each is planned for itself: look-backs are many, the others few.
  const one = (jobType: string) =>
    `(select ${syncJobColumns} from "SyncJob" where shop = $1 and "jobType" = '${jobType}'
      order by "createdAt" desc, id desc limit 1)`;
  const { rows } = await db.query<SyncJob>(
    `select * from (${jobTypes.map(one).join(" union all ")}) last order by "createdAt" desc, id desc`,
    [shop],
  );
  return rows;
}
