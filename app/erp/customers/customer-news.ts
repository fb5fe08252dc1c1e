import type { PostalAddress } from "#app/shopify/codecs/decode-address.ts";
import type { CustomerSnapshot } from "#app/shopify/codecs/merge-customer-slots.ts";
import { CONTACT_FIELDS, newestContact } from "./contact.ts";
import type { Contact, ContactField, Told } from "./contact.ts";
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
 * Name, email and phone are told by customers and by orders alike: field by field the newest stands. The rest only
 * a customer's own payloads tell (`own`), and those are merged into one state before they come here.
 */
export type CustomerNews = {
  shopifyCustomerId: string;
  contact: Contact;
  /** When the newest of it was true: ISO, UTC; null when unknown, which is older than anything. */
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
    contact: toldContact(
      { email, phone, firstName, lastName },
      { country: region, at: snapshot.updatedAt ?? null, own: true },
    ),
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

/** @param country as for `newsOfCustomer` */
export function newsOfOrder(data: CustomerData, country: string): CustomerNews {
  const asOf = data.asOf === null ? null : new Date(data.asOf).toISOString();
  return {
    shopifyCustomerId: data.shopifyCustomerId,
    contact: toldContact(data, { country, at: asOf, own: false }),
    asOf,
    own: null,
    deleted: false,
    hasOrder: true,
  };
}

/** What several orders say of one customer, as one piece of news. */
export function joinNewsOfOrders(news: readonly CustomerNews[]): CustomerNews {
  const newest = news.reduce((a, b) => ((b.asOf ?? "") > (a.asOf ?? "") ? b : a));
  return { ...newest, contact: newestContact(news.map((piece) => piece.contact)) };
}

type Spoken = { [Field in ContactField]?: string | null | undefined };

/** An order's null is silence; a customer's own is knowledge. */
function toldContact(
  spoken: Spoken,
  { country, at, own }: { country: string; at: string | null; own: boolean },
): Contact {
  const normalised: Spoken = {
    email: spoken.email === undefined ? undefined : normaliseEmail(spoken.email),
    phone: spoken.phone === undefined ? undefined : normalisePhone(spoken.phone, country),
    firstName: trimmed(spoken.firstName),
    lastName: trimmed(spoken.lastName),
  };
  const told: { [Field in ContactField]?: Told } = {};
  for (const field of CONTACT_FIELDS) {
    const value = normalised[field];
    if (value !== undefined && (own || value !== null)) told[field] = { value, at, own };
  }
  return told;
}

function trimmed(text: string | null | undefined): string | null | undefined {
  if (text === undefined || text === null) return text;
  return text.trim() === "" ? null : text.trim();
}
