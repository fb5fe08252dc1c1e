import { Banner, BlockStack, Card, Tabs, Text } from "@shopify/polaris";

import {
  workbenchParts,
  type Workbench,
  type WorkbenchCounts,
  type WorkbenchPart,
} from "#app/erp/catalog/workbench-views.ts";

import { AnswerProblem } from "./answer-problem.tsx";
import { PageFrame } from "./page-frame.tsx";
import { usePartSearch, type PartSearch } from "./part-search.tsx";
import { useFormat } from "./shop-format.tsx";
import { useExport } from "./use-export.ts";
import { useIntent } from "./use-intent.ts";
import { useWorkbenchCounts } from "./use-workbench-counts.ts";
import { WorkbenchMappings } from "./workbench-mappings.tsx";
import { WorkbenchProposals } from "./workbench-proposals.tsx";
import { WorkbenchTexts } from "./workbench-texts.tsx";
import { WorkbenchWaiting } from "./workbench-waiting.tsx";

const TITLES: Record<WorkbenchPart, string> = {
  waiting: "Orders waiting",
  texts: "Shared and missing SKUs",
  proposals: "Look-alikes",
  mappings: "Mappings",
};

/** What a part is saved as; look-alikes are looked at side by side, not in a table. */
const FILES: Record<WorkbenchPart, string | null> = {
  waiting: "awaited-skus",
  texts: "sku-texts",
  proposals: null,
  mappings: "sku-mappings",
};

/** Everything about SKUs that a person decides, one part at a time; fresh by itself. */
export function WorkbenchView({ shop, workbench }: { shop: string; workbench: Workbench }) {
  const format = useFormat();
  const search = usePartSearch();
  const { send, pending, answer, again } = useIntent("sync-products");
  const { latest: counts, lost } = useWorkbenchCounts(workbench.counts);
  const save = useExport("/app/catalogue/workbench/export", FILES[workbench.part] ?? "");
  const isSyncing = counts.syncsProducts || pending("intent") !== null;
  const sync = {
    label: isSyncing ? "Syncing products…" : "Sync all products",
    primary: true,
    disabled: isSyncing,
    onAction: () => {
      send({ intent: "sync-products" });
    },
  };
  return (
    <PageFrame
      title="SKU workbench"
      subtitle="What only a person can decide about SKUs"
      back={{ label: "Catalogue", path: "/app/catalogue" }}
      actions={FILES[workbench.part] === null ? [sync] : [sync, save]}
    >
      <BlockStack gap="400">
        <AnswerProblem answer={answer} onRetry={again} />
        {lost ? (
          <Banner tone="warning" title="The app does not answer at the moment">
            <Text as="p">What you see may be old. It goes on by itself as soon as the app is back.</Text>
          </Banner>
        ) : null}
        {counts.syncProblem === null || isSyncing ? null : (
          <Banner
            tone="critical"
            title="The last product sync failed"
            action={{ content: "Sync all products again", onAction: sync.onAction }}
          >
            <Text as="p">{counts.syncProblem}</Text>
          </Banner>
        )}
        <Card padding="0">
          <Tabs
            tabs={workbenchParts.map((part) => ({
              id: `part-${part}`,
              content: TITLES[part],
              badge: format.number(counts[part]),
            }))}
            selected={workbenchParts.indexOf(workbench.part)}
            onSelect={(index) => {
              search.leave(workbenchParts[index] ?? "waiting");
            }}
          >
            <Part shop={shop} workbench={workbench} counts={counts} search={search} />
          </Tabs>
        </Card>
      </BlockStack>
    </PageFrame>
  );
}

function Part({
  shop,
  workbench,
  counts,
  search,
}: {
  shop: string;
  workbench: Workbench;
  counts: WorkbenchCounts;
  search: PartSearch;
}) {
  switch (workbench.part) {
    case "waiting":
      return <WorkbenchWaiting waiting={workbench.waiting} counts={counts} search={search} />;
    case "texts":
      return <WorkbenchTexts shop={shop} texts={workbench.texts} counts={counts} search={search} />;
    case "proposals":
      return (
        <WorkbenchProposals
          shop={shop}
          proposals={workbench.proposals}
          currency={workbench.currency}
          search={search}
        />
      );
    case "mappings":
      return <WorkbenchMappings mappings={workbench.mappings} search={search} />;
  }
}
