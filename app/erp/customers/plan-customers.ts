import type { CustomerNews } from "./customer-news.ts";
import type { CustomerChange, CustomerRow, StoredCustomer } from "./customer-rows.ts";
import { matchCustomer } from "./match-customer.ts";
import type { UnlinkedCustomers } from "./match-customer.ts";
import { mergeCustomerNews } from "./merge-customer-news.ts";

/** What the database says about the customers of a batch. */
export type CustomerContext = {
  /** By Shopify's customer id. */
  linked: ReadonlyMap<string, StoredCustomer>;
  unlinked: UnlinkedCustomers;
  /** Shopify ids of people who were redacted: a late delivery never brings them back. */
  forgotten: ReadonlySet<string>;
};

export type CustomerPlan = {
  creates: CustomerRow[];
  updates: CustomerRow[];
  /** Of creates and updates. */
  changes: CustomerChange[];
  /** By Shopify's customer id; null where there is no record and none is to be made. */
  recordIds: Map<string, string | null>;
};

/**
 * What a batch of news changes, one piece per Shopify customer. Two different Shopify ids never
 * become one record, whatever they share.
 */
export function planCustomers(
  news: readonly CustomerNews[],
  context: CustomerContext,
  { now, newId }: { now: string; newId: () => string },
): CustomerPlan {
  const plan: CustomerPlan = { creates: [], updates: [], changes: [], recordIds: new Map() };
  const attached = new Set<string>();
  for (const piece of news) {
    const { shopifyCustomerId } = piece;
    const linked = context.linked.get(shopifyCustomerId);
    if (linked?.redacted === true || context.forgotten.has(shopifyCustomerId)) {
      plan.recordIds.set(shopifyCustomerId, linked?.id ?? null);
      continue;
    }
    if (linked === undefined && (!piece.hasOrder || piece.deleted)) {
      plan.recordIds.set(shopifyCustomerId, null);
      continue;
    }
    let stored = linked ?? matchCustomer(piece, context.unlinked);
    if (stored !== null && stored !== linked) {
      if (attached.has(stored.id)) stored = null;
      else attached.add(stored.id);
    }
    const before = stored === null ? null : withoutMark(stored);
    const row = mergeCustomerNews(before, piece, { id: stored?.id ?? newId(), now });
    plan.recordIds.set(shopifyCustomerId, row.id);
    if (row === before) continue;
    (before === null ? plan.creates : plan.updates).push(row);
    plan.changes.push(describeChange(before, row));
  }
  return plan;
}

function withoutMark({ redacted: _, ...row }: StoredCustomer): CustomerRow {
  return row;
}

function describeChange(before: CustomerRow | null, after: CustomerRow): CustomerChange {
  if (before === null) return { customerId: after.id, change: "created", parts: ["customer"] };
  const archived = before.archivedAt === null && after.archivedAt !== null;
  return { customerId: after.id, change: archived ? "archived" : "updated", parts: ["customer"] };
}
