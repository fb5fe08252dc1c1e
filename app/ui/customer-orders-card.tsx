import { BlockStack, Box, Card, IndexTable, InlineStack, Link, Text, useBreakpoints } from "@shopify/polaris";

import type { CustomerOrder } from "#app/erp/customers/customer-view.ts";
import type { ListPage } from "#app/lib/list-page.ts";

import { useEmbeddedHref } from "./embedded-href.ts";
import { useListParams } from "./list-params.ts";
import { NothingHere } from "./nothing-here.tsx";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";

/** A customer's orders, a page at a time. */
export function CustomerOrdersCard({ page }: { page: ListPage<CustomerOrder> }) {
  const { change } = useListParams();
  const { smDown } = useBreakpoints();
  const turn = (side: "after" | "before", cursor: string | null) => {
    if (cursor !== null) change({ [side]: [cursor] });
  };
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          Orders
        </Text>
      </Box>
      <IndexTable
        resourceName={{ singular: "order", plural: "orders" }}
        selectable={false}
        condensed={smDown}
        itemCount={page.rows.length}
        headings={[
          { title: "Order" },
          { title: "Date" },
          { title: "Status" },
          { title: "Payment" },
          { title: "Current total", alignment: "end" },
        ]}
        emptyState={
          <NothingHere heading="No orders here">
            An order of this customer appears here once it is synced from Shopify.
          </NothingHere>
        }
        pagination={
          page.previous === null && page.next === null
            ? undefined
            : {
                hasPrevious: page.previous !== null,
                onPrevious: () => {
                  turn("before", page.previous);
                },
                hasNext: page.next !== null,
                onNext: () => {
                  turn("after", page.next);
                },
                accessibilityLabel: "Pages of orders",
              }
        }
      >
        {page.rows.map((order, index) => (
          <IndexTable.Row key={order.id} id={order.id} position={index}>
            {smDown ? (
              <Box paddingInline="400" paddingBlock="200">
                <CompactOrder order={order} />
              </Box>
            ) : (
              <OrderCells order={order} />
            )}
          </IndexTable.Row>
        ))}
      </IndexTable>
    </Card>
  );
}

function OrderLink({ order: { id, orderNumber, test } }: { order: CustomerOrder }) {
  const href = useEmbeddedHref();
  return (
    <Link dataPrimaryLink removeUnderline url={href(`/app/orders/${id}`)}>
      <Text as="span" fontWeight="semibold">
        {test ? `${orderNumber} (test)` : orderNumber}
      </Text>
    </Link>
  );
}

function OrderCells({ order }: { order: CustomerOrder }) {
  const format = useFormat();
  const { orderDate, status, paymentMethod, currentTotalAmount, currency } = order;
  return (
    <>
      <IndexTable.Cell>
        <OrderLink order={order} />
      </IndexTable.Cell>
      <IndexTable.Cell>{format.dateTime(orderDate)}</IndexTable.Cell>
      <IndexTable.Cell>
        <StatusBadge of="order" status={status} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <StatusBadge of="payment" status={paymentMethod} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="span" alignment="end" numeric>
          {format.money(currentTotalAmount, currency)}
        </Text>
      </IndexTable.Cell>
    </>
  );
}

function CompactOrder({ order }: { order: CustomerOrder }) {
  const format = useFormat();
  const { orderDate, status, paymentMethod, currentTotalAmount, currency } = order;
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" gap="200">
        <OrderLink order={order} />
        <Text as="span" numeric>
          {format.money(currentTotalAmount, currency)}
        </Text>
      </InlineStack>
      <Text as="span" tone="subdued">
        {format.dateTime(orderDate)}
      </Text>
      <InlineStack gap="100">
        <StatusBadge of="order" status={status} />
        <StatusBadge of="payment" status={paymentMethod} />
      </InlineStack>
    </BlockStack>
  );
}
