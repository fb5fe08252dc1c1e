import { BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";

import type { CustomerView } from "#app/erp/customers/customer-view.ts";

import { Fact } from "./fact.tsx";
import { useFormat } from "./shop-format.tsx";

/** What a customer has bought: as Shopify counts, and as the orders here say. */
export function CustomerFiguresCard({ view: { customer, figures } }: { view: CustomerView }) {
  const format = useFormat();
  const { ordersCount, totalSpent, currency } = customer;
  const spent = totalSpent === null || currency === null ? null : format.money(totalSpent, currency);
  const day = (iso: string | null) => (iso === null ? "—" : format.dateTime(iso));
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Figures
        </Text>
        <InlineGrid columns={{ xs: 2, sm: 4 }} gap="400">
          <Fact term="Orders at Shopify">
            {ordersCount === null ? "Not known" : format.number(ordersCount)}
          </Fact>
          <Fact term="Spent at Shopify">{spent ?? "Not known"}</Fact>
          <Fact term="Orders here">{format.number(figures.orders)}</Fact>
          <Fact term="Of them COD">{format.number(figures.cod)}</Fact>
          <Fact term="RTO">{format.number(figures.rto)}</Fact>
          <Fact term="Cancelled">{format.number(figures.cancelled)}</Fact>
          <Fact term="First order">{day(figures.firstAt)}</Fact>
          <Fact term="Last order">{day(figures.lastAt)}</Fact>
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}
