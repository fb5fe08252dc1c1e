import { BlockStack, Box, InlineGrid, InlineStack, Link, Text } from "@shopify/polaris";

import { AppModal } from "./app-modal.tsx";
import { useEmbeddedHref } from "./embedded-href.ts";
import { Figure } from "./figure.tsx";
import type { RulesPreviewView } from "./payment-rules-view.ts";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";

type Example = RulesPreviewView["examples"][number];

/** What the new rules would do, before they hold. */
export function PaymentRulesPreview({
  preview,
  saving,
  onApply,
  onClose,
}: {
  preview: RulesPreviewView;
  saving: boolean;
  onApply: () => void;
  onClose: () => void;
}) {
  const format = useFormat();
  const { orders, changed, examples } = preview;
  const title =
    changed === 0
      ? "No order changes"
      : `${format.number(changed)} ${changed === 1 ? "order changes" : "orders change"}`;
  return (
    <AppModal
      open
      title={title}
      onClose={onClose}
      primaryAction={{ content: "Apply", onAction: onApply, loading: saving }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: saving }]}
    >
      <BlockStack gap="400">
        <Text as="p">
          {changed === 0
            ? `None of the ${format.number(orders)} orders here is judged otherwise. New orders are judged by the new rules.`
            : `Of the ${format.number(orders)} orders here these are judged otherwise. They are computed again once you apply; nothing is sent to Shopify.`}
        </Text>
        {changed === 0 ? null : (
          <InlineGrid columns={{ xs: 2, sm: 4 }} gap="300">
            <Figure label="Become COD" value={preview.becomeCod} />
            <Figure label="Become Prepaid" value={preview.becomePrepaid} />
            <Figure label="Put on hold" value={preview.becomeHeld} />
            <Figure label="Released" value={preview.becomeReleased} />
          </InlineGrid>
        )}
        {examples.length === 0 ? null : (
          <BlockStack gap="200">
            <Text as="h3" variant="headingSm">
              {examples.length < changed ? `The first ${format.number(examples.length)}` : "Which"}
            </Text>
            <Box as="ul" paddingInlineStart="0">
              {examples.map((example) => (
                <ExampleRow key={example.shopifyOrderId} example={example} />
              ))}
            </Box>
          </BlockStack>
        )}
      </BlockStack>
    </AppModal>
  );
}

function ExampleRow({ example: { shopifyOrderId, orderNumber, from, to } }: { example: Example }) {
  const href = useEmbeddedHref();
  return (
    <Box as="li" paddingBlock="100">
      <InlineStack gap="200" blockAlign="center">
        <Link target="_blank" url={href(`/app/orders/${shopifyOrderId}`)}>
          {orderNumber}
        </Link>
        <Side verdict={from} />
        <Text as="span">→</Text>
        <Side verdict={to} />
        {from.paymentMethod === to.paymentMethod && from.hold === to.hold ? (
          <Text as="span" tone="subdued">
            {to.unknownGateways.length === 0
              ? "every name known"
              : `unknown: ${to.unknownGateways.join(", ")}`}
          </Text>
        ) : null}
      </InlineStack>
    </Box>
  );
}

function Side({ verdict: { paymentMethod, hold } }: { verdict: Example["to"] }) {
  return (
    <InlineStack gap="100">
      <StatusBadge of="payment" status={paymentMethod} />
      {hold ? <StatusBadge of="order" status="on_hold" /> : null}
    </InlineStack>
  );
}
