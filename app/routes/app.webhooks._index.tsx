import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";

import { listDeliveryLog } from "#app/cache/list-delivery-log.server.ts";
import { countRefusedWebhooks } from "#app/lib/count-refused-webhooks.server.ts";
import { writeCursor } from "#app/lib/cursor.ts";
import { findEchoes } from "#app/outbox/find-echoes.server.ts";
import { DeliveryLog } from "#app/ui/delivery-log.tsx";
import { NewerDeliveriesButton } from "#app/ui/newer-deliveries-button.tsx";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { useExport } from "#app/ui/use-export.ts";
import { WebhookAddressesCard } from "#app/ui/webhook-addresses-card.tsx";
import { WebhookHealthCard } from "#app/ui/webhook-health-card.tsx";
import type { WebhookListView } from "#app/ui/webhook-pages-view.ts";

import { loadPage } from "./load-page.server.ts";
import { readDeliveriesQuery } from "./load-webhook-pages.server.ts";
import { PAGE_ROWS } from "./read-list-query.ts";
import { viewDelivery } from "./view-delivery.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async (visit): Promise<WebhookListView> => {
    const { shop, pool, now, connection, context } = visit;
    const { ignored, ...asked } = readDeliveriesQuery(request, connection.timeZone ?? "UTC");
    const page = await listDeliveryLog(pool, { shop, ...asked, limit: PAGE_ROWS });
    const webhookIds = page.rows.map(({ webhookId }) => webhookId);
    const echoes = await findEchoes(pool, { shop, webhookIds });
    const [top] = page.rows;
    const beginsWithNewest = asked.newestFirst && page.previous === null;
    const { shopify } = context.env;
    return {
      page: { ...page, rows: page.rows.map((row) => viewDelivery(row, echoes)) },
      ignored,
      newest: beginsWithNewest
        ? writeCursor([(top?.receivedAt ?? now).toISOString(), top?.webhookId ?? ""])
        : null,
      appUrl: shopify?.mode === "app" ? shopify.appUrl : "",
      signature: {
        secrets: shopify?.webhookSecrets.length ?? 0,
        refused: await countRefusedWebhooks(),
      },
    };
  });
}

/** How webhooks come, and every one that came. */
export default function Webhooks() {
  const { page, ignored, newest, appUrl, signature } = useLoaderData<typeof loader>();
  return (
    <PageFrame title="Webhooks" width="full" actions={[useExport("/app/webhooks/export", "webhooks")]}>
      <BlockStack gap="400">
        <WebhookHealthCard />
        <div>
          {newest === null ? null : <NewerDeliveriesButton key={newest} newest={newest} />}
          <DeliveryLog page={page} ignored={ignored} />
        </div>
        <WebhookAddressesCard appUrl={appUrl} signature={signature} />
      </BlockStack>
    </PageFrame>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
