import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Layout, Page } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";

import { getContext } from "#app/context.server.ts";
import { ApiKeysCard } from "#app/ui/api-keys-card.tsx";
import { CacheCard } from "#app/ui/cache-card.tsx";
import { ConnectionCard } from "#app/ui/connection-card.tsx";
import { ConnectionLost } from "#app/ui/connection-lost.tsx";
import { FailedCard } from "#app/ui/failed-card.tsx";
import { RecentJobs, RunningJobs } from "#app/ui/jobs-card.tsx";
import { PreviewCard } from "#app/ui/preview-card.tsx";
import { PrivacyCard } from "#app/ui/privacy-card.tsx";
import { RetentionCard } from "#app/ui/retention-card.tsx";
import { SchedulerCard } from "#app/ui/scheduler-card.tsx";
import { SyncCard } from "#app/ui/sync-card.tsx";
import type { ConnectionView, SyncAnswer } from "#app/ui/sync-view.ts";
import { useSyncProgress } from "#app/ui/use-sync-progress.ts";
import { WebhookHealthCard } from "#app/ui/webhook-health-card.tsx";

import { answerIntent } from "./answer-intent.server.ts";
import { pageClient } from "./page-client.server.ts";
import { authenticatePage } from "./authenticate-page.server.ts";
import { loadPrivacyRequests } from "./load-privacy-requests.server.ts";
import { loadRetention } from "./load-retention.server.ts";
import { loadSyncProgress } from "./load-sync-progress.server.ts";
import { performSyncIntent } from "./perform-sync-intent.server.ts";
import { Intent } from "./sync-intent.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, connection: known } = await authenticatePage(request);
  const { env, database, now } = getContext();
  const [progress, privacy, retention] = await Promise.all([
    loadSyncProgress(database.pool, { shop, now: now() }),
    loadPrivacyRequests(database.pool, { shop, now: now() }),
    loadRetention(database.pool, { shop }),
  ]);
  const connection: ConnectionView = {
    shop,
    shopName: known.name,
    apiVersion: env.shopify?.apiVersion ?? "",
    scopes: known.scopes,
    token: {
      expires: known.token?.expires?.toISOString() ?? null,
      refreshExpires: known.token?.refreshExpires?.toISOString() ?? null,
    },
    lastContactAt: known.lastContactAt?.toISOString() ?? null,
  };
  return { connection, progress, privacy, retention };
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(request, Intent, (visit, intent): Promise<SyncAnswer> => {
    const { shop, userId, connection, context } = visit;
    const asker = {
      ...{ shop, userId, timeZone: connection.timeZone ?? "UTC", requestedBy: "page" },
      client: pageClient(context, visit),
    };
    return performSyncIntent(context, asker, intent);
  });
}

/** How the shop is connected, what there is to sync, the buttons that do it, and what they do. */
export default function ShopifySettings() {
  const { connection, progress, privacy, retention } = useLoaderData<typeof loader>();
  const { latest, lost } = useSyncProgress(progress);
  const { now, jobs, counts, failed, failedDeliveries, dryRun } = latest;
  const pendingEntries = Object.values(counts).reduce((sum, count) => sum + count.pending, 0);
  return (
    <Page>
      <TitleBar title="Shopify settings" />
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            {lost ? <ConnectionLost /> : null}
            <PreviewCard />
            <SyncCard jobs={jobs} pendingEntries={pendingEntries} dryRun={dryRun} />
            <SchedulerCard jobs={jobs} now={now} />
            <RunningJobs jobs={jobs} now={now} />
            <CacheCard counts={counts} />
            <FailedCard failed={failed} counts={counts} failedDeliveries={failedDeliveries} />
            <WebhookHealthCard />
            <RecentJobs jobs={jobs} now={now} />
            {retention === null ? null : <RetentionCard retention={retention} />}
            <ApiKeysCard />
            <PrivacyCard requests={privacy} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <ConnectionCard connection={connection} now={now} />
        </Layout.Section>
      </Layout>
    </Page>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
