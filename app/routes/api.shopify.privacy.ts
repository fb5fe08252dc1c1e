import type { LoaderFunctionArgs } from "@remix-run/node";

import { getContext } from "#app/context.server.ts";
import { authenticate } from "#app/shopify.server.ts";

import { loadPrivacyRequests } from "./load-privacy-requests.server.ts";

/** `GET /api/shopify/privacy`: the shop's requests about personal data, the newest first. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { session } = await authenticate.admin(request);
  const { database, now } = getContext();
  const requests = await loadPrivacyRequests(database.pool, { shop: session.shop, now: now() });
  return Response.json({ requests });
}
