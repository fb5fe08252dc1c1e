import { BlockStack, Card, Divider, InlineStack, Link, Text } from "@shopify/polaris";

import type { ErpOrderWithParts } from "#app/erp/orders/erp-order-with-parts.ts";

import { useEmbeddedHref } from "./embedded-href.ts";
import { buildOrderCollection } from "./order-collection.ts";
import { OrderSums, type SumRow } from "./order-sums.tsx";
import { parcelName, transactionWords } from "./order-timeline.ts";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";

/** What was paid and given back, what is left, and what the couriers collect. */
export function OrderPaymentsCard({ order }: { order: ErpOrderWithParts }) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const money = (amount: string) => format.money(amount, order.currency);
  const abroad = (amount: string) => format.money(amount, order.presentmentCurrency);
  // Received and outstanding are kept in the shop's currency, what a courier collects in the customer's.
  const isForeign = order.currency !== order.presentmentCurrency;
  const inCurrency = (currency: string) => (isForeign ? `, in ${currency}` : "");
  const paid = ({ amount, presentmentAmount }: { amount: string; presentmentAmount: string }) =>
    isForeign ? `${money(amount)} (${abroad(presentmentAmount)})` : money(amount);
  const { parcels, rest } = buildOrderCollection(order);
  const collection: SumRow[] = [
    ...parcels.map((parcel) => ({ words: parcelName(parcel), amount: abroad(parcel.amountToCollect) })),
    ...(Number(rest) === 0 ? [] : [{ words: "Not in a parcel yet", amount: abroad(rest) }]),
    { words: "To collect", amount: abroad(order.amountToCollect), isSum: true },
  ];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Payments
          </Text>
          <StatusBadge of="payment" status={order.paymentMethod} />
        </InlineStack>
        {order.payments.length === 0 ? (
          <Text as="p" tone="subdued">
            Nothing was paid yet.
          </Text>
        ) : null}
        {order.payments.map((payment) => (
          <InlineStack key={payment.id} align="space-between" gap="200" blockAlign="center">
            <BlockStack>
              <Text as="span">
                {transactionWords(payment, paid(payment))}
                {payment.test ? " (test)" : ""}
              </Text>
              <Text as="span" tone="subdued" breakWord>
                {[payment.gateway, payment.processedAt === null ? null : format.dateTime(payment.processedAt)]
                  .filter((one) => one !== null)
                  .join(" · ")}
              </Text>
            </BlockStack>
            <StatusBadge of="transaction" status={payment.status} />
          </InlineStack>
        ))}
        <Divider />
        <OrderSums
          caption={`Paid and outstanding${inCurrency(order.currency)}`}
          isCaptionShown={isForeign}
          rows={[
            { words: "Received", amount: money(order.receivedAmount) },
            { words: "Refunded", amount: money(order.refundedAmount) },
            { words: "Outstanding", amount: money(order.outstandingAmount), isSum: true },
            ...(Number(order.paymentDifference) === 0
              ? []
              : [
                  {
                    words: "Received, but in no payment Shopify tells of",
                    amount: money(order.paymentDifference),
                    isWrong: true,
                  },
                ]),
          ]}
        />
        {order.paymentMethod === "COD" ? (
          <OrderSums
            caption={`To be collected on delivery${inCurrency(order.presentmentCurrency)}`}
            isCaptionShown
            rows={collection}
          />
        ) : null}
        {order.unknownGateways.length === 0 ? null : (
          <Text as="p" tone="caution" breakWord>
            No payment rule knows: {order.unknownGateways.join(", ")}.{" "}
            <Link url={href("/app/settings/payment-rules")}>Add a payment rule</Link>
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
