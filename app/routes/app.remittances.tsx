import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";

import { listRemittances } from "#app/erp/actions/list-remittances.server.ts";
import { keepPage } from "#app/ui/keep-page.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { RemittanceList } from "#app/ui/remittance-list.tsx";
import { RemittanceUploadCard } from "#app/ui/remittance-upload-card.tsx";
import type { RemittanceListView } from "#app/ui/remittance-view.ts";
import { useExport } from "#app/ui/use-export.ts";

import { answerIntent } from "./answer-intent.server.ts";
import { loadPage } from "./load-page.server.ts";
import { performRemittanceIntent } from "./perform-remittance-intent.server.ts";
import { PAGE_ROWS } from "./read-list-query.ts";
import { readRemittancesQuery } from "./read-remittances-query.ts";
import { RemittanceIntent } from "./remittance-intent.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool }): Promise<RemittanceListView> => {
    const { ignored, ...asked } = readRemittancesQuery(request);
    return { page: await listRemittances(pool, { shop, ...asked, limit: PAGE_ROWS }), ignored };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(request, RemittanceIntent, performRemittanceIntent);
}

export const clientAction = keepPage;

/** What couriers paid out: booked from their files, and the queue of what does not fit. */
export default function Remittances() {
  const { page, ignored } = useLoaderData<typeof loader>();
  return (
    <PageFrame
      title="Remittances"
      width="full"
      actions={[useExport("/app/remittances/export", "remittances")]}
    >
      <BlockStack gap="400">
        <RemittanceUploadCard />
        <RemittanceList page={page} ignored={ignored} />
      </BlockStack>
    </PageFrame>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
