import { BlockStack, Button, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";

import { useFormat } from "./shop-format.tsx";
import type { RetentionView } from "./sync-view.ts";
import { useIntent } from "./use-intent.ts";

/** For how long webhook deliveries are kept, what is kept of them and why, and a way to change it. */
export function RetentionCard({ retention }: { retention: RetentionView }) {
  const format = useFormat();
  const { send, pending, answer } = useIntent("retention");
  const [days, setDays] = useState(String(retention.days));
  const sending = pending("intent") !== null;
  const save = () => {
    send({ intent: "keep-deliveries", days });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Webhook log
        </Text>
        <Text as="p" tone="subdued">
          Of every webhook from Shopify the app keeps its topic, when it came and what became of it; and the
          text of those that were no whole order, product, customer or stock level. This tells why an order is
          missing or late, and the figures of the real-time sync are counted from it. What is older is deleted
          within the hour. Orders, products and customers are not touched, and a webhook that has yet to be
          handled stays.
        </Text>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <InlineStack gap="200" blockAlign="start">
            <TextField
              label="Keep webhook deliveries for"
              type="number"
              inputMode="numeric"
              min={retention.least}
              max={retention.most}
              suffix="days"
              autoComplete="off"
              value={days}
              onChange={setDays}
              error={answer && !answer.ok ? answer.message : undefined}
              helpText={`${format.number(retention.least)} to ${format.number(retention.most)} days; now ${format.number(retention.days)}.`}
              connectedRight={
                <Button submit loading={sending}>
                  Save
                </Button>
              }
            />
          </InlineStack>
        </form>
      </BlockStack>
    </Card>
  );
}
