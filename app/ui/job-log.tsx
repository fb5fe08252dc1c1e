import {
  BlockStack,
  Box,
  Button,
  Card,
  InlineStack,
  Scrollable,
  SkeletonBodyText,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";

import type { JobLogLineView } from "./job-pages-view.ts";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { useJobLog } from "./use-job-log.ts";

/**
 * A job's log of steps, the newest first, with a search in it.
 * @param state changes as the job goes on: then it is read again
 */
export function JobLog({ id, state }: { id: string; state: string }) {
  const [search, setSearch] = useState("");
  const { lines, hasOlder, isLost, isLoadingOlder, loadOlder } = useJobLog({ id, search, state });
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Log
        </Text>
        <TextField
          label="Search the log"
          labelHidden
          placeholder="Search the log"
          autoComplete="off"
          clearButton
          value={search}
          onChange={setSearch}
          onClearButtonClick={() => {
            setSearch("");
          }}
        />
        {isLost ? (
          <Text as="p" tone="critical">
            The log could not be read. It is tried again as the job goes on; else reload the page.
          </Text>
        ) : null}
        {lines === null ? (
          !isLost && <SkeletonBodyText lines={3} />
        ) : (
          <LogLines lines={lines} isSearched={search !== ""} />
        )}
        {hasOlder ? (
          <InlineStack>
            <Button loading={isLoadingOlder} onClick={loadOlder}>
              Show older
            </Button>
          </InlineStack>
        ) : null}
      </BlockStack>
    </Card>
  );
}

function LogLines({ lines, isSearched }: { lines: readonly JobLogLineView[]; isSearched: boolean }) {
  const format = useFormat();
  if (lines.length === 0)
    return (
      <Text as="p" tone="subdued">
        {isSearched ? "No line of the log says that." : "Nothing was written yet."}
      </Text>
    );
  return (
    <Scrollable style={{ maxHeight: "28rem" }} focusable>
      <BlockStack as="ol" gap="150">
        {lines.map(({ id, at, level, message }) => (
          <Box as="li" key={id}>
            <InlineStack gap="200" blockAlign="start" wrap={false}>
              <Box minWidth="6rem">
                <Text as="span" variant="bodySm" tone="subdued" numeric>
                  {format.time(at)}
                </Text>
              </Box>
              {level === "info" ? null : <StatusBadge of="level" status={level} />}
              <Text as="span" variant="bodySm" tone={level === "error" ? "critical" : undefined} breakWord>
                {message}
              </Text>
            </InlineStack>
          </Box>
        ))}
      </BlockStack>
    </Scrollable>
  );
}
