import { Banner, BlockStack, Card, InlineStack, Link, List, Text } from "@shopify/polaris";

import type { CustomerView, OtherRecord } from "#app/erp/customers/customer-view.ts";

import { customerName } from "./customer-words.ts";
import { useEmbeddedHref } from "./embedded-href.ts";
import { Fact } from "./fact.tsx";
import { useFormat } from "./shop-format.tsx";
import { ShopifyAdminLink } from "./shopify-admin-link.tsx";

/** Why a record is no current customer, and where to look instead; nothing for one that is. */
export function CustomerBanner({ view: { customer, mergedInto } }: { view: CustomerView }) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const { record, redactedAt, archivedAt } = customer;
  if (record === "redacted")
    return (
      <Banner tone="warning" title="This customer was redacted">
        <Text as="p">
          On request everything that told of the person was erased
          {redactedAt === null ? "" : ` on ${format.dateTime(redactedAt)}`}. Their orders stay, without the
          person.
        </Text>
      </Banner>
    );
  if (record === "merged")
    return (
      <Banner
        tone="info"
        title="This customer was merged into another"
        action={
          mergedInto === null
            ? undefined
            : { content: `Open ${customerName(mergedInto)}`, url: href(`/app/customers/${mergedInto.id}`) }
        }
      >
        <Text as="p">Their orders stand at the customer they became part of.</Text>
      </Banner>
    );
  if (record === "archived")
    return (
      <Banner tone="info" title="This customer is archived">
        <Text as="p">
          Shopify has deleted them, or knows them without an order
          {archivedAt === null ? "" : ` (since ${format.dateTime(archivedAt)})`}. A new order brings them
          back.
        </Text>
      </Banner>
    );
  return null;
}

/** What the record is: its ids, its times, what became part of it, and where else it can be seen. */
export function CustomerRecordCard({ view, shop }: { view: CustomerView; shop: string }) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const { customer, ownRecord, mergedFrom } = view;
  const { shopifyCustomerId: shopifyId, createdAt, updatedAt } = customer;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Record
        </Text>
        <Fact term="Shopify's id">{shopifyId ?? "None"}</Fact>
        <Fact term="Added here">{format.dateTime(createdAt)}</Fact>
        <Fact term="Last change here">{format.dateTime(updatedAt)}</Fact>
        {customer.record === "redacted" ? null : (
          <Fact term="Tags, note, address and consent">{ownWords(ownRecord, format.dateTime)}</Fact>
        )}
        {mergedFrom.length === 0 ? null : <MergedFrom others={mergedFrom} />}
        {shopifyId === null ? null : (
          <InlineStack gap="400">
            <ShopifyAdminLink shop={shop} path={`customers/${shopifyId}`}>
              Open in Shopify
            </ShopifyAdminLink>
            {ownRecord === null ? null : (
              <Link url={href(`/app/cache/customer/${shopifyId}`)}>What Shopify sent</Link>
            )}
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}

function MergedFrom({ others }: { others: readonly OtherRecord[] }) {
  const href = useEmbeddedHref();
  return (
    <BlockStack gap="100">
      <Text as="span" tone="subdued">
        Merged into this one
      </Text>
      <List>
        {others.map((other) => (
          <List.Item key={other.id}>
            <Link url={href(`/app/customers/${other.id}`)}>{customerName(other)}</Link>
          </List.Item>
        ))}
      </List>
    </BlockStack>
  );
}

function ownWords(own: CustomerView["ownRecord"], dateTime: (iso: string) => string): string {
  if (own === null) return "Not known: only orders have told of this customer so far";
  return own.at === null
    ? "From Shopify’s customer record"
    : `From Shopify’s customer record, ${dateTime(own.at)}`;
}
