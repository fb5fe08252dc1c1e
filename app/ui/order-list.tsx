import { BlockStack, InlineStack, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

import type { OrderListRow } from "#app/erp/orders/order-list-row.ts";
import type { ListPage } from "#app/lib/list-page.ts";

import { orderFilters, orderSortChoices, orderViews } from "./order-filters.ts";
import { OrderMarks } from "./order-marks.tsx";
import { ResourceList } from "./resource-list.tsx";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";

/** A shop's orders as a person looks for them. */
export function OrderList({
  page,
  ignored,
  setUpUrl,
}: {
  page: ListPage<OrderListRow>;
  ignored: readonly string[];
  /** Where orders are brought in, for a shop that has none yet. */
  setUpUrl: string;
}) {
  const format = useFormat();
  const total = (row: OrderListRow) => format.money(row.currentTotalAmount, row.currency);
  const collect = (row: OrderListRow) =>
    Number(row.amountToCollect) > 0 ? format.money(row.amountToCollect, row.presentmentCurrency) : "";
  return (
    <ResourceList
      resource={{ singular: "order", plural: "orders" }}
      page={page}
      ignored={ignored}
      idOf={({ id }) => id}
      primary={{ title: "Order", words: (row) => row.orderNumber, path: (row) => `/app/orders/${row.id}` }}
      columns={[
        { title: "Date", cell: (row) => format.dateTime(row.shopifyCreatedAt) },
        { title: "Customer", cell: customerWords },
        {
          title: "Status",
          cell: (row) => (
            <InlineStack gap="100">
              <StatusBadge of="order" status={row.status} />
              <OrderMarks order={row} />
            </InlineStack>
          ),
        },
        {
          title: "Payment",
          cell: (row) => (
            <InlineStack gap="100">
              <StatusBadge of="payment" status={row.paymentMethod} />
              {row.financialStatus === null ? null : (
                <StatusBadge of="financial" status={row.financialStatus} />
              )}
            </InlineStack>
          ),
        },
        { title: "Current total", numeric: true, cell: total },
        { title: "To collect", numeric: true, cell: collect },
        { title: "Needs attention", cell: (row) => <Attention row={row} /> },
      ]}
      compact={(row) => (
        <BlockStack gap="100">
          <Text as="span" tone="subdued">
            {format.dateTime(row.shopifyCreatedAt)} · {customerWords(row)}
          </Text>
          <InlineStack gap="100">
            <StatusBadge of="order" status={row.status} />
            <StatusBadge of="payment" status={row.paymentMethod} />
            <OrderMarks order={row} />
          </InlineStack>
          <Text as="span">
            {total(row)}
            {collect(row) === "" ? "" : ` · ${collect(row)} to collect`}
          </Text>
          <Attention row={row} />
        </BlockStack>
      )}
      searchLabel="Order number, name, email, phone or AWB"
      filters={orderFilters}
      views={orderViews}
      sorts={orderSortChoices}
      empty={{
        heading: "Orders will show up here",
        text: "New ones come by themselves. Bring in those the store has already with a full dump.",
        action: { label: "Bring in orders", url: setUpUrl },
      }}
    />
  );
}

/** An order may have no customer: a guest at the counter, or somebody who was erased. */
function customerWords(row: OrderListRow): string {
  return row.customerName ?? row.customerEmail ?? row.customerPhone ?? "No customer";
}

function Attention({ row }: { row: OrderListRow }): ReactNode {
  const words = [
    ...(row.stopShip === null ? [] : [`Stop-ship: ${row.stopShip}`]),
    ...row.holds,
    ...(row.hasDifference ? ["Money does not add up"] : []),
  ];
  if (words.length === 0) return null;
  // A table's cells do not wrap by themselves: one long reason would push the table out of the page.
  return (
    <div style={{ whiteSpace: "normal", minWidth: "9rem", maxWidth: "20rem" }}>
      <BlockStack gap="050">
        {words.map((one) => (
          <Text key={one} as="span" tone="caution" breakWord>
            {one}
          </Text>
        ))}
      </BlockStack>
    </div>
  );
}
