import { countCache } from "#app/cache/cache-counts.server.ts";
import { countFailedDeliveries } from "#app/cache/list-failed-deliveries.server.ts";
import { countErpRecords } from "#app/erp/count-erp-records.server.ts";
import { loadScheduler } from "#app/jobs/load-scheduler.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { loadProofLine } from "#app/reconcile/load-proof-line.server.ts";
import type { HomeView } from "#app/ui/home-view.ts";
import { viewProof } from "#app/ui/proof-view.ts";

/** What Home shows of a shop. */
export async function loadHome(db: Db, { shop, now }: { shop: string; now: Date }): Promise<HomeView> {
  const [erp, cache, failedDeliveries, proof, schedulerProblem] = await Promise.all([
    countErpRecords(db, { shop }),
    countCache(db, shop),
    countFailedDeliveries(db, { shop }),
    loadProofLine(db, { shop, now }),
    findSchedulerProblem(db, { shop, now }),
  ]);
  const kinds = Object.values(cache);
  return {
    erp,
    failedDeliveries,
    proof: viewProof(proof),
    schedulerProblem,
    pending: kinds.reduce((sum, kind) => sum + kind.pending, 0),
    failed: kinds.reduce((sum, kind) => sum + kind.failed + kind.quarantined, 0),
  };
}

/** Why the look-backs do not bring what they should. Of a shop whose stored settings cannot be read Settings tells, not Home. */
async function findSchedulerProblem(
  db: Db,
  { shop, now }: { shop: string; now: Date },
): Promise<HomeView["schedulerProblem"]> {
  try {
    return (await loadScheduler(db, { shop, now })).problem;
  } catch (error) {
    if (error instanceof AppError && error.code === "VALIDATION") return null;
    throw error;
  }
}
