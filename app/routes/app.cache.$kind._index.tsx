import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useRevalidator } from "@remix-run/react";
import { BlockStack } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useEffect } from "react";

import { countErrorsOfKind, countWaiting } from "#app/cache/count-waiting.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import { errorCatalogue, explainError } from "#app/lib/errors.ts";
import { AnswerProblem } from "#app/ui/answer-problem.tsx";
import { kindWords } from "#app/ui/cache-card.tsx";
import { EntryCompact, EntryReasonCell, EntryStatusCell } from "#app/ui/cache-cells.tsx";
import { CacheKinds } from "#app/ui/cache-kinds.tsx";
import type { CacheRowView } from "#app/ui/cache-view.ts";
import { searchWords, sourceWords } from "#app/ui/cache-words.ts";
import { ConnectionLost } from "#app/ui/connection-lost.tsx";
import { useEmbeddedHref } from "#app/ui/embedded-href.ts";
import { keepPage } from "#app/ui/keep-page.ts";
import type { ListFilter, ListView } from "#app/ui/list-filters.tsx";
import type { PageAnswer } from "#app/ui/page-answer.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { ResourceList } from "#app/ui/resource-list.tsx";
import { useFormat } from "#app/ui/shop-format.tsx";
import { useExport } from "#app/ui/use-export.ts";
import { useIntent } from "#app/ui/use-intent.ts";
import { useLatest } from "#app/ui/use-latest.ts";
import { watchCounts } from "#app/ui/watch-cache.ts";

import { answerIntent } from "./answer-intent.server.ts";
import { CacheIntent } from "./cache-intents.ts";
import { readCacheKind } from "./cache-kind.ts";
import { loadCacheRows, readCacheQuery } from "./cache-list.server.ts";
import { loadPage } from "./load-page.server.ts";
import { PAGE_ROWS } from "./read-list-query.ts";
import { retryFailures } from "./retry-failures.server.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  return loadPage(request, async ({ pool, shop, connection }) => {
    const kind = readCacheKind(params["kind"]);
    const query = readCacheQuery(request);
    const timeZone = connection.timeZone ?? "UTC";
    const [page, waiting, errors] = await Promise.all([
      loadCacheRows(pool, query, { shop, kind, timeZone, at: query.at, limit: PAGE_ROWS }),
      countWaiting(pool, { shop }),
      countErrorsOfKind(pool, { shop, kind }),
    ]);
    return { kind, page, waiting, errors, codes: query.choices.code ?? [], ignored: query.ignored };
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  return answerIntent(request, CacheIntent, async ({ context, shop }, intent): Promise<PageAnswer> => {
    const kind = readCacheKind(params["kind"]);
    const by = { shop, requestedBy: "page" };
    if (intent.intent === "process-pending") {
      await startJob(context, { ...by, jobType: "process-cache", options: {} });
      return { ok: true, message: "Processing started" };
    }
    const which =
      intent.intent === "retry-entry"
        ? { one: { kind, id: intent.id } }
        : { of: { kind, ...(intent.codes.length > 0 ? { codes: intent.codes } : {}) } };
    const { message } = await retryFailures(context, { ...by, ...which });
    return { ok: true, message };
  });
}

export const clientAction = keepPage;

const views: ListView[] = [
  { label: "All", params: {} },
  { label: "Failed", params: { status: ["failed", "quarantined"] } },
  { label: "Pending", params: { status: ["pending"] } },
  { label: "To fetch", params: { status: ["toFetch"] } },
  { label: "Processed", params: { status: ["processed"] } },
];

const statusFilter: ListFilter = {
  ...{ kind: "choices", name: "status", label: "Status" },
  options: [
    { value: "pending", label: "Pending" },
    { value: "processed", label: "Processed" },
    { value: "failed", label: "Failed, tried again" },
    { value: "quarantined", label: "Failed, waits for a person" },
    { value: "toFetch", label: "To be fetched from Shopify" },
  ],
};

const sorts = [
  { label: "Received", value: "received desc", directionLabel: "Newest first" },
  { label: "Received", value: "received asc", directionLabel: "Oldest first" },
] as const;

