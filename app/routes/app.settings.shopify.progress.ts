import type { LoaderFunctionArgs } from "@remix-run/node";

import { getContext } from "#app/context.server.ts";
import { loadJob } from "#app/jobs/load-job.server.ts";
import { AppError, errorCatalogue } from "#app/lib/errors.ts";
import { authenticate } from "#app/shopify.server.ts";

import { loadJobProgress, loadSyncProgress } from "./load-sync-progress.server.ts";

/**
 * What Settings → Shopify asks again and again: `?part=jobs` the jobs only, `?log={id}` one job's log,
 * neither: everything that changes.
 */
export async function loader({ request }: LoaderFunctionArgs) {
  const { session } = await authenticate.admin(request);
  const { database, now } = getContext();
  const { shop } = session;
  const { searchParams } = new URL(request.url);
  const jobId = searchParams.get("log");
  if (jobId !== null) {
    const job = await loadJob(database.pool, { shop, id: jobId });
    if (job) {
      return Response.json({
        log: job.log.map((line) => ({ ...line, id: String(line.id), at: line.at.toISOString() })),
      });
    }
    const { code, message } = new AppError("JOB_NOT_FOUND", errorCatalogue.JOB_NOT_FOUND.words);
    return Response.json({ error: { code, message, next: errorCatalogue[code].next } }, { status: 404 });
  }
  const load = searchParams.get("part") === "jobs" ? loadJobProgress : loadSyncProgress;
  return Response.json(await load(database.pool, { shop, now: now() }));
}
