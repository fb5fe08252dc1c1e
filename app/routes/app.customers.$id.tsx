import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Layout } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";

import { listOrdersOfCustomer } from "#app/erp/customers/list-orders-of-customer.server.ts";
import { loadCustomerView } from "#app/erp/customers/load-customer-view.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { CustomerAddressCard, CustomerContactCard, CustomerNotesCard } from "#app/ui/customer-facts.tsx";
import { CustomerFiguresCard } from "#app/ui/customer-figures-card.tsx";
import { CustomerOrdersCard } from "#app/ui/customer-orders-card.tsx";
import { CustomerBanner, CustomerRecordCard } from "#app/ui/customer-record-card.tsx";
import { customerName } from "#app/ui/customer-words.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { openShopifyAdmin } from "#app/ui/shopify-admin-link.tsx";
import { StatusBadge } from "#app/ui/status-badge.tsx";

import { loadPage } from "./load-page.server.ts";
import { readListQuery } from "./read-list-query.ts";

const ORDERS_SHOWN = 20;
const ID = /^[0-9a-f-]{36}$/i;

export async function loader({ request, params: { id = "" } }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool }) => {
    const { at } = readListQuery(request, {});
    // What cannot be an id is not asked for: the database would refuse some of it.
    const view = ID.test(id) ? await loadCustomerView(pool, { shop, id }) : null;
    if (view === null)
      throw new AppError("NOT_FOUND", "There is no such customer. Look for them in the list of customers.");
    return { shop, view, orders: await listOrdersOfCustomer(pool, { shop, id, at, limit: ORDERS_SHOWN }) };
  });
}

/** One customer: how to reach them, what they bought, where what is known came from. */
export default function Customer() {
  const { shop, view, orders } = useLoaderData<typeof loader>();
  const { customer } = view;
  const isKnown = customer.record !== "redacted";
  const isMerged = customer.record === "merged";
  const { shopifyCustomerId: shopifyId } = customer;
  const open = {
    label: "Open in Shopify",
    onAction: () => {
      openShopifyAdmin(shop, `customers/${shopifyId ?? ""}`);
    },
  };
  return (
    <PageFrame
      title={customerName(customer)}
      back={{ label: "Customers", path: "/app/customers" }}
      actions={shopifyId === null ? [] : [open]}
      badges={
        customer.record === "current" ? undefined : <StatusBadge of="customer" status={customer.record} />
      }
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <CustomerBanner view={view} />
            {isKnown ? (
              <>
                <CustomerFiguresCard view={view} />
                {isMerged && orders.rows.length === 0 ? null : <CustomerOrdersCard page={orders} />}
              </>
            ) : null}
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            {isKnown ? (
              <>
                <CustomerContactCard view={view} />
                <CustomerAddressCard view={view} />
                <CustomerNotesCard view={view} />
              </>
            ) : null}
            <CustomerRecordCard view={view} shop={shop} />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </PageFrame>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
