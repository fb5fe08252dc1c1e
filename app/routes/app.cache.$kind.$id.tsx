import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useRevalidator } from "@remix-run/react";
import { Banner, BlockStack, Layout, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useEffect, useState } from "react";

import { fetchEntry } from "#app/jobs/fetch-entry.server.ts";
import { notifyCachePending } from "#app/shopify/webhooks/notify-cache-pending.server.ts";
import { AnswerProblem } from "#app/ui/answer-problem.tsx";
import { kindWords } from "#app/ui/cache-card.tsx";
import type { EntryView, VersionView } from "#app/ui/cache-view.ts";
import { EntryDiff } from "#app/ui/entry-diff.tsx";
import { EntryError } from "#app/ui/entry-error.tsx";
import { EntryFacts } from "#app/ui/entry-facts.tsx";
import { EntryNotApplied } from "#app/ui/entry-not-applied.tsx";
import { EntryPayload } from "#app/ui/entry-payload.tsx";
import { EntryVersions } from "#app/ui/entry-versions.tsx";
import { keepPage } from "#app/ui/keep-page.ts";
import type { PageAnswer } from "#app/ui/page-answer.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { StatusBadge } from "#app/ui/status-badge.tsx";
import { useIntent } from "#app/ui/use-intent.ts";
import { watchEntry } from "#app/ui/watch-cache.ts";

import { answerIntent } from "./answer-intent.server.ts";
import { EntryIntent } from "./cache-intents.ts";
import { readEntryKey } from "./cache-kind.ts";
import { loadCacheEntry } from "./load-cache-entry.server.ts";
import { loadPage } from "./load-page.server.ts";
import { pageClient } from "./page-client.server.ts";
import { retryFailures } from "./retry-failures.server.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  return loadPage(request, (page) => loadCacheEntry(page, readEntryKey(params)));
}

export async function action({ request, params }: ActionFunctionArgs) {
  return answerIntent(request, EntryIntent, async (page, { intent }): Promise<PageAnswer> => {
    const { context, pool, shop } = page;
    const key = readEntryKey(params);
    if (intent === "retry") {
      const { message } = await retryFailures(context, { shop, requestedBy: "page", one: key });
      return { ok: true, message };
    }
    const message = await fetchEntry(context, { shop, client: pageClient(context, page), ...key });
    notifyCachePending(pool, context.log);
    return { ok: true, message };
  });
}

export const clientAction = keepPage;

/** Everything that is kept of what Shopify has said of one record, how far it has got into the ERP, and what to do where it has not. */
export default function CacheEntry() {
  const entry = useLoaderData<typeof loader>();
  const { send, pending, answer, again } = useIntent("entry");
  const { revalidate } = useRevalidator();
  useEffect(() => watchEntry(entry, revalidate), [entry, revalidate]);
  const { kind, label, status, error } = entry;
  const sending = pending("intent");
  const retry = {
    isBusy: sending === "retry",
    send: () => {
      send({ intent: "retry" });
    },
  };
  return (
    <PageFrame
      title={`${kindWords[kind].one} ${label}`}
      badges={<StatusBadge of="entry" status={status} />}
      back={{ label: `Cache: ${kindWords[kind].many.toLowerCase()}`, path: `/app/cache/${kind}` }}
      actions={[
        {
          label: sending === "fetch" ? "Fetching…" : "Fetch again from Shopify",
          disabled: sending !== null || entry.isForgotten,
          onAction: () => {
            send({ intent: "fetch" });
          },
        },
      ]}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <AnswerProblem answer={answer} onRetry={again} />
            {entry.isForgotten ? <Forgotten /> : null}
            <EntryError entry={entry} retry={retry} />
            {entry.notApplied === null || (error !== null && entry.notApplied.length === 0) ? null : (
              <EntryNotApplied notApplied={entry.notApplied} />
            )}
            <Payloads key={`${kind} ${entry.id}`} entry={entry} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <EntryFacts entry={entry} />
        </Layout.Section>
      </Layout>
    </PageFrame>
  );
}

/** The payloads in use and those that were replaced; one of them in full, and what changed between two. */
function Payloads({ entry }: { entry: EntryView }) {
  const { versions, fulfillmentOrders, newestRaw } = entry;
  const inUse = [...versions.filter(({ supersededAt }) => supersededAt === null), ...fulfillmentOrders];
  const replaced = versions.filter(({ supersededAt }) => supersededAt !== null);
  const [chosen, choose] = useState<VersionView>();
  const [newest] = versions;
  if (!newest) return null;
  // The same version of a page that was loaded anew; one that is gone since gives way to the newest.
  const shown =
    [...versions, ...fulfillmentOrders].find((one) => chosen !== undefined && isSame(one, chosen)) ?? newest;
  const known = newestRaw === null ? {} : { [newest.contentHash]: newestRaw };
  return (
    <>
      <EntryVersions
        heading="What Shopify said last"
        text="The newest payload of each way in which Shopify words it. The ERP's record is made of all of them: none says everything."
        versions={inUse}
        shown={shown}
        onShow={choose}
      />
      <EntryPayload version={shown} known={known} />
      <EntryDiff versions={versions} known={known} />
      {replaced.length === 0 ? null : (
        <EntryVersions
          heading="What Shopify said before"
          text="Payloads that a newer one has replaced. They are kept for a while, and the ERP's record is not made of them."
          versions={replaced}
          shown={shown}
          onShow={choose}
        />
      )}
    </>
  );
}

function isSame(one: VersionView, other: VersionView): boolean {
  return (
    one.kind === other.kind &&
    one.id === other.id &&
    one.shape === other.shape &&
    one.contentHash === other.contentHash &&
    (one.supersededAt === null) === (other.supersededAt === null)
  );
}

function Forgotten() {
  return (
    <Banner tone="info" title="The person this was of has been forgotten">
      <Text as="p">
        On their request, which Shopify passed on, their personal data is gone from every payload below. The
        amounts stay.
      </Text>
    </Banner>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
