import type { LoaderFunctionArgs } from "@remix-run/node";

import { authenticate } from "#app/shopify.server.ts";

/** The library's own pages: where App Bridge fetches a session token, and the way out of the iframe. */
export async function loader({ request }: LoaderFunctionArgs) {
  await authenticate.admin(request);
  return null;
}
