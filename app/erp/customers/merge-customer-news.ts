import { sameJson } from "#app/lib/same-json.ts";
import type { CustomerRow } from "./customer-rows.ts";
import type { CustomerNews } from "./customer-news.ts";

/**
 * A customer's row after one piece of news. Name, email and phone follow the newest who told them;
 * at one and the same moment the customer's own payload goes before an order. So the order in which
 * customers and orders arrive cannot matter.
 * @param before null for a new record
 */
export function mergeCustomerNews(
  before: CustomerRow | null,
  news: CustomerNews,
  { id, now }: { id: string; now: string },
): CustomerRow {
  const row = before ?? emptyCustomer(id);
  const contact = isNewer(row, news)
    ? { ...told(news.contact), shopifyUpdatedAt: news.asOf ?? row.shopifyUpdatedAt }
    : {};
  const own = news.own === null ? {} : told(news.own);
  const merged: CustomerRow = { ...row, ...own, ...contact, shopifyCustomerId: news.shopifyCustomerId };
  if (news.deleted) merged.archivedAt = row.archivedAt ?? now;
  // That only the moment moved is not worth a write.
  const same = before !== null && sameJson({ ...merged, shopifyUpdatedAt: before.shopifyUpdatedAt }, before);
  return same ? before : merged;
}

function isNewer(row: CustomerRow, news: CustomerNews): boolean {
  if (row.shopifyUpdatedAt === null) return true;
  if (news.asOf === null) return false;
  return news.own === null ? news.asOf > row.shopifyUpdatedAt : news.asOf >= row.shopifyUpdatedAt;
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
