import { BlockStack, Button, Card, Divider, InlineStack, Text } from "@shopify/polaris";
import { Fragment } from "react";

import { useEmbeddedHref } from "./embedded-href.ts";
import type { OrderView } from "./order-view.ts";
import { OpenButton, Standing } from "./outbox-cells.tsx";
import { outboxWish } from "./outbox-words.ts";
import { useFormat } from "./shop-format.tsx";
import { useFollowSending } from "./use-follow-sending.ts";
import { useOutboxDialog } from "./use-outbox-dialog.tsx";

/** What Shopify is told of this order, the newest first: what waits, what was sent, and what a person decides. Nothing where there is none. */
export function OrderOutboxCard({ id, outbox: { rows, hasMore } }: Pick<OrderView, "id" | "outbox">) {
  const { open, dialog } = useOutboxDialog();
  const href = useEmbeddedHref();
  const format = useFormat();
  useFollowSending(rows);
  if (rows.length === 0) return null;
  const held = rows.some(({ standing }) => standing === "off" || standing === "not_granted");
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Updates to Shopify
        </Text>
        {rows.map((row, index) => (
          <Fragment key={row.id}>
            {index > 0 ? <Divider /> : null}
            <BlockStack gap="100">
              <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
                <Text as="span" breakWord>
                  {outboxWish(row, format)}
                </Text>
                <OpenButton row={row} onOpen={open} />
              </InlineStack>
              <Standing row={row} />
              <Text as="span" tone="subdued" variant="bodySm">
                {`Wished ${format.dateTime(row.createdAt)}`}
              </Text>
            </BlockStack>
          </Fragment>
        ))}
        {held || hasMore ? (
          <InlineStack gap="200">
            {held ? (
              <Button url={href("/app/settings/write-back")}>Look at it and switch it on</Button>
            ) : null}
            {hasMore ? (
              <Button variant="plain" url={href(`/app/outbox?search=${encodeURIComponent(id)}`)}>
                See all
              </Button>
            ) : null}
          </InlineStack>
        ) : null}
      </BlockStack>
      {dialog}
    </Card>
  );
}
