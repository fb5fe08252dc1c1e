import { BlockStack, Box, Card, InlineStack, Link, Text } from "@shopify/polaris";

import type { CustomerOrder } from "#app/erp/customers/customer-view.ts";
import type { ListPage } from "#app/lib/list-page.ts";

import { CursorPages } from "./cursor-pages.tsx";
import { useEmbeddedHref } from "./embedded-href.ts";
import { NothingHere } from "./nothing-here.tsx";
import { RowsTable } from "./rows-table.tsx";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";

/** A customer's orders, a page at a time. */
export function CustomerOrdersCard({ page }: { page: ListPage<CustomerOrder> }) {
  const format = useFormat();
  const total = (order: CustomerOrder) => format.money(order.currentTotalAmount, order.currency);
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          Orders
        </Text>
      </Box>
      {page.rows.length === 0 && page.previous === null ? (
        <NothingHere heading="No orders here">
          An order of this customer appears here once it is synced from Shopify.
        </NothingHere>
      ) : (
        <RowsTable
          resource={{ singular: "order", plural: "orders" }}
          rows={page.rows}
          idOf={({ id }) => id}
          columns={[
            { title: "Order", cell: (order) => <OrderLink order={order} /> },
            { title: "Date", cell: ({ orderDate }) => format.dateTime(orderDate) },
            { title: "Status", cell: ({ status }) => <StatusBadge of="order" status={status} /> },
            {
              title: "Payment",
              cell: ({ paymentMethod }) => <StatusBadge of="payment" status={paymentMethod} />,
            },
            { title: "Current total", numeric: true, cell: total },
          ]}
          compact={(order) => <CompactOrder order={order} total={total(order)} />}
        />
      )}
      <CursorPages page={page} label="Pages of orders" />
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

function CompactOrder({ order, total }: { order: CustomerOrder; total: string }) {
  const format = useFormat();
  return (
    <Box width="100%">
      <BlockStack gap="100">
        <InlineStack align="space-between" gap="200">
          <OrderLink order={order} />
          <Text as="span" numeric>
            {total}
          </Text>
        </InlineStack>
        <Text as="span" tone="subdued">
          {format.dateTime(order.orderDate)}
        </Text>
        <InlineStack gap="100">
          <StatusBadge of="order" status={order.status} />
          <StatusBadge of="payment" status={order.paymentMethod} />
        </InlineStack>
      </BlockStack>
    </Box>
  );
}
