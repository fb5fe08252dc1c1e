import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, InlineStack, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";

import type { CustomerListRow } from "#app/erp/customers/customer-list-row.ts";
import { findCustomers } from "#app/erp/customers/find-customers.server.ts";
import { customerFilters, customerSorts, customerViews } from "#app/ui/customer-filters.ts";
import { CustomerTags } from "#app/ui/customer-tags.tsx";
import { customerName } from "#app/ui/customer-words.ts";
import { useEmbeddedHref } from "#app/ui/embedded-href.ts";
import type { Format } from "#app/ui/format.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { ResourceList, type ListColumn } from "#app/ui/resource-list.tsx";
import { useFormat } from "#app/ui/shop-format.tsx";
import { StatusBadge } from "#app/ui/status-badge.tsx";
import { useExport } from "#app/ui/use-export.ts";

import { customerQuestions } from "./customers-query.ts";
import { loadPage } from "./load-page.server.ts";
import { PAGE_ROWS, readListQuery } from "./read-list-query.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool }) => {
    const { ignored, ...asked } = readListQuery(request, customerQuestions);
    return { ignored, page: await findCustomers(pool, { shop, limit: PAGE_ROWS, ...asked }) };
  });
}

/** A shop's customers: found by name, e-mail address and phone number. */
export default function Customers() {
  const { page, ignored } = useLoaderData<typeof loader>();
  const format = useFormat();
  const href = useEmbeddedHref();
  return (
    <PageFrame title="Customers" width="full" actions={[useExport("/app/customers/export", "customers")]}>
      <ResourceList<CustomerListRow>
        resource={{ singular: "customer", plural: "customers" }}
        page={page}
        ignored={ignored}
        idOf={(row) => row.id}
        primary={{ title: "Name", words: customerName, path: (row) => `/app/customers/${row.id}` }}
        columns={columnsOf(format)}
        compact={(row) => <Compact row={row} format={format} />}
        searchLabel="Search by name, email or phone"
        filters={customerFilters}
        views={customerViews}
        sorts={customerSorts}
        empty={{
          heading: "No customers yet",
          text: "A customer appears here with their first order, or when customers are synced from Shopify.",
          action: { label: "Open Shopify settings", url: href("/app/settings/shopify") },
        }}
      />
    </PageFrame>
  );
}

function columnsOf(format: Format): ListColumn<CustomerListRow>[] {
  return [
    { title: "Email", cell: ({ email }) => email ?? "—" },
    { title: "Phone", cell: ({ phone }) => phone ?? "—" },
    { title: "Orders", numeric: true, cell: ({ ordersCount }) => numberOrDash(ordersCount, format) },
    { title: "Spent", numeric: true, cell: (row) => spent(row, format) },
    { title: "Tags", cell: ({ tags }) => <CustomerTags tags={tags} /> },
    {
      title: "Record",
      cell: ({ record }) => (record === "current" ? null : <StatusBadge of="customer" status={record} />),
    },
  ];
}

function Compact({ row, format }: { row: CustomerListRow; format: Format }) {
  const { email, phone, ordersCount, record } = row;
  const orders =
    ordersCount === null ? null : `${format.number(ordersCount)} ${ordersCount === 1 ? "order" : "orders"}`;
  const figures = [orders, row.totalSpent === null ? null : spent(row, format)].filter(Boolean).join(" · ");
  return (
    <BlockStack gap="100">
      {[email, phone]
        .filter((text) => text !== null && text !== customerName(row))
        .map((text) => (
          <Text key={text} as="span" tone="subdued" breakWord>
            {text}
          </Text>
        ))}
      {figures === "" ? null : <Text as="span">{figures}</Text>}
      {record === "current" ? null : (
        <InlineStack>
          <StatusBadge of="customer" status={record} />
        </InlineStack>
      )}
    </BlockStack>
  );
}

function numberOrDash(value: number | null, format: Format): string {
  return value === null ? "—" : format.number(value);
}

function spent({ totalSpent, currency }: CustomerListRow, format: Format): string {
  return totalSpent === null || currency === null ? "—" : format.money(totalSpent, currency);
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
