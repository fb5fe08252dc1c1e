import type { LoaderFunctionArgs } from "@remix-run/node";

import { getContext } from "#app/context.server.ts";
import { authenticate } from "#app/shopify.server.ts";

import { loadHome } from "./load-home.server.ts";

/** What Home asks again and again: all that it shows. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { session } = await authenticate.admin(request);
  const { database, now } = getContext();
  return Response.json(await loadHome(database.pool, { shop: session.shop, now: now() }));
}
