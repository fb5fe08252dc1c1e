import { BlockStack, Card, Link, Text } from "@shopify/polaris";

import type { ErpOrderWithParts } from "#app/erp/orders/erp-order-with-parts.ts";

import { useEmbeddedHref } from "./embedded-href.ts";
import { buildOrderLedger, type Ledger, type LedgerStep } from "./order-ledger.ts";
import { OrderSums, type SumRow } from "./order-sums.tsx";
import { useFormat } from "./shop-format.tsx";

/** How the total comes about, to the last unit, beside what Shopify says; in the customer's currency too where that is another. */
export function OrderLedgerCard({
  order,
  entryPath,
}: {
  order: ErpOrderWithParts;
  /** The page of its cache entry, where it has one. */
  entryPath: string | null;
}) {
  const href = useEmbeddedHref();
  const format = useFormat();
  const isForeign = order.currency !== order.presentmentCurrency;
  const ledger = buildOrderLedger(order, "shop", format.number);
  const foreign = isForeign ? buildOrderLedger(order, "presentment", format.number) : null;
  const isUnexplained = [ledger, foreign].some((one) =>
    [one?.placed, one?.now].some((step) => Number(step?.difference ?? 0) !== 0),
  );
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Charges
        </Text>
        <LedgerTable
          ledger={ledger}
          caption={isForeign ? `In the shop's currency, ${order.currency}` : "Charges of the order"}
          isCaptionShown={isForeign}
        />
        {foreign ? (
          <LedgerTable
            ledger={foreign}
            caption={`In the customer's currency, ${order.presentmentCurrency}`}
            isCaptionShown
          />
        ) : null}
        {isUnexplained ? (
          <Text as="p">
            The order is kept as Shopify tells it.{" "}
            {entryPath === null ? null : (
              <Link url={href(entryPath)}>See what Shopify said, word for word</Link>
            )}
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}

function LedgerTable({
  ledger: { currency, placed, now },
  caption,
  isCaptionShown,
}: {
  ledger: Ledger;
  caption: string;
  isCaptionShown: boolean;
}) {
  const format = useFormat();
  const money = (amount: string) => format.money(amount, currency);
  const step = ({ rows, sum, shopify, difference }: LedgerStep, name: string): SumRow[] => [
    ...rows.map(({ words, amount, included }) => ({
      words: included ? `${words}, included` : words,
      amount: money(amount),
      isAside: included,
    })),
    { words: name, amount: money(sum), isSum: true },
    { words: `Shopify says`, amount: money(shopify), isAside: true },
    ...(Number(difference) === 0
      ? []
      : [{ words: "Difference that nothing explains", amount: money(difference), isWrong: true }]),
  ];
  return (
    <OrderSums
      caption={caption}
      isCaptionShown={isCaptionShown}
      rows={[...step(placed, "Total"), ...(now === null ? [] : step(now, "Current total"))]}
    />
  );
}
