import type { CustomerListRow } from "#app/erp/customers/customer-list-row.ts";

type Named = Pick<
  CustomerListRow,
  "firstName" | "lastName" | "email" | "phone" | "shopifyCustomerId" | "record"
>;

/** What a person calls a customer: the name, else the e-mail address or phone number, else Shopify's id. Of a redacted one nothing is told. */
export function customerName({ record, ...customer }: Named): string {
  if (record === "redacted") return "Redacted customer";
  const name = [customer.firstName, customer.lastName].filter(Boolean).join(" ");
  if (name !== "") return name;
  const { email, phone, shopifyCustomerId } = customer;
  return (
    email ??
    phone ??
    (shopifyCustomerId === null ? "Customer without a name" : `Customer ${shopifyCustomerId}`)
  );
}

/** Whether they may be sent advertising, in words; null is what no payload told. */
export function marketingWords(acceptsMarketing: boolean | null): string {
  if (acceptsMarketing === null) return "Not known";
  return acceptsMarketing ? "Accepts marketing" : "Does not accept marketing";
}
