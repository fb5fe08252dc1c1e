import type { LoaderFunctionArgs } from "@remix-run/node";

import { countWaiting } from "#app/cache/count-waiting.server.ts";

import { loadPage } from "./load-page.server.ts";

/** How many entries wait or have failed, for a list that stays fresh without a reload. */
export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ pool, shop }) => Response.json(await countWaiting(pool, { shop })));
}
