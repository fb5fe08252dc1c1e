import { dumpWindow } from "#app/jobs/dump-window.ts";
import type { JobType } from "#app/jobs/job-catalogue.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import { fetchPreview } from "#app/shopify/fetch-preview.server.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import type { SyncAnswer } from "#app/ui/sync-view.ts";

import type { AppContext } from "#app/context.server.ts";
import { performJobIntent } from "./perform-job-intent.server.ts";
import { retryFailures, type RetryRequest } from "./retry-failures.server.ts";
import { readDumpChoice, type Intent } from "./sync-intent.ts";

/** Who wants it, where, and what reaches Shopify for them. */
export type Asker = {
  shop: string;
  timeZone: string;
  requestedBy: string;
  /** The person at the page, by Shopify's id; for the audit log. */
  userId: string;
  client: AdminClient;
};

/**
 * Does what a person wants on Settings → Shopify and says it in their words.
 * @throws AppError for what they can act on
 */
export async function performSyncIntent(
  context: AppContext,
  asker: Asker,
  intent: Intent,
): Promise<SyncAnswer> {
  const { shop } = asker;
  const start = (jobType: JobType, options: Record<string, unknown> = {}) =>
    startJob(context, { shop, jobType, options, requestedBy: asker.requestedBy });

  switch (intent.intent) {
    case "preview":
      return { ok: true, message: null, preview: await fetchPreview(asker.client) };
    case "sync-products":
      await start("products");
      return { ok: true, message: "Product sync started" };
    case "sync-customers":
      await start("customers");
      return { ok: true, message: "Customer sync started" };
    case "sync-orders": {
      const { from, until } = dumpWindow(readDumpChoice(intent), {
        timeZone: asker.timeZone,
        now: context.now(),
      });
      await start("orders", { from: from?.toISOString() ?? null, until: until?.toISOString() ?? null });
      return { ok: true, message: "Full dump started" };
    }
    case "sync-stock":
      await start("inventory");
      return { ok: true, message: "Stock sync started" };
    case "process-pending":
      await start("process-cache");
      return { ok: true, message: "Processing started" };
    case "backfill-dry-run":
      await start("backfill", { dryRun: true });
      return { ok: true, message: "Dry run started: nothing is changed" };
    case "backfill":
      await start("backfill", { dryRun: false });
      return { ok: true, message: "Backfill started" };
    case "pause-job":
    case "resume-job":
    case "cancel-job":
    case "run-again":
      return performJobIntent(context, asker, intent);
    case "retry-failed":
    case "retry-entry": {
      const { requestedBy } = asker;
      const { message } = await retryFailures(context, { shop, requestedBy, ...whatToRetry(intent) });
      return { ok: true, message };
    }
  }
}

/** One; else all that failed of a kind, for one reason where it is named; else all. */
function whatToRetry(
  intent: Extract<Intent, { intent: "retry-failed" | "retry-entry" }>,
): Pick<RetryRequest, "one" | "of"> {
  if (intent.intent === "retry-entry") return { one: { kind: intent.kind, id: intent.id } };
  const { kind, code } = intent;
  return kind === undefined ? {} : { of: { kind, ...(code !== undefined && { codes: [code] }) } };
}
