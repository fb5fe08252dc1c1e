import type { LoaderFunctionArgs } from "@remix-run/node";

import type { DeliveryDetailView, NewerDeliveries } from "#app/ui/webhook-pages-view.ts";

import { loadPage } from "./load-page.server.ts";
import { countNewer, loadDeliveryView, readDeliveriesQuery } from "./load-webhook-pages.server.ts";
import { readId } from "./record-id.ts";

/**
 * What the pages of webhooks ask again and again: `?id=` one delivery; else how many of those that the list asks for have come
 * `since` a position.
 */
export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool, connection, url }): Promise<Response> => {
    const id = url.searchParams.get("id");
    if (id !== null)
      return Response.json(
        (await loadDeliveryView(pool, { shop, id: readId(id) })) satisfies DeliveryDetailView,
      );
    const { filter } = readDeliveriesQuery(request, connection.timeZone ?? "UTC");
    const since = url.searchParams.get("since") ?? "";
    return Response.json((await countNewer(pool, { shop, filter, since })) satisfies NewerDeliveries);
  });
}
