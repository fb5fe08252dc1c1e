import type { LoaderFunctionArgs } from "@remix-run/node";

import { getContext } from "#app/context.server.ts";
import { authenticate } from "#app/shopify.server.ts";

import { loadJobProgress, loadSyncProgress } from "./load-sync-progress.server.ts";

/** What Settings → Shopify asks again and again: `?part=jobs` the jobs only, else everything that changes. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { session } = await authenticate.admin(request);
  const { database, now } = getContext();
  const { shop } = session;
  const { searchParams } = new URL(request.url);
  const load = searchParams.get("part") === "jobs" ? loadJobProgress : loadSyncProgress;
  return Response.json(await load(database.pool, { shop, now: now() }));
}
