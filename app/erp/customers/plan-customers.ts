import type { Contact } from "./contact.ts";
import type { CustomerNews } from "./customer-news.ts";
import { isOnlyRemembered } from "./customer-rows.ts";
import type { CustomerChange, CustomerRow, StoredCustomer } from "./customer-rows.ts";
import { matchCustomer } from "./match-customer.ts";
import type { UnlinkedCustomers } from "./match-customer.ts";
import { mergeCustomerNews, needsAllTold } from "./merge-customer-news.ts";

/** What the database says about the customers of a batch. */
export type CustomerContext = {
  /** By Shopify's customer id. */
  linked: ReadonlyMap<string, StoredCustomer>;
  /** Records that linked ones became part of, by id. */
  kept: ReadonlyMap<string, StoredCustomer>;
  unlinked: UnlinkedCustomers;
  /** All that was told of a customer, by Shopify's id, where somebody asked for it (`unsure`). */
  told?: ReadonlyMap<string, Contact>;
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
  /** Shopify ids whose record this news made, or made more than a remembered merge. */
  made: Set<string>;
  /** Shopify ids whose news can only be weighed knowing all that was told: theirs is left as it is here. */
  unsure: Set<string>;
};

/**
 * What a batch of news changes, one piece per Shopify customer. Two different Shopify ids never
 * become one record, whatever they share, but by customers/merge: then news of the one that is gone goes into its
 * own archived row and leads to the record that was kept, which it makes a customer and never rewrites.
 */
export function planCustomers(
  news: readonly CustomerNews[],
  context: CustomerContext,
  { now, newId }: { now: string; newId: () => string },
): CustomerPlan {
  const creates: CustomerRow[] = [];
  const recordIds = new Map<string, string | null>();
  const made = new Set<string>();
  const unsure = new Set<string>();
  const updates = new Map<string, { before: CustomerRow; after: CustomerRow }>();
  const current = (stored: StoredCustomer) => updates.get(stored.id)?.after ?? withoutMarks(stored);
  const put = (stored: StoredCustomer, after: CustomerRow) =>
    updates.set(stored.id, { before: withoutMarks(stored), after });
  const attached = new Set<string>();
  for (const piece of news) {
    const { shopifyCustomerId } = piece;
    const linked = context.linked.get(shopifyCustomerId);
    if (linked?.redacted === true || context.forgotten.has(shopifyCustomerId)) {
      recordIds.set(shopifyCustomerId, linked?.mergedIntoId ?? linked?.id ?? null);
      continue;
    }
    const isKnown = linked !== undefined && !isOnlyRemembered(current(linked));
    if (!isKnown && (!piece.hasOrder || piece.deleted)) {
      recordIds.set(shopifyCustomerId, null);
      continue;
    }
    let stored = linked ?? matchCustomer(piece, context.unlinked);
    if (stored !== null && stored !== linked) {
      if (attached.has(stored.id)) stored = null;
      else attached.add(stored.id);
    }
    if (!isKnown && (stored === null || stored === linked)) made.add(shopifyCustomerId);
    if (stored === null) {
      const row = mergeCustomerNews(null, piece, { id: newId(), now });
      creates.push(row);
      recordIds.set(shopifyCustomerId, row.id);
      continue;
    }
    const before = current(stored);
    const revived = !isKnown && stored.mergedIntoId === null ? { ...before, archivedAt: null } : before;
    const known = linked === undefined ? undefined : context.told?.get(shopifyCustomerId);
    if (known === undefined && needsAllTold(before, piece)) unsure.add(shopifyCustomerId);
    const after = mergeCustomerNews(revived, piece, { id: stored.id, now, known });
    if (after !== before) put(stored, after);
    recordIds.set(shopifyCustomerId, stored.mergedIntoId ?? stored.id);

    const kept = context.kept.get(stored.mergedIntoId ?? "");
    if (kept !== undefined && !kept.redacted && isOnlyRemembered(current(kept))) {
      put(kept, { ...current(kept), archivedAt: null });
      if (kept.shopifyCustomerId !== null) made.add(kept.shopifyCustomerId);
    }
  }

  const changes = [...updates.values()].map(({ before, after }) => describeChange(before, after));
  return {
    creates,
    updates: [...updates.values()].map(({ after }) => after),
    changes: [...creates.map((row) => describeChange(null, row)), ...changes],
    recordIds,
    made,
    unsure,
  };
}

function withoutMarks({ redacted: _, mergedIntoId: __, ...row }: StoredCustomer): CustomerRow {
  return row;
}

/** What only remembered a merge was told to nobody: it is created when it becomes a customer. */
function describeChange(before: CustomerRow | null, after: CustomerRow): CustomerChange {
  const parts = ["customer"];
  const first = before === null || isOnlyRemembered(before);
  if (first)
    return { customerId: after.id, change: after.archivedAt === null ? "created" : "archived", parts };
  const archived = before.archivedAt === null && after.archivedAt !== null;
  return { customerId: after.id, change: archived ? "archived" : "updated", parts };
}
