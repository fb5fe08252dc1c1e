import { useFetcher } from "@remix-run/react";
import { BlockStack, Box, Button, Collapsible, SkeletonBodyText, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";

import { jobTitle } from "./job-words.ts";
import { useFormat } from "./shop-format.tsx";
import type { JobLogLine, JobView } from "./sync-view.ts";

/** A job's log of steps, fetched when it is opened and again as the job goes on. */
export function JobLog({ job }: { job: JobView }) {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { load, data } = useFetcher<{ log: JobLogLine[] }>({ key: `log-${job.id}` });
  const { id, status, step } = job;
  useEffect(() => {
    if (open) load(`/app/settings/shopify/progress?log=${encodeURIComponent(id)}`);
  }, [open, load, id, status, step]);
  const lines = data?.log;
  return (
    <BlockStack gap="200" inlineAlign="start">
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
      <Collapsible id={`log-${id}`} open={open}>
        <Box background="bg-surface-secondary" padding="300" borderRadius="200">
          {lines ? <LogLines lines={lines} /> : <SkeletonBodyText lines={3} />}
        </Box>
      </Collapsible>
    </BlockStack>
  );
}

function LogLines({ lines }: { lines: JobLogLine[] }) {
  const format = useFormat();
  if (lines.length === 0) return <Text as="p">Nothing was written yet.</Text>;
  return (
    <BlockStack as="ol" gap="100">
      {lines.map((line) => (
        <Text
          key={line.id}
          as="span"
          variant="bodySm"
          tone={line.level === "error" ? "critical" : undefined}
          breakWord
        >
          {`${format.time(line.at)}  ${line.message}`}
        </Text>
      ))}
    </BlockStack>
  );
}
