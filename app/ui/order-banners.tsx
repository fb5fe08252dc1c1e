import { Banner, BlockStack, Button, InlineStack, List, Text } from "@shopify/polaris";

import { heldStatuses } from "#app/erp/orders/held-statuses.ts";

import { useEmbeddedHref } from "./embedded-href.ts";
import { NextStep } from "./next-step.tsx";
import { useFormat } from "./shop-format.tsx";
import type { OrderView } from "./order-view.ts";

const HOLD_PAGES = {
  "payment-rules": { label: "Payment rules", path: "/app/settings/payment-rules" },
  "order-rules": { label: "Order rules", path: "/app/settings/orders" },
};
type HoldStep = keyof typeof HOLD_PAGES | "correct" | "shopify";

/** What lets an order go, by what holds it; for an amount that is not known yet Shopify is asked anyway. */
const HOLD_STEPS: Record<string, readonly HoldStep[]> = {
  shopify: ["shopify"],
  unknown_gateway: ["payment-rules", "correct"],
  payment_unknown: ["correct", "payment-rules"],
  cod_unconfirmed: ["shopify", "order-rules"],
  // Goods typed in by hand have no variant, so that there is nothing to map on the workbench.
  no_sku: ["shopify"],
  money_difference: ["shopify", "order-rules"],
};

function holdSteps(holds: readonly { kind: string }[]): HoldStep[] {
  return [...new Set(holds.flatMap(({ kind }) => HOLD_STEPS[kind] ?? []))];
}

/** What stands against an order going its way: why, who can change it, and the button for it. */
export function OrderBanners({
  view: { id, order, entry, isErased, shopifyUrl },
  isBusy,
  onRetry,
  onFetch,
  onCorrect,
}: {
  view: OrderView;
  isBusy: boolean;
  onRetry: () => void;
  onFetch: () => void;
  onCorrect: () => void;
}) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const isFailed = entry?.status === "failed" || entry?.status === "quarantined";
  const isHeld = order !== null && order.holds.length > 0 && heldStatuses.includes(order.status);
  const isPending = entry?.status === "pending";
  if (!isFailed && !isPending && !order?.stopShip && !isHeld && !entry?.needsFetch && !isErased) return null;
  return (
    <BlockStack gap="300">
      {entry && isFailed ? (
        <Banner tone="critical" title={entry.error ?? "The last news of this order could not be processed"}>
          <BlockStack gap="200">
            <Text as="p">
              {order === null
                ? "The order is in the cache only, not in the ERP yet."
                : "The ERP shows it as it was before."}{" "}
              {entry.next}
              {entry.nextRetryAt === null || entry.status === "quarantined"
                ? ""
                : ` It is tried again by itself at ${format.dateTime(entry.nextRetryAt)}.`}
            </Text>
            <InlineStack gap="200">
              <Button loading={isBusy} onClick={onRetry}>
                Try again now
              </Button>
              {entry.errorCode === null ? null : <NextStep code={entry.errorCode} />}
            </InlineStack>
          </BlockStack>
        </Banner>
      ) : null}
      {isPending ? (
        <Banner
          tone="info"
          title={
            order === null
              ? "This order is in the cache and waits for its turn"
              : "Newer news of this order waits for its turn"
          }
        >
          <Text as="p">The worker takes it within moments; this page then shows it by itself.</Text>
        </Banner>
      ) : null}
      {order?.stopShip ? (
        <Banner tone="critical" title="Stop-ship: what is packed must not leave as it is">
          <BlockStack gap="200">
            <Text as="p">{order.stopShip}</Text>
            <Text as="p">Unpack it, or label it again; then it may go.</Text>
            <InlineStack gap="200">
              <Button url={shopifyUrl} target="_top">
                See the change in Shopify
              </Button>
              <Button url={href(`/app/cache/order/${id}`)}>What Shopify said</Button>
            </InlineStack>
          </BlockStack>
        </Banner>
      ) : null}
      {isHeld ? (
        <Banner tone="warning" title="On hold: not to be picked yet">
          <BlockStack gap="200">
            <List>
              {order.holds.map((hold) => (
                <List.Item key={`${hold.kind} ${hold.key ?? ""}`}>
                  <Text as="span" fontWeight="semibold">
                    {hold.words}
                  </Text>
                  {`. Released by: ${hold.releasedBy}.`}
                </List.Item>
              ))}
            </List>
            <InlineStack gap="200">
              {holdSteps(order.holds).map((step) => {
                if (step === "correct")
                  return (
                    <Button key={step} onClick={onCorrect}>
                      Correct payment method
                    </Button>
                  );
                if (step === "shopify")
                  return (
                    <Button key={step} url={shopifyUrl} target="_top">
                      Open it in Shopify
                    </Button>
                  );
                const { label, path } = HOLD_PAGES[step];
                return (
                  <Button key={step} url={href(path)}>
                    {label}
                  </Button>
                );
              })}
            </InlineStack>
          </BlockStack>
        </Banner>
      ) : null}
      {entry?.needsFetch ? (
        <Banner tone="info" title="Something of this order is still to be asked of Shopify">
          <BlockStack gap="200">
            <Text as="p">
              {entry.needsFetch}
              {entry.fetchError === null ? "" : ` The last try did not succeed: ${entry.fetchError}`}
            </Text>
            <InlineStack>
              <Button loading={isBusy} onClick={onFetch}>
                Ask now
              </Button>
            </InlineStack>
          </BlockStack>
        </Banner>
      ) : null}
      {isErased ? (
        <Banner tone="info" title="This person's data was erased at their request">
          <Text as="p">Goods, money and parcels of the order are kept without them.</Text>
        </Banner>
      ) : null}
    </BlockStack>
  );
}
