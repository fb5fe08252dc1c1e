import type { PostalAddress } from "#app/shopify/codecs/decode-address.ts";

/** A customer's row: the columns of the table without `shop` and the row's own times. */
export type CustomerRow = {
  id: string;
  shopifyCustomerId: string | null;
  /** Lower case. */
  email: string | null;
  /** E.164 where it could be read as a phone number, else as typed. */
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  defaultAddress: PostalAddress | null;
  acceptsMarketing: boolean | null;
  tags: string[];
  note: string | null;
  state: string | null;
  ordersCount: number | null;
  /** Exact decimal in `currency`. */
  totalSpent: string | null;
  currency: string | null;
  taxExempt: boolean | null;
  /** When Shopify first said the name, email and phone that stand here. ISO, UTC. */
  shopifyUpdatedAt: string | null;
  archivedAt: string | null;
};

/** A row as the database has it. A redacted person is never written again. */
export type StoredCustomer = CustomerRow & { redacted: boolean };

/** One row of the change feed, in this module's words. */
export type CustomerChange = {
  customerId: string;
  change: "created" | "updated" | "archived";
  parts: string[];
};
