import type { PostalAddress } from "#app/shopify/codecs/decode-address.ts";
import type { CustomerSnapshot } from "#app/shopify/codecs/merge-customer-slots.ts";
import { normaliseEmail, normalisePhone } from "./normalise-contact.ts";

/**
 * A customer as an order names it. `undefined` = the order's payload does not say, and neither does null: that an order
 * came without a phone number is no news of the customer's. A customer's own payload saying null is.
 */
export type CustomerData = {
  shopifyCustomerId: string;
  email?: string | null;
  phone?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  /** When the order's payload was true (its `updatedAt`): ISO. */
  asOf: string | null;
};

/**
 * One piece of news of a Shopify customer, normalised.
 * Name, email and phone are told by customers and by orders alike: the newest stands. The rest only
 * a customer's own payloads tell (`own`), and those are merged into one state before they come here.
 */
export type CustomerNews = {
  shopifyCustomerId: string;
  contact: {
    email: string | null | undefined;
    phone: string | null | undefined;
    firstName: string | null | undefined;
    lastName: string | null | undefined;
  };
  /** ISO, UTC; null when unknown, which is older than anything. */
  asOf: string | null;
  own: CustomersOwn | null;
  deleted: boolean;
  /** Whether it may make a record: only customers with at least one order get one. */
  hasOrder: boolean;
};

/** What only a customer's own payloads tell; `undefined` = none ever did. */
export type CustomersOwn = {
  defaultAddress: PostalAddress | null | undefined;
  acceptsMarketing: boolean | null | undefined;
  tags: string[] | undefined;
  note: string | null | undefined;
  state: string | null | undefined;
  ordersCount: number | null | undefined;
  totalSpent: string | null | undefined;
  currency: string | null | undefined;
  taxExempt: boolean | null | undefined;
};

/** @param country of phone numbers without a country code; the customer's own address goes before it */
export function newsOfCustomer(snapshot: CustomerSnapshot, country: string): CustomerNews {
  const { email, phone, firstName, lastName, numberOfOrders, amountSpent, ...rest } = snapshot;
  const region = snapshot.defaultAddress?.countryCode ?? country;
  return {
    shopifyCustomerId: snapshot.id,
    contact: normaliseContact({ email, phone, firstName, lastName }, region),
    asOf: snapshot.updatedAt ?? null,
    own: {
      defaultAddress: rest.defaultAddress,
      acceptsMarketing: rest.acceptsMarketing,
      tags: rest.tags,
      note: rest.note,
      state: rest.state,
      ordersCount: numberOfOrders,
      totalSpent: amountSpent,
      currency: rest.currency,
      taxExempt: rest.taxExempt,
    },
    deleted: snapshot.deleted,
    hasOrder: (numberOfOrders ?? 0) > 0,
  };
}

export function newsOfOrder(data: CustomerData, country: string): CustomerNews {
  return {
    shopifyCustomerId: data.shopifyCustomerId,
    contact: withoutNulls(normaliseContact(data, country)),
    asOf: data.asOf === null ? null : new Date(data.asOf).toISOString(),
    own: null,
    deleted: false,
    hasOrder: true,
  };
}

function normaliseContact(
  contact: Partial<CustomerNews["contact"]>,
  country: string,
): CustomerNews["contact"] {
  const { email, phone } = contact;
  return {
    email: email === undefined ? undefined : normaliseEmail(email),
    phone: phone === undefined ? undefined : normalisePhone(phone, country),
    firstName: trimmed(contact.firstName),
    lastName: trimmed(contact.lastName),
  };
}

function withoutNulls(contact: CustomerNews["contact"]): CustomerNews["contact"] {
  const { email, phone, firstName, lastName } = contact;
  return {
    email: email ?? undefined,
    phone: phone ?? undefined,
    firstName: firstName ?? undefined,
    lastName: lastName ?? undefined,
  };
}

function trimmed(text: string | null | undefined): string | null | undefined {
  if (text === undefined || text === null) return text;
  return text.trim() === "" ? null : text.trim();
}
