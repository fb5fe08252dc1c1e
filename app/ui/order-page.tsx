import { BlockStack, Box, Button, Card, InlineStack, Layout, Text } from "@shopify/polaris";

import { AnswerProblem } from "./answer-problem.tsx";
import { useEmbeddedHref } from "./embedded-href.ts";
import { OrderBanners } from "./order-banners.tsx";
import { OrderCustomerCard } from "./order-customer-card.tsx";
import { OrderDetailsCard } from "./order-details-card.tsx";
import { OrderLedgerCard } from "./order-ledger-card.tsx";
import { OrderLinesCard } from "./order-lines-card.tsx";
import { OrderOutboxCard } from "./order-outbox-card.tsx";
import { OrderParcelsCard } from "./order-parcels-card.tsx";
import { OrderPaymentsCard } from "./order-payments-card.tsx";
import { OrderTimelineCard } from "./order-timeline-card.tsx";
import type { OrderView } from "./order-view.ts";
import { OrderWhyCard } from "./order-why-card.tsx";
import { OrderWorkCard } from "./order-work-card.tsx";
import type { PageAnswer } from "./page-answer.ts";
import { ShopifyAdminButton } from "./shopify-admin-link.tsx";

/** Everything that is known of one order; of one that only the cache has, what keeps it from the ERP. */
export function OrderPage({
  view,
  answer,
  onAgain,
  busyWith,
  onRetry,
  onFetch,
  onCorrect,
}: {
  view: OrderView;
  /** What came of the last wish. */
  answer: PageAnswer | undefined;
  /** Sends it once more. */
  onAgain: () => void;
  /** The wish being done now. */
  busyWith: string | null;
  onRetry: () => void;
  onFetch: () => void;
  /** Asks how the order is paid. */
  onCorrect: () => void;
}) {
  const { id, order, entry, isErased, explanation } = view;
  const entryPath = entry === null ? null : `/app/cache/order/${id}`;
  return (
    <Layout>
      <Layout.Section>
        <BlockStack gap="400">
          <AnswerProblem answer={answer} onRetry={onAgain} />
          <OrderBanners view={view} isBusy={busyWith !== null} {...{ onRetry, onFetch, onCorrect }} />
          {order === null ? (
            <Card>
              <BlockStack gap="200">
                <Text as="h2" variant="headingMd">
                  Not in the ERP yet
                </Text>
                <Text as="p">
                  Shopify&apos;s record of this order is here and nothing of it is lost. Once it is processed,
                  items, money and parcels are shown here.
                </Text>
              </BlockStack>
            </Card>
          ) : (
            <>
              <OrderWorkCard view={view} order={order} />
              <OrderOutboxCard id={id} outbox={view.outbox} />
              <OrderLinesCard order={order} />
              <OrderLedgerCard order={order} entryPath={entryPath} />
              <OrderPaymentsCard order={order} />
              <OrderParcelsCard order={order} />
            </>
          )}
        </BlockStack>
      </Layout.Section>
      <Layout.Section variant="oneThird">
        <BlockStack gap="400">
          <Elsewhere view={view} />
          {order === null ? null : (
            <>
              <OrderCustomerCard order={order} isErased={isErased} />
              <OrderDetailsCard order={order} />
            </>
          )}
          <OrderTimelineCard view={view} />
          {order === null ? null : <OrderWhyCard explanation={explanation} />}
        </BlockStack>
      </Layout.Section>
    </Layout>
  );
}

/** Where more of it stands. */
function Elsewhere({ view: { id, entry, shopifyUrl } }: { view: OrderView }) {
  const href = useEmbeddedHref();
  return (
    <Box paddingInline={{ xs: "400", sm: "0" }}>
      <InlineStack gap="200">
        <ShopifyAdminButton url={shopifyUrl}>Open in Shopify</ShopifyAdminButton>
        {entry === null ? null : <Button url={href(`/app/cache/order/${id}`)}>What Shopify sent</Button>}
      </InlineStack>
    </Box>
  );
}