/** What Shopify has said of one kind of record, how far each has got into the ERP, why some have not, and what to do about it. */
export default function Cache() {
  const { kind, page, waiting: loaded, errors, codes, ignored } = useLoaderData<typeof loader>();
  const { latest: waiting, lost } = useLatest(loaded, watchCounts);
  const { revalidate } = useRevalidator();
  const { send, pending, answer, again } = useIntent("cache");
  const exported = useExport(`/app/cache/${kind}/export`, `cache-${kind}`);
  const format = useFormat();
  const href = useEmbeddedHref();
  const { one, many } = kindWords[kind];
  const [before, now] = [loaded, waiting].map((counts) => JSON.stringify(counts[kind]));
  useEffect(() => {
    // Something came to its end or to a stop: the list shows it.
    if (before !== now) revalidate();
  }, [before, now, revalidate]);

  const failed = errors.reduce(
    (sum, { code, count }) =>
      codes.length === 0 || codes.some((asked) => asked === code) ? sum + count : sum,
    0,
  );
  const known = new Set([...errors.map(({ code }) => code), ...codes]);
  const filters: ListFilter[] = [
    statusFilter,
    {
      ...{ kind: "choices", name: "code", label: "Error" },
      options: [...known].map((code) => ({ value: code, label: explainError(code).words })),
    },
    {
      ...{ kind: "choices", name: "source", label: "Source" },
      options: Object.entries(sourceWords).map(([value, label]) => ({ value, label })),
    },
    { kind: "days", name: "received", label: "Received" },
  ];
  const isSending = pending("intent") !== null;
  const retryOf = (row: CacheRowView) => ({
    isBusy: pending("id") === row.id,
    send: () => {
      if (!isSending) send({ intent: "retry-entry", id: row.id });
    },
  });
  const actions = [
    ...(failed > 0
      ? [
          {
            label: retryWords(failed, codes, format.number),
            primary: true,
            disabled: isSending,
            onAction: () => {
              send({ intent: "retry-failed", codes: codes.join(",") });
            },
          },
        ]
      : []),
    ...(waiting[kind].pending > 0
      ? [
          {
            label: "Process pending",
            disabled: isSending,
            onAction: () => {
              send({ intent: "process-pending" });
            },
          },
        ]
      : []),
    exported,
  ];
  return (
    <PageFrame title={`Cache: ${many.toLowerCase()}`} width="full" actions={actions}>
      <BlockStack gap="400">
        {lost ? <ConnectionLost /> : null}
        <AnswerProblem answer={answer} onRetry={again} />
        <CacheKinds shown={kind} waiting={waiting} />
        <ResourceList
          key={kind}
          resource={{ singular: one.toLowerCase(), plural: many.toLowerCase() }}
          page={page}
          ignored={ignored}
          idOf={({ id }) => id}
          primary={{ title: one, words: ({ label }) => label, path: ({ id }) => `/app/cache/${kind}/${id}` }}
          columns={[
            { title: "Status", cell: (row) => <EntryStatusCell row={row} /> },
            {
              title: "Why, and what to do",
              cell: (row) => <EntryReasonCell row={row} retry={retryOf(row)} />,
            },
            { title: "Received", cell: ({ receivedAt }) => format.dateTime(receivedAt) },
            { title: "Source", cell: ({ source }) => sourceWords[source] },
            {
              title: "Changed at Shopify",
              cell: ({ shopifyUpdatedAt }) =>
                shopifyUpdatedAt === null ? "Unknown" : format.dateTime(shopifyUpdatedAt),
            },
          ]}
          compact={(row) => <EntryCompact row={row} retry={retryOf(row)} />}
          searchLabel={searchWords[kind]}
          filters={filters}
          views={views}
          sorts={sorts}
          empty={{
            heading: `No ${many.toLowerCase()} have come from Shopify yet`,
            text: "What Shopify sends is kept here first, exactly as it came. A sync or a webhook brings it.",
            action: { label: "Start a sync", url: href("/app/settings/shopify") },
          }}
        />
      </BlockStack>
    </PageFrame>
  );
}

/** Whatever else the list is narrowed to, all are tried: "Retry all failed (12)", or of one error "Retry all 3: SKU not found". */
function retryWords(
  failed: number,
  codes: readonly (keyof typeof errorCatalogue)[],
  number: (value: number) => string,
): string {
  const [code] = codes;
  if (code === undefined) return `Retry all failed (${number(failed)})`;
  return codes.length === 1
    ? `Retry all ${number(failed)}: ${errorCatalogue[code].words}`
    : `Retry all ${number(failed)} of these errors`;
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
