import { BlockStack, List, Text } from "@shopify/polaris";

import { AppModal } from "./app-modal.tsx";
import type { Format } from "./format.ts";
import type { OrderRulesPreviewView } from "./order-rules-view.ts";
import { useFormat } from "./shop-format.tsx";

const COMPUTED: Record<string, string> = {
  holdOnMoneyDifference: "the hold when amounts do not add up",
  codConfirmation: "the confirmation of COD orders",
  roundRupees: "the rounding of what is collected",
  deliveryUnknownAfterDays: "the days until a delivery is unknown",
};

/** What a save would change, before it does. */
export function OrderRulesPreview({
  preview,
  saving,
  onApply,
  onClose,
}: {
  preview: OrderRulesPreviewView;
  saving: boolean;
  onApply: () => void;
  onClose: () => void;
}) {
  const format = useFormat();
  return (
    <AppModal
      open
      title="This changes what is here already"
      onClose={onClose}
      primaryAction={{ content: "Apply", onAction: onApply, loading: saving }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: saving }]}
    >
      <BlockStack gap="300">
        <List>
          {linesOf(preview, format).map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
        <Text as="p" tone="subdued">
          They are computed again once you apply. Nothing is sent to Shopify.
        </Text>
      </BlockStack>
    </AppModal>
  );
}

/** "3 orders become history, 2 of them still to be shipped: they are no longer allocated" */
function linesOf({ cutOver, computed }: OrderRulesPreviewView, format: Format): string[] {
  const count = (number: number, one: string) => `${format.number(number)} ${one}${number === 1 ? "" : "s"}`;
  const verb = (number: number, one: string, many: string) => (number === 1 ? one : many);
  const lines: string[] = [];
  if (cutOver) {
    const { becomeHistory, becomeHistoryOpen, becomeLive, becomeLiveOpen } = cutOver;
    if (becomeHistory > 0)
      lines.push(
        `${count(becomeHistory, "order")} ${verb(becomeHistory, "becomes", "become")} history, ${format.number(becomeHistoryOpen)} of them still to be shipped: shown, but never allocated and never written back.`,
      );
    if (becomeLive > 0)
      lines.push(
        `${count(becomeLive, "order")} ${verb(becomeLive, "is", "are")} no longer history, ${format.number(becomeLiveOpen)} of them still to be shipped: the ERP works on them from now on.`,
      );
    if (lines.length === 0) lines.push("The cut-over changes none of the orders that are here.");
  }
  for (const { setting, count: number } of computed)
    lines.push(
      setting === "colourSynonyms"
        ? `${count(number, "product")} ${verb(number, "has", "have")} other variations by the new option names.`
        : `${count(number, "order")} ${verb(number, "is", "are")} computed again for ${COMPUTED[setting] ?? setting}.`,
    );
  return lines;
}
