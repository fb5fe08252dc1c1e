import { Banner, BlockStack, Button, InlineStack, List, Text } from "@shopify/polaris";

import { heldStatuses } from "#app/erp/orders/held-statuses.ts";

import { useFormat } from "./shop-format.tsx";
import type { OrderView } from "./order-view.ts";

/** What stands against an order going its way: why, who can change it, and the button for it. */
export function OrderBanners({
  view: { order, entry, isErased },
  isBusy,
  onRetry,
  onFetch,
}: {
  view: OrderView;
  isBusy: boolean;
  onRetry: () => void;
  onFetch: () => void;
}) {
  const format = useFormat();
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
            <InlineStack>
              <Button loading={isBusy} onClick={onRetry}>
                Try again now
              </Button>
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
          </BlockStack>
        </Banner>
      ) : null}
      {isHeld ? (
        <Banner tone="warning" title="On hold: not to be picked yet">
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
