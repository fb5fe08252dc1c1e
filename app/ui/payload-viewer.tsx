import { Banner, BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";
import { useMemo } from "react";

import { JsonViewer } from "./json-viewer.tsx";
import { readPayload } from "./read-payload.ts";
import { useFormat } from "./shop-format.tsx";
import { useCopy } from "./use-copy.ts";

/** Of a text that is no JSON, and of bytes, as much is in the page as anybody reads; all of it can be copied. */
const MOST_LETTERS = 100_000;
const MOST_LINES = 2_000;

/** A payload as it came: JSON as a tree, anything else as text or bytes. */
export function PayloadViewer({ raw }: { raw: string }) {
  const shown = useMemo(() => readPayload(raw), [raw]);
  const { number } = useFormat();
  const copy = useCopy();
  if (shown.kind === "json") return <JsonViewer root={shown.root} raw={raw} />;
  const text =
    shown.kind === "text" ? shown.text.slice(0, MOST_LETTERS) : shown.lines.slice(0, MOST_LINES).join("\n");
  const isCut = shown.kind === "text" ? shown.text.length > MOST_LETTERS : shown.lines.length > MOST_LINES;
  return (
    <BlockStack gap="300">
      <Banner tone="warning" title={shown.kind === "text" ? "This is not JSON" : "This is not even text"}>
        <Text as="p">
          {shown.kind === "text"
            ? "It is shown letter by letter as it came. What a screen would not show stands as its number, \\u0000 for NUL."
            : `It is shown byte by byte as it came: ${number(shown.count)} bytes.`}
        </Text>
      </Banner>
      <InlineStack>
        <Button
          onClick={() => {
            copy(raw, "Payload");
          }}
        >
          Copy whole payload
        </Button>
      </InlineStack>
      <Box background="bg-surface-secondary" padding="300" borderRadius="200">
        <pre
          tabIndex={0}
          aria-label="Payload"
          style={{
            margin: 0,
            maxHeight: "36rem",
            overflow: "auto",
            ...(shown.kind === "text" ? { whiteSpace: "pre-wrap", overflowWrap: "anywhere" } : {}),
          }}
        >
          {text}
        </pre>
      </Box>
      {isCut ? (
        <Text as="p" tone="subdued">
          Only its beginning is shown. Copy it to see it all.
        </Text>
      ) : null}
    </BlockStack>
  );
}
