import { BlockStack, Link, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

import { deliveryStates } from "#app/cache/delivery-state.ts";
import type { ListPage } from "#app/lib/list-page.ts";
import { webhookTopics } from "#app/shopify/webhooks/topics.ts";

import { deliveryKinds, deliveryKindWords, recordPath, recordWords, stepWords } from "./delivery-words.ts";
import { useEmbeddedHref } from "./embedded-href.ts";
import type { ListFilter, ListView } from "./list-filters.tsx";
import { ResourceList, type ListColumn } from "./resource-list.tsx";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { statusLook } from "./status-words.ts";
import type { DeliveryView } from "./webhook-pages-view.ts";

const filters: ListFilter[] = [
  {
    ...{ kind: "choices", name: "outcome", label: "Outcome" },
    options: deliveryStates.map((value) => ({ value, label: statusLook("delivery", value).words })),
  },
  {
    ...{ kind: "choices", name: "topic", label: "Topic" },
    options: [...webhookTopics.keys()].map((value) => ({ value, label: value })),
  },
  {
    ...{ kind: "choices", name: "kind", label: "About" },
    options: deliveryKinds.map((value) => ({ value, label: deliveryKindWords(value) })),
  },
  { kind: "days", name: "received", label: "Received" },
];

const sorts = [
  { label: "Received", value: "received desc", directionLabel: "Newest first" },
  { label: "Received", value: "received asc", directionLabel: "Oldest first" },
] as const;

const views: ListView[] = [
  { label: "All", params: {} },
  { label: "Failed", params: { outcome: ["failed"] } },
  { label: "Waiting", params: { outcome: ["waiting"] } },
];

/** Every webhook that came: when, about what, what became of it and how long that took. Never what it brought. */
export function DeliveryLog({ page, ignored }: { page: ListPage<DeliveryView>; ignored: readonly string[] }) {
  const format = useFormat();
  const step = (from: string | null, to: string | null) => stepWords(from, to, format) ?? "—";
  const columns: ListColumn<DeliveryView>[] = [
    { title: "Received", cell: ({ receivedAt }) => format.dateTime(receivedAt) },
    { title: "About", cell: (delivery) => <RecordLink delivery={delivery} /> },
    { title: "Outcome", cell: (delivery) => <Outcome delivery={delivery} /> },
    {
      ...{ title: "On its way", numeric: true },
      cell: ({ triggeredAt, receivedAt }) => step(triggeredAt, receivedAt),
    },
    {
      ...{ title: "Answered in", numeric: true },
      cell: ({ receivedAt, answeredAt }) => step(receivedAt, answeredAt),
    },
    {
      ...{ title: "Processed in", numeric: true },
      cell: ({ receivedAt, processedAt }) => step(receivedAt, processedAt),
    },
  ];
  return (
    <ResourceList
      resource={{ singular: "webhook", plural: "webhooks" }}
      page={page}
      ignored={ignored}
      idOf={({ webhookId }) => webhookId}
      primary={{
        title: "Topic",
        words: ({ topic }) => topic,
        path: ({ webhookId }) => `/app/webhooks/${encodeURIComponent(webhookId)}`,
      }}
      columns={columns}
      compact={(delivery) => (
        <>
          <div>
            <StatusBadge of="delivery" status={delivery.state} />
          </div>
          <Text as="span" tone="subdued" breakWord>
            {[
              format.dateTime(delivery.receivedAt),
              recordWords(delivery),
              delivery.isOurs ? "Our own change" : null,
            ]
              .filter(Boolean)
              .join(" · ")}
          </Text>
          {delivery.error === null ? null : (
            <Text as="span" breakWord>
              {delivery.error.text}
            </Text>
          )}
        </>
      )}
      searchLabel="Id of a record or a webhook"
      filters={filters}
      views={views}
      sorts={[...sorts]}
      empty={{
        heading: "No webhook has come yet",
        text: "Shopify sends one as soon as an order, a product, a customer or stock changes. If none comes, look at the addresses below.",
      }}
    />
  );
}

function RecordLink({ delivery }: { delivery: DeliveryView }) {
  const href = useEmbeddedHref();
  const words = recordWords(delivery);
  const path = recordPath(delivery);
  if (words === null) return "—";
  return (
    <Wrapped>
      {path === null ? (
        words
      ) : (
        <Link removeUnderline url={href(path)}>
          {words}
        </Link>
      )}
    </Wrapped>
  );
}

/** What became of it, under it why it failed and how often it came again. */
function Outcome({ delivery: { state, isOurs, error, duplicates } }: { delivery: DeliveryView }) {
  const format = useFormat();
  return (
    <BlockStack gap="100" inlineAlign="start">
      <StatusBadge of="delivery" status={state} />
      {error === null ? null : (
        <Wrapped>
          <Text as="span" variant="bodySm" breakWord>
            {error.text}
          </Text>
        </Wrapped>
      )}
      {isOurs ? (
        <Text as="span" variant="bodySm" tone="subdued">
          Our own change
        </Text>
      ) : null}
      {duplicates === 0 ? null : (
        <Text as="span" variant="bodySm" tone="subdued">
          {`Came again ${duplicates === 1 ? "once" : `${format.number(duplicates)} times`}`}
        </Text>
      )}
    </BlockStack>
  );
}

/** A table's cells do not wrap by themselves. */
function Wrapped({ children }: { children: ReactNode }) {
  return <div style={{ maxWidth: "13rem", whiteSpace: "normal", overflowWrap: "anywhere" }}>{children}</div>;
}
