import type { LoaderFunctionArgs } from "@remix-run/node";

import { loadHome } from "./load-home.server.ts";
import { loadPage } from "./load-page.server.ts";

/** What Home asks again and again: all that it shows but its charts. */
export async function loader({ request }: LoaderFunctionArgs) {
  const home = await loadPage(request, ({ shop, pool, now, connection, context }) =>
    loadHome(pool, { shop, now, connection, apiVersion: context.env.shopify?.apiVersion ?? "" }),
  );
  return Response.json(home);
}
