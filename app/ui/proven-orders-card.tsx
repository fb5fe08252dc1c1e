import { BlockStack, Button, Card, Divider, InlineStack, Link, Text } from "@shopify/polaris";
import { Fragment } from "react";

import { useEmbeddedHref } from "./embedded-href.ts";
import type { ProvenList, ProvenOrderView } from "./proof-day-view.ts";
import { provenListWords, provenWords } from "./proven-words.ts";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";

/**
 * The orders of one figure of a day's proof, each leading to its order, or to its cache entry where it is none yet.
 * @param count how many there are: more than are shown, where there are very many
 * @param more the list of all of them
 */
export function ProvenOrdersCard({
  list,
  orders,
  count,
  more,
  isAsked,
}: {
  list: ProvenList;
  orders: readonly ProvenOrderView[];
  count: number;
  more: { label: string; path: string } | null;
  /** Whether Shopify has told which orders the day has. */
  isAsked: boolean;
}) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const { title, none, notAsked } = provenListWords[list];
  const isUncounted = !isAsked && (list === "missing" || list === "differing");
  return (
    <div id={list}>
      <Card>
        <BlockStack gap="300">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              {isUncounted ? title : `${title} (${format.number(count)})`}
            </Text>
            {more && (count > 0 || (list === "failed" && !isAsked)) ? (
              <Button variant="plain" url={href(more.path)}>
                {more.label}
              </Button>
            ) : null}
          </InlineStack>
          {orders.length === 0 || (!isAsked && list === "failed") ? (
            <Text as="p" tone="subdued">
              {isAsked ? none : notAsked}
            </Text>
          ) : null}
          {orders.map((order, index) => (
            <Fragment key={order.id}>
              {index > 0 ? <Divider /> : null}
              <ProvenOrder list={list} order={order} />
            </Fragment>
          ))}
          {count > orders.length && orders.length > 0 ? (
            <Text as="p" tone="subdued">
              {`The first ${format.number(orders.length)} of ${format.number(count)} are shown.${more ? "" : " The others come once these are mended and the day is checked again."}`}
            </Text>
          ) : null}
        </BlockStack>
      </Card>
    </div>
  );
}

function ProvenOrder({ list, order }: { list: ProvenList; order: ProvenOrderView }) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const { id, number, erp, entry } = order;
  const name = number ?? `Order ${id}`;
  const orderPage = erp ? `/app/orders/${encodeURIComponent(id)}` : null;
  const entryPage = entry ? `/app/cache/order/${encodeURIComponent(id)}` : null;
  const page = orderPage ?? entryPage;
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <InlineStack gap="200" blockAlign="center">
          {page === null ? (
            <Text as="span" fontWeight="medium">
              {name}
            </Text>
          ) : (
            <Link url={href(page)}>{name}</Link>
          )}
          {erp ? <StatusBadge of="order" status={erp.status} /> : null}
          {entry && entry.status !== "processed" ? <StatusBadge of="entry" status={entry.status} /> : null}
        </InlineStack>
        {orderPage !== null && entryPage !== null ? (
          <Button variant="plain" url={href(entryPage)} accessibilityLabel={`Cache entry of ${name}`}>
            Cache entry
          </Button>
        ) : null}
      </InlineStack>
      {provenWords(list, order, format).map((words) => (
        <Text key={words} as="p" breakWord>
          {words}
        </Text>
      ))}
    </BlockStack>
  );
}
