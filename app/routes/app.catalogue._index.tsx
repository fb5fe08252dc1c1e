import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigate } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";

import { listCatalogue } from "#app/erp/catalog/list-catalogue.server.ts";
import { CatalogueList } from "#app/ui/catalogue-list.tsx";
import { useEmbeddedHref } from "#app/ui/embedded-href.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { useExport } from "#app/ui/use-export.ts";

import { loadPage } from "./load-page.server.ts";
import { readCatalogueQuery } from "./read-catalogue-query.ts";
import { PAGE_ROWS } from "./read-list-query.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool }) => {
    const { at, ignored, question } = readCatalogueQuery(request);
    return { ignored, page: await listCatalogue(pool, { shop, ...question, at, limit: PAGE_ROWS }) };
  });
}

/** The ERP's products. */
export default function Catalogue() {
  const { page, ignored } = useLoaderData<typeof loader>();
  const navigate = useNavigate();
  const href = useEmbeddedHref();
  const save = useExport("/app/catalogue/export", "catalogue");
  const open = {
    label: "SKU workbench",
    primary: true,
    onAction: () => {
      navigate(href("/app/catalogue/workbench"));
    },
  };
  return (
    <PageFrame title="Catalogue" width="full" actions={[save, open]}>
      <CatalogueList page={page} ignored={ignored} />
    </PageFrame>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
