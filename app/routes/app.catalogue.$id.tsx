import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";

import { loadProductPage } from "#app/erp/catalog/load-product-page.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { keepPage } from "#app/ui/keep-page.ts";
import { ProductView } from "#app/ui/product-view.tsx";

import { answerIntent } from "./answer-intent.server.ts";
import { loadPage } from "./load-page.server.ts";
import { performWorkbenchIntent } from "./perform-workbench-intent.server.ts";
import { PAGE_ROWS, readListQuery } from "./read-list-query.ts";
import { ProductIntent } from "./workbench-intent.ts";

export async function loader({ request, params: { id = "" } }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool }) => {
    const { at } = readListQuery(request, {});
    const page = id.includes("\0") ? null : await loadProductPage(pool, { shop, id, at, limit: PAGE_ROWS });
    if (!page) throw new AppError("NOT_FOUND", "The ERP has no product at this address");
    return { shop, page };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(request, ProductIntent, performWorkbenchIntent);
}

export const clientAction = keepPage;

/** One product: its variations and SKUs, and where it comes from. */
export default function Product() {
  const { shop, page } = useLoaderData<typeof loader>();
  return <ProductView shop={shop} page={page} />;
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
