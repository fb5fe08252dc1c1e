import type { LoaderFunctionArgs } from "@remix-run/node";

import { getContext } from "#app/context.server.ts";
import { errorCatalogue } from "#app/lib/errors.ts";
import { downloadExport } from "#app/privacy/download-export.server.ts";
import { authenticate } from "#app/shopify.server.ts";

/** `GET /api/shopify/privacy/:id/export`: what is kept of a person, as a file; every download is written down. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { session, sessionToken } = await authenticate.admin(request);
  const { database, now } = getContext();
  const id = params["id"] ?? "";
  const actor = sessionToken.sub;
  const document = await downloadExport(database.pool, { shop: session.shop, id, actor, now: now() });
  if (document === null) {
    const { words, next, status } = errorCatalogue.NOT_FOUND;
    return Response.json({ error: { code: "NOT_FOUND", message: words, next } }, { status });
  }
  return new Response(document, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="personal-data-${id}.json"`,
      "Cache-Control": "no-store",
    },
  });
}
