import { BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";

import { Figure } from "./figure.tsx";
import { countFailed, type HomeView } from "./home-view.ts";
import { useFormat } from "./shop-format.tsx";

/** What is in the ERP, and what is on its way there. */
export function HomeFigures({ view }: { view: HomeView }) {
  const format = useFormat();
  const { erp, pending, oldestPendingAt, now, reasons } = view;
  const { failed, quarantined } = countFailed(reasons);
  const lag = oldestPendingAt === null ? null : Math.max(0, Date.parse(now) - Date.parse(oldestPendingAt));
  return (
    <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            In the ERP
          </Text>
          <InlineGrid columns={3} gap="400">
            <Figure label="Products" value={erp.products} />
            <Figure label="Customers" value={erp.customers} />
            <Figure label="Orders" value={erp.orders} />
          </InlineGrid>
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            On the way there
          </Text>
          <InlineGrid columns={3} gap="400">
            <Figure label="Pending" value={pending} />
            <Figure label="Failed" value={failed} />
            <Figure label="Quarantined" value={quarantined} />
          </InlineGrid>
          <Text as="p" tone="subdued">
            {lag === null ? "Nothing waits." : `Lag: the first has waited for ${format.duration(lag)}.`}
          </Text>
        </BlockStack>
      </Card>
    </InlineGrid>
  );
}
