import {
  BlockStack,
  Box,
  Button,
  Collapsible,
  InlineStack,
  Scrollable,
  SkeletonBodyText,
  Text,
} from "@shopify/polaris";
import { useEffect, useState } from "react";

import { jobTitle } from "./job-words.ts";
import { readJson } from "./read-json.ts";
import { useFormat } from "./shop-format.tsx";
import type { JobLogLine, JobView } from "./sync-view.ts";

/** A job's log of steps, fetched when it is opened and again as the job goes on. */
export function JobLog({ job }: { job: JobView }) {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [lines, setLines] = useState<JobLogLine[] | "lost" | null>(null);
  const { id, status, step } = job;
  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    readJson<{ log: JobLogLine[] }>(
      `/app/settings/shopify/progress?log=${encodeURIComponent(id)}`,
      stop.signal,
    ).then(
      ({ log }) => {
        setLines(log);
      },
      () => {
        if (!stop.signal.aborted) setLines("lost");
      },
    );
    return () => {
      stop.abort();
    };
  }, [open, id, status, step]);
  return (
    <BlockStack gap="200">
      <InlineStack>
        <Button
          variant="plain"
          disclosure={open ? "up" : "down"}
          ariaControls={`log-${id}`}
          ariaExpanded={open}
          accessibilityLabel={`Log of ${jobTitle(job.jobType)}, ${format.dateTime(job.createdAt)}`}
          onClick={() => {
            setOpen(!open);
          }}
        >
          Log
        </Button>
      </InlineStack>
      <Collapsible id={`log-${id}`} open={open}>
        <Box background="bg-surface-secondary" borderRadius="200">
          <Scrollable style={{ maxHeight: "16rem" }} focusable>
            <Box padding="300">
              {lines === null ? <SkeletonBodyText lines={3} /> : <LogLines lines={lines} />}
            </Box>
          </Scrollable>
        </Box>
      </Collapsible>
    </BlockStack>
  );
}

function LogLines({ lines }: { lines: JobLogLine[] | "lost" }) {
  const format = useFormat();
  if (lines === "lost") return <Text as="p">The log could not be read. Close it and open it again.</Text>;
  if (lines.length === 0) return <Text as="p">Nothing was written yet.</Text>;
  return (
    <BlockStack gap="100">
      {lines.map((line) => (
        <Text
          key={line.id}
          as="p"
          variant="bodySm"
          tone={line.level === "error" ? "critical" : undefined}
          breakWord
        >
          {`${format.time(line.at)} · ${line.message}`}
        </Text>
      ))}
    </BlockStack>
  );
}
