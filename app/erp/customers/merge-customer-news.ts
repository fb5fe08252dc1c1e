import { sameJson } from "#app/lib/same-json.ts";
import { CONTACT_FIELDS, newestContact } from "./contact.ts";
import type { Contact, ContactField } from "./contact.ts";
import type { CustomerRow } from "./customer-rows.ts";
import type { CustomerNews } from "./customer-news.ts";

/**
 * A customer's row after one piece of news. Name, email and phone are each the newest that anybody told; at one and
 * the same moment the customer's own payload goes before an order. So the order in which customers and orders arrive
 * cannot matter.
 * @param before null for a new record; its `shopifyUpdatedAt` is that of the newest who told anything
 * @param known all that was told, this news left out, where `needsAllTold` says that the row alone does not tell
 */
export function mergeCustomerNews(
  before: CustomerRow | null,
  news: CustomerNews,
  { id, now, known }: { id: string; now: string; known?: Contact | undefined },
): CustomerRow {
  const row = before ?? emptyCustomer(id);
  const own = news.own === null ? {} : told(news.own);
  const merged: CustomerRow = {
    ...row,
    ...own,
    ...newValues(row, news, known),
    shopifyUpdatedAt: later(row.shopifyUpdatedAt, news.asOf),
    shopifyCustomerId: news.shopifyCustomerId,
  };
  if (news.deleted) merged.archivedAt = row.archivedAt ?? now;
  // That only the moment moved is not worth a write.
  const same = before !== null && sameJson({ ...merged, shopifyUpdatedAt: before.shopifyUpdatedAt }, before);
  return same ? before : merged;
}

/**
 * Whether the news says something else than the row and is not newer than all that made the row: then only those who
 * told it can say whether they spoke of this field.
 */
export function needsAllTold(row: CustomerRow, news: CustomerNews): boolean {
  return CONTACT_FIELDS.some((field) => {
    const told = news.contact[field];
    return told !== undefined && told.value !== row[field] && !isNewer(row, told.at);
  });
}

function newValues(
  row: CustomerRow,
  news: CustomerNews,
  known: Contact | undefined,
): Partial<Record<ContactField, string | null>> {
  const values: Partial<Record<ContactField, string | null>> = {};
  const newest = known === undefined ? news.contact : newestContact([known, news.contact]);
  for (const field of CONTACT_FIELDS) {
    const told = newest[field];
    // Where nobody who is still there told the field, what stands was told by the newest of all.
    const isKnown = known !== undefined && (known[field] !== undefined || row[field] === null);
    if (told !== undefined && (isKnown || isNewer(row, told.at))) values[field] = told.value;
  }
  return values;
}

function isNewer(row: CustomerRow, at: string | null): boolean {
  return row.shopifyUpdatedAt === null || (at !== null && at > row.shopifyUpdatedAt);
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

/** The fields that the news carries at all. */
function told<T extends object>(fields: T): Partial<{ [K in keyof T]: Exclude<T[K], undefined> }> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<{
    [K in keyof T]: Exclude<T[K], undefined>;
  }>;
}

/** A record of which nothing is known. */
export function emptyCustomer(id: string): CustomerRow {
  return {
    id,
    shopifyCustomerId: null,
    email: null,
    phone: null,
    firstName: null,
    lastName: null,
    defaultAddress: null,
    acceptsMarketing: null,
    tags: [],
    note: null,
    state: null,
    ordersCount: null,
    totalSpent: null,
    currency: null,
    taxExempt: null,
    shopifyUpdatedAt: null,
    archivedAt: null,
  };
}
