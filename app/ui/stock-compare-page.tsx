import { BlockStack } from "@shopify/polaris";
import { useState } from "react";

import type { StockCompareCounts, StockCompareRow } from "#app/erp/inventory/stock-compare-row.ts";

import { AnswerProblem } from "./answer-problem.tsx";
import type { ListView } from "./list-filters.tsx";
import { useListParams } from "./list-params.ts";
import { PageFrame, type PageAction } from "./page-frame.tsx";
import { ResourceList } from "./resource-list.tsx";
import { useFormat } from "./shop-format.tsx";
import { comparedName, CompactCompared, stockCompareColumns } from "./stock-compare-columns.tsx";
import { useAllowStock } from "./stock-allow.tsx";
import { StockCompareFigures } from "./stock-compare-figures.tsx";
import { comparedId, type StockCompareView, type StockSendAnswer } from "./stock-compare-view.ts";
import { SendDifferencesModal } from "./stock-send-modals.tsx";
import { StockSendState } from "./stock-send-state.tsx";
import { useExport } from "./use-export.ts";
import { useGo } from "./use-go.ts";
import { useIntent } from "./use-intent.ts";
import { useStockCounts } from "./use-stock-counts.ts";
import { NotGiven } from "./write-back-list.tsx";

const views: readonly ListView[] = [
  { label: "Differ", params: {} },
  { label: "Left alone", params: { show: ["skipped"] } },
  { label: "All", params: { show: ["all"] } },
];

/** The comparison of stock: figures, state of sending, every level, and the buttons that let the ERP's numbers be sent. */
export function StockComparePage({ view }: { view: StockCompareView }) {
  const { page, ignored, wishes, leads, isSending, onConflict, missingScope } = view;
  const format = useFormat();
  const go = useGo();
  const { change } = useListParams();
  const work = useIntent<StockSendAnswer>("stock-compare");
  const { send, pending, answer, again } = work;
  const { counts, lost } = useStockCounts(view, answer);
  const allow = useAllowStock(work, missingScope);
  /** The answer that was there when it was asked whether to send the differences. */
  const [asked, ask] = useState<{ before: StockSendAnswer | undefined } | null>(null);
  const news = asked !== null && answer !== asked.before ? answer : undefined;
  const isAsked = asked !== null && news?.ok !== true;
  const primary: PageAction[] =
    leads === "shopify" || counts === null
      ? []
      : !isSending
        ? [
            {
              label: "Allow stock to be sent",
              primary: true,
              disabled: allow.asking !== null,
              onAction: allow.open,
            },
          ]
        : counts.differ <= counts.questions || missingScope !== null
          ? []
          : [
              {
                label:
                  counts.differ === 1
                    ? "Send the difference"
                    : `Send the ${format.number(counts.differ)} differences`,
                primary: true,
                onAction: () => {
                  ask({ before: answer });
                },
              },
            ];
  return (
    <PageFrame
      title="Compare stock"
      width="full"
      back={{ label: "Inventory", path: "/app/inventory" }}
      actions={[
        ...primary,
        useExport("/app/inventory/compare/export", "stock-comparison"),
        {
          label: "Stock rules",
          onAction: () => {
            go("/app/settings/stock");
          },
        },
      ]}
    >
      <BlockStack gap="400">
        {allow.problem === null ? null : <NotGiven problem={allow.problem} onAsk={allow.ask} />}
        {isAsked || allow.isOpen ? null : <AnswerProblem answer={answer} onRetry={again} />}
        <StockSendState view={view} counts={counts} />
        <StockCompareFigures counts={counts} lost={lost} />
        <ResourceList<StockCompareRow>
          resource={{ singular: "level", plural: "levels" }}
          {...{ page, ignored, views }}
          idOf={comparedId}
          primary={{
            ...{ title: "SKU", words: comparedName },
            path: ({ skuCode, inventoryItemId }) =>
              `/app/inventory?${new URLSearchParams({ search: skuCode ?? inventoryItemId }).toString()}`,
          }}
          columns={stockCompareColumns(wishes, format)}
          compact={(row) => <CompactCompared {...{ row, wishes, format }} />}
          searchLabel="Search by SKU, title, barcode or inventory item id"
          filters={[
            {
              ...{ kind: "choices", name: "show", label: "Show" },
              options: [
                { value: "differ", label: "Differ" },
                { value: "skipped", label: "Left alone" },
                { value: "all", label: "All" },
              ],
            },
          ]}
          empty={emptyOf(counts, {
            onInventory: () => {
              go("/app/inventory");
            },
            onAll: () => {
              change({ show: ["all"] });
            },
          })}
        />
      </BlockStack>
      {allow.question}
      {!isAsked || counts === null ? null : (
        <SendDifferencesModal
          {...{ counts, onConflict, answer: news }}
          isBusy={pending("intent") !== null}
          onClose={() => {
            ask(null);
          }}
          onYes={() => {
            send({ intent: "send-differences" });
          }}
        />
      )}
    </PageFrame>
  );
}

function emptyOf(
  counts: StockCompareCounts | null,
  { onInventory, onAll }: { onInventory: () => void; onAll: () => void },
) {
  if (counts?.levels === 0)
    return {
      heading: "Nothing to compare yet",
      text: "Stock levels come with the first stock sync, started from Inventory.",
      action: { label: "Open Inventory", onAction: onInventory },
    };
  const action = { label: "Show all levels", onAction: onAll };
  return counts !== null && counts.equal + counts.differ === 0
    ? {
        heading: "The ERP has not said how many there are",
        text: "Set the ERP's stock on the page Inventory or through the API: what differs is then listed here.",
        action,
      }
    : {
        heading: "Nothing differs",
        text: "Wherever the ERP has said how many there are, Shopify shows the same.",
        action,
      };
}
