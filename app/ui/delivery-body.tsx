import { BlockStack, Box, Button, Card, InlineStack, Scrollable, Text } from "@shopify/polaris";

import { bytesWords } from "./bytes-words.ts";
import { useListParams } from "./list-params.ts";
import { useFormat } from "./shop-format.tsx";
import type { DeliveryBodyView, DeliveryDetailView } from "./webhook-pages-view.ts";

const AS: Record<DeliveryBodyView["as"], string> = {
  json: "JSON",
  text: "text",
  bytes: "bytes that are no text",
};

/** What a delivery brought, where it is kept: shown only to somebody who asks for it, and as text alone, whatever it says. */
export function DeliveryBody({
  delivery: { bodySize },
  body,
}: {
  delivery: DeliveryDetailView;
  body: DeliveryBodyView | null;
}) {
  const format = useFormat();
  const { change } = useListParams();
  const show = (isShown: boolean) => () => {
    change({ show: isShown ? ["body"] : [] }, { replace: true });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            What it brought
          </Text>
          {bodySize === null ? null : (
            <Button onClick={show(body === null)}>{body === null ? "Show" : "Hide"}</Button>
          )}
        </InlineStack>
        <Text as="p" tone="subdued">
          {bodySize === null
            ? "Nothing is kept here: a whole record stands in its cache entry, and of somebody who was forgotten nothing stays."
            : `${bytesWords(bodySize, format)} are kept. Personal data may be in it.`}
        </Text>
        {body === null ? null : (
          <>
            <Text as="p">
              {`Shown as ${AS[body.as]}${body.shown < body.size ? `: the first ${bytesWords(body.shown, format)}` : ""}.`}
            </Text>
            <Box background="bg-surface-secondary" borderRadius="200">
              <Scrollable style={{ maxHeight: "24rem" }} focusable>
                <Box padding="300">
                  <pre style={{ margin: 0, whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
                    {body.text}
                  </pre>
                </Box>
              </Scrollable>
            </Box>
          </>
        )}
      </BlockStack>
    </Card>
  );
}
