import type { LoaderFunctionArgs } from "@remix-run/node";

import { loadPage } from "./load-page.server.ts";
import { loadJobProgress, loadSyncProgress } from "./load-sync-progress.server.ts";

/** What Settings → Shopify asks again and again: `?part=jobs` the jobs only, else everything that changes. */
export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool, now, url }) => {
    const load = url.searchParams.get("part") === "jobs" ? loadJobProgress : loadSyncProgress;
    return Response.json(await load(pool, { shop, now }));
  });
}
