import {
  BlockStack,
  Box,
  Button,
  Card,
  Divider,
  InlineStack,
  Select,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";

import { AnswerProblem } from "./answer-problem.tsx";
import { BackfillPart } from "./backfill-part.tsx";
import { dumpPeriods } from "./dump-periods.ts";
import type { JobView, SyncProgress } from "./sync-view.ts";
import { isActive } from "./sync-view.ts";
import { useIntent } from "./use-intent.ts";

/** The buttons that start a sync. A kind that is already at work cannot be started twice. */
export function SyncCard({
  jobs,
  pendingEntries,
  dryRun,
}: {
  jobs: JobView[];
  pendingEntries: number;
  dryRun: SyncProgress["dryRun"];
}) {
  const { send, pending, answer, again } = useIntent("sync");
  const [period, setPeriod] = useState("60");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const busy = new Set(jobs.filter(isActive).map((job) => job.jobType));
  const sending = pending("intent");
  const button = (intent: string, jobType: string) => ({
    loading: sending === intent,
    disabled: busy.has(jobType) || (sending !== null && sending !== intent),
    onClick: () => {
      send(intent === "sync-orders" ? { intent, period, from, to } : { intent });
    },
  });
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Sync
        </Text>
        <AnswerProblem answer={answer} onRetry={again} />
        <BlockStack gap="200">
          <Text as="p" tone="subdued">
            Products first, so that orders find their SKUs; then customers; then orders.
          </Text>
          <InlineStack gap="200">
            <Button {...button("sync-products", "products")}>Sync All Products</Button>
            <Button {...button("sync-customers", "customers")}>Sync Customers</Button>
          </InlineStack>
        </BlockStack>
        <Divider />
        <InlineStack gap="200" blockAlign="end">
          <Box minWidth="220px">
            <Select
              label="Orders created in"
              options={dumpPeriods.map(({ value, label }) => ({ value, label }))}
              value={period}
              onChange={setPeriod}
            />
          </Box>
          {period === "custom" ? (
            <>
              <TextField label="From" type="date" autoComplete="off" value={from} onChange={setFrom} />
              <TextField label="To" type="date" autoComplete="off" value={to} onChange={setTo} />
            </>
          ) : null}
          <Button variant="primary" {...button("sync-orders", "orders")}>
            Full Dump
          </Button>
        </InlineStack>
        <Divider />
        <BlockStack gap="200" inlineAlign="start">
          <Text as="p" tone="subdued">
            Loads every stock level and says where it differs from what we have.
          </Text>
          <Button {...button("sync-stock", "inventory")}>Sync Stock</Button>
        </BlockStack>
        <Divider />
        <BlockStack gap="200" inlineAlign="start">
          <Text as="p" tone="subdued">
            {pendingEntries === 0
              ? "Nothing is waiting in the cache."
              : "What is in the cache and waiting becomes ERP records."}
          </Text>
          <Button {...button("process-pending", "process-cache")}>Process Pending</Button>
        </BlockStack>
        <Divider />
        <BackfillPart isBusy={busy.has("backfill")} dryRun={dryRun} />
      </BlockStack>
    </Card>
  );
}
