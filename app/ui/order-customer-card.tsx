import { BlockStack, Card, Link, Text } from "@shopify/polaris";

import type { ErpOrderWithParts } from "#app/erp/orders/erp-order-with-parts.ts";

import { useEmbeddedHref } from "./embedded-href.ts";

type Address = ErpOrderWithParts["shippingAddress"];

/** Whose order it is and where it goes, as the order itself says. */
export function OrderCustomerCard({ order, isErased }: { order: ErpOrderWithParts; isErased: boolean }) {
  const href = useEmbeddedHref();
  const { customerName, customerEmail, customerPhone, customerId, shippingAddress, billingAddress } = order;
  const known = customerName ?? customerEmail ?? customerPhone;
  const contact = [customerEmail, customerPhone].filter((one) => one !== null && one !== known);
  const isSame =
    JSON.stringify(addressLines(shippingAddress)) === JSON.stringify(addressLines(billingAddress));
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Customer
        </Text>
        {known === null ? (
          <Text as="p" tone="subdued">
            {isErased ? "Erased at their request" : "The order names no customer"}
          </Text>
        ) : (
          <BlockStack gap="100">
            {customerId === null ? (
              <Text as="p" breakWord>
                {known}
              </Text>
            ) : (
              <Link url={href(`/app/customers/${customerId}`)}>{known}</Link>
            )}
            {contact.map((one) => (
              <Text key={one} as="p" breakWord>
                {one}
              </Text>
            ))}
          </BlockStack>
        )}
        <AddressBlock heading="Delivery address" address={shippingAddress} />
        {isSame && shippingAddress !== null ? (
          <Text as="p" tone="subdued">
            The billing address is the same.
          </Text>
        ) : (
          <AddressBlock heading="Billing address" address={billingAddress} />
        )}
      </BlockStack>
    </Card>
  );
}

function AddressBlock({ heading, address }: { heading: string; address: Address }) {
  const lines = addressLines(address);
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {heading}
      </Text>
      {lines.length === 0 ? (
        <Text as="p" tone="subdued">
          None
        </Text>
      ) : null}
      {lines.map((line, index) => (
        <Text key={`${String(index)} ${line}`} as="p" breakWord>
          {line}
        </Text>
      ))}
    </BlockStack>
  );
}

function addressLines(address: Address): string[] {
  if (address === null) return [];
  const { name, company, address1, address2, city, zip, province, country, phone } = address;
  const place = [city, zip].filter((one) => one !== null).join(" ");
  return [name, company, address1, address2, place, province, country, phone].filter(
    (one): one is string => one !== null && one !== "",
  );
}
