import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";

import { useEmbeddedHref } from "#app/ui/embedded-href.ts";
import { OrderList } from "#app/ui/order-list.tsx";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { useExport } from "#app/ui/use-export.ts";

import { loadOrders, readOrdersQuery } from "./load-orders.server.ts";
import { loadPage } from "./load-page.server.ts";
import { PAGE_ROWS } from "./read-list-query.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async (visit) => {
    const query = readOrdersQuery(request);
    return {
      page: await loadOrders(visit.pool, visit, query, { at: query.at, limit: PAGE_ROWS }),
      ignored: query.ignored,
    };
  });
}

/** The orders of the shop: found, filtered, exported. */
export default function Orders() {
  const { page, ignored } = useLoaderData<typeof loader>();
  const href = useEmbeddedHref();
  const save = useExport("/app/orders/export", "orders");
  return (
    <PageFrame title="Orders" width="full" actions={[save]}>
      <OrderList page={page} ignored={ignored} setUpUrl={href("/app/settings/shopify")} />
    </PageFrame>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
