import { BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";

import { fromMinor, toMinor } from "#app/lib/money.ts";

import type { Format } from "./format.ts";
import type { ProofView } from "./proof-view.ts";
import { useFormat } from "./shop-format.tsx";

type Proof = NonNullable<ProofView["proof"]>;

/** Both sides of a day and what lies between them. */
export function ProofSides({ proof }: { proof: Proof }) {
  const format = useFormat();
  const { currency, shopifyOrders, shopifyTotal, erpOrders, erpTotal } = proof;
  const money = (total: string | null) =>
    total === null || currency === null ? "—" : format.money(total, currency);
  const difference =
    shopifyTotal === null || currency === null
      ? null
      : fromMinor(toMinor(shopifyTotal, currency) - toMinor(erpTotal, currency), currency);
  return (
    <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
      <Side
        name="Shopify"
        orders={shopifyOrders === null ? "Not known" : ordersWords(shopifyOrders, format)}
        total={money(shopifyTotal)}
      />
      <Side name="ERP" orders={ordersWords(erpOrders, format)} total={money(erpTotal)} />
      <Side
        name="Difference"
        orders={shopifyOrders === null ? "Not known" : ordersWords(shopifyOrders - erpOrders, format)}
        total={money(difference)}
      />
    </InlineGrid>
  );
}

function ordersWords(count: number, format: Format): string {
  return `${format.number(count)} ${Math.abs(count) === 1 ? "order" : "orders"}`;
}

function Side({ name, orders, total }: { name: string; orders: string; total: string }) {
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm" tone="subdued">
          {name}
        </Text>
        <Text as="p" variant="headingLg" numeric>
          {orders}
        </Text>
        <Text as="p" numeric>
          {total}
        </Text>
      </BlockStack>
    </Card>
  );
}
