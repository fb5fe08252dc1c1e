import { BlockStack, Card, Text } from "@shopify/polaris";

import type { CustomerView, ValueSource } from "#app/erp/customers/customer-view.ts";

import { CustomerTags } from "./customer-tags.tsx";
import { marketingWords } from "./customer-words.ts";
import { Fact } from "./fact.tsx";
import type { Format } from "./format.ts";
import { useFormat } from "./shop-format.tsx";

/** How a customer can be reached, and who told it. */
export function CustomerContactCard({ view }: { view: CustomerView }) {
  const format = useFormat();
  const { customer, sources } = view;
  const name = [customer.firstName, customer.lastName].filter(Boolean).join(" ");
  const facts = [
    { term: "Name", value: name, source: newer(sources.firstName, sources.lastName) },
    { term: "Email", value: customer.email, source: sources.email },
    { term: "Phone", value: customer.phone, source: sources.phone },
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Contact
        </Text>
        {facts.map(({ term, value, source }) => (
          <BlockStack key={term}>
            <Fact term={term}>{value || "Not known"}</Fact>
            {value && source ? (
              <Text as="span" tone="subdued" variant="bodySm">
                {sourceWords(source, format)}
              </Text>
            ) : null}
          </BlockStack>
        ))}
        <Fact term="Marketing">{marketingWords(customer.acceptsMarketing)}</Fact>
      </BlockStack>
    </Card>
  );
}

/** The address as it is written on a parcel. */
export function CustomerAddressCard({ view: { customer } }: { view: CustomerView }) {
  const lines = addressLines(customer.defaultAddress);
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          Default address
        </Text>
        {lines.length === 0 ? (
          <Text as="p" tone="subdued">
            Shopify has told no address of this customer.
          </Text>
        ) : (
          <address style={{ fontStyle: "normal" }}>
            {lines.map((line) => (
              <Text key={line} as="p" breakWord>
                {line}
              </Text>
            ))}
          </address>
        )}
      </BlockStack>
    </Card>
  );
}

/** What the shop has noted of a customer. */
export function CustomerNotesCard({ view: { customer } }: { view: CustomerView }) {
  const exempt = customer.taxExempt === null ? "Not known" : customer.taxExempt ? "Yes" : "No";
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Notes and tags
        </Text>
        <Fact term="Note">{customer.note ?? "None"}</Fact>
        <BlockStack gap="100">
          <Text as="span" tone="subdued">
            Tags
          </Text>
          {customer.tags.length === 0 ? (
            <Text as="span">None</Text>
          ) : (
            <CustomerTags tags={customer.tags} most={50} />
          )}
        </BlockStack>
        <Fact term="Account at the store">{accountWords(customer.state)}</Fact>
        <Fact term="Exempt from taxes">{exempt}</Fact>
      </BlockStack>
    </Card>
  );
}

/** Shopify's words on the customer's account; one that this version does not know is shown as it is written. */
const ACCOUNTS = new Map([
  ["ENABLED", "Has an account"],
  ["DISABLED", "Has no active account"],
  ["INVITED", "Invited, has not answered"],
  ["DECLINED", "Declined the invitation"],
]);

function accountWords(state: string | null): string {
  return state === null ? "Not known" : (ACCOUNTS.get(state) ?? state.toLowerCase());
}

function sourceWords({ from, at }: ValueSource, format: Format): string {
  const who = from === "customer" ? "From Shopify’s customer record" : "From an order";
  return at === null ? who : `${who}, ${format.dateTime(at)}`;
}

function newer(a: ValueSource | undefined, b: ValueSource | undefined): ValueSource | undefined {
  if (!a || !b) return a ?? b;
  return (a.at ?? "") >= (b.at ?? "") ? a : b;
}

function addressLines(address: CustomerView["customer"]["defaultAddress"]): string[] {
  if (address === null) return [];
  const { name, firstName, lastName, company, address1, address2, city, province, zip, country, phone } =
    address;
  const person = name ?? [firstName, lastName].filter(Boolean).join(" ");
  const place = [[city, zip].filter(Boolean).join(" "), province].filter(Boolean).join(", ");
  const lines = [person, company, address1, address2, place, country, phone];
  return [...new Set(lines.filter((line): line is string => line !== null && line !== ""))];
}
