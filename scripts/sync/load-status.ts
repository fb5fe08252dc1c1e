import { countErpRecords, type ErpCounts } from "#app/erp/count-erp-records.server.ts";
import { loadScheduler } from "#app/jobs/load-scheduler.server.ts";
import type { SchedulerStatus } from "#app/jobs/scheduler-status.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Env } from "#app/lib/parse-env.ts";
import { loadProofLine } from "#app/reconcile/load-proof-line.server.ts";
import { loadSyncProgress } from "#app/routes/load-sync-progress.server.ts";
import { loadConnection, type Connection } from "#app/settings/load-connection.server.ts";
import { viewProof, type ProofView } from "#app/ui/proof-view.ts";
import type { SyncProgress } from "#app/ui/sync-view.ts";

/** How the sync of a shop stands; survives JSON. */
export type SyncStatus = SyncProgress & {
  shop: string;
  /** How this command was configured: null knows no credentials, so only a worker can ask Shopify. */
  mode: "app" | "single-shop" | null;
  /** null: the shop is not recorded yet (a fixed token whose shop has not answered). */
  connection: Connection | null;
  erp: ErpCounts;
  yesterday: ProofView;
  /** The look-back that runs by itself. */
  scheduler: SchedulerStatus;
};

export async function loadStatus(
  {
    env: { shopify },
    database: { pool },
    now,
  }: { env: Env; database: Pick<Database, "pool">; now: () => Date },
  shop: string,
): Promise<SyncStatus> {
  const at = now();
  const mode = shopify?.mode ?? null;
  const [connection, erp, progress, proof, scheduler] = await Promise.all([
    loadConnection(pool, { shop }),
    countErpRecords(pool, { shop }),
    loadSyncProgress(pool, { shop, now: at, mode: shopify?.mode }),
    loadProofLine(pool, { shop, now: at }),
    loadScheduler(pool, { shop, now: at }),
  ]);
  return { shop, mode, connection, erp, scheduler, yesterday: viewProof(proof), ...progress };
}
