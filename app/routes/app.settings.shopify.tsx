import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";

import { ApiKeysCard } from "#app/ui/api-keys-card.tsx";
import { CacheCard } from "#app/ui/cache-card.tsx";
import { ConnectionCard } from "#app/ui/connection-card.tsx";
import { ConnectionLost } from "#app/ui/connection-lost.tsx";
import { FailedCard } from "#app/ui/failed-card.tsx";
import { RecentJobs, RunningJobs } from "#app/ui/jobs-card.tsx";
import { keepPage } from "#app/ui/keep-page.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { PreviewCard } from "#app/ui/preview-card.tsx";
import { PrivacyCard } from "#app/ui/privacy-card.tsx";
import { RulesCard } from "#app/ui/rules-card.tsx";
import { SchedulerCard } from "#app/ui/scheduler-card.tsx";
import { SettingsSection } from "#app/ui/settings-section.tsx";
import { SyncCard } from "#app/ui/sync-card.tsx";
import type { ConnectionView, SyncAnswer } from "#app/ui/sync-view.ts";
import { useSyncProgress } from "#app/ui/use-sync-progress.ts";
import { WebhookHealthShort } from "#app/ui/webhook-health-card.tsx";
import { WriteBackCard } from "#app/ui/write-back-card.tsx";

import { answerIntent } from "./answer-intent.server.ts";
import { pageClient } from "./page-client.server.ts";
import { loadChosenSettings } from "./load-chosen-settings.server.ts";
import { loadPage } from "./load-page.server.ts";
import { loadPrivacyRequests } from "./load-privacy-requests.server.ts";
import { loadSyncProgress } from "./load-sync-progress.server.ts";
import { performSyncIntent } from "./perform-sync-intent.server.ts";
import { Intent } from "./sync-intent.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool, now, connection: known, context }) => {
    const [progress, privacy, chosen] = await Promise.all([
      loadSyncProgress(pool, { shop, now }),
      loadPrivacyRequests(pool, { shop, now }),
      loadChosenSettings(pool, { shop }),
    ]);
    const connection: ConnectionView = {
      shop,
      shopName: known.name,
      apiVersion: context.env.shopify?.apiVersion ?? "",
      scopes: known.scopes,
      token: known.token && {
        expires: known.token.expires?.toISOString() ?? null,
        refreshExpires: known.token.refreshExpires?.toISOString() ?? null,
      },
      lastContactAt: known.lastContactAt?.toISOString() ?? null,
    };
    return { connection, progress, privacy, chosen };
  });
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

export const clientAction = keepPage;

/** How the shop is connected, what there is to sync and the buttons that do it, how it keeps in step, and what may be set. */
export default function ShopifySettings() {
  const { connection, progress, privacy, chosen } = useLoaderData<typeof loader>();
  const { latest, lost } = useSyncProgress(progress);
  const { now, jobs, counts, failed, failedDeliveries, dryRun } = latest;
  const pendingEntries = Object.values(counts).reduce((sum, count) => sum + count.pending, 0);
  return (
    <PageFrame title="Shopify settings">
      <BlockStack gap="600">
        {lost ? <ConnectionLost /> : null}
        <SettingsSection
          title="Your shop"
          description="The shop this app is installed in, and what it may read there."
        >
          <ConnectionCard connection={connection} now={now} />
        </SettingsSection>
        <SettingsSection
          title="Bring records in"
          description="Everything from Shopify, once, or again whenever you like: what has not changed is only counted."
        >
          <PreviewCard />
          <SyncCard jobs={jobs} pendingEntries={pendingEntries} dryRun={dryRun} />
          <RunningJobs jobs={jobs} now={now} />
          <RecentJobs jobs={jobs} now={now} />
        </SettingsSection>
        <SettingsSection
          title="Keep in step"
          description="Webhooks tell of every change within seconds. The look-back finds what none of them told."
        >
          <WebhookHealthShort />
          <SchedulerCard jobs={jobs} now={now} />
        </SettingsSection>
        <SettingsSection
          title="What waits and what failed"
          description="Everything from Shopify stands in the cache before it becomes an ERP record, and stays there if it cannot."
        >
          <CacheCard counts={counts} />
          <FailedCard failed={failed} counts={counts} failedDeliveries={failedDeliveries} />
        </SettingsSection>
        <SettingsSection
          title="Rules"
          description="How orders are understood: what is paid how, and from which day they count."
        >
          <RulesCard chosen={chosen} />
        </SettingsSection>
        <SettingsSection
          title="Write-back to Shopify"
          description="What this app may change in your shop. Nothing leaves by itself."
        >
          <WriteBackCard chosen={chosen} />
        </SettingsSection>
        <SettingsSection
          title="Data and access"
          description="What is kept, for how long, and who else may ask for it."
        >
          <ApiKeysCard />
          <PrivacyCard requests={privacy} />
        </SettingsSection>
      </BlockStack>
    </PageFrame>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
