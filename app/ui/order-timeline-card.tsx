import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";

import { buildOrderTimeline } from "./order-timeline.ts";
import type { OrderView } from "./order-view.ts";
import { useFormat } from "./shop-format.tsx";

const SHOWN_AT_FIRST = 12;

/** What happened to the order, the newest first. */
export function OrderTimelineCard({ view }: { view: Pick<OrderView, "order" | "story"> }) {
  const format = useFormat();
  const [isWhole, setWhole] = useState(false);
  const events = buildOrderTimeline(view, format);
  const shown = isWhole ? events : events.slice(0, SHOWN_AT_FIRST);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Timeline
        </Text>
        <ol style={{ listStyle: "none", margin: 0, padding: 0 }}>
          {shown.map(({ at, what, details }, index) => (
            <li key={`${String(index)} ${at}`} style={{ padding: "var(--p-space-150) 0" }}>
              <Text as="p" tone="subdued" variant="bodySm">
                {format.dateTime(at)}
              </Text>
              <Text as="p" breakWord>
                {what}
              </Text>
              {details === null ? null : (
                <Text as="p" tone="subdued" breakWord>
                  {details}
                </Text>
              )}
            </li>
          ))}
        </ol>
        {events.length > SHOWN_AT_FIRST ? (
          <InlineStack>
            <Button
              variant="plain"
              onClick={() => {
                setWhole(!isWhole);
              }}
            >
              {isWhole ? "Show less" : `Show all ${format.number(events.length)}`}
            </Button>
          </InlineStack>
        ) : null}
      </BlockStack>
    </Card>
  );
}
