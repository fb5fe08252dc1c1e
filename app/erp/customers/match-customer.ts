import type { CustomerNews } from "./customer-news.ts";
import type { StoredCustomer } from "./customer-rows.ts";

/** Records without a Shopify id, and what would make attaching one of them a guess. */
export type UnlinkedCustomers = {
  records: readonly StoredCustomer[];
  /** Emails and phones that more than one Shopify customer has, as far as is known, or that a shop ignores. */
  shared: ReadonlySet<string>;
};

/**
 * The record without a Shopify id that a new Shopify customer is: by email, then by phone, and only
 * if exactly one fits. An address that several Shopify customers use says nothing (a call centre's
 * email stands on hundreds of customers, and they stay hundreds).
 */
export function matchCustomer(
  news: CustomerNews,
  { records, shared }: UnlinkedCustomers,
): StoredCustomer | null {
  const email = news.contact.email?.value;
  const phone = news.contact.phone?.value;
  return (
    only(email, (record) => record.email === email, { records, shared }) ??
    only(phone?.startsWith("+") === true ? phone : null, (record) => record.phone === phone, {
      records,
      shared,
    })
  );
}

function only(
  address: string | null | undefined,
  fits: (record: StoredCustomer) => boolean,
  { records, shared }: UnlinkedCustomers,
): StoredCustomer | null {
  if (address === null || address === undefined || shared.has(address)) return null;
  const found = records.filter((record) => record.shopifyCustomerId === null && fits(record));
  const first = found[0];
  return first !== undefined && found.length === 1 && !first.redacted && first.archivedAt === null
    ? first
    : null;
}
