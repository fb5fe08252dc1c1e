import type { Db } from "#app/lib/db.server.ts";
import { uuidV7 } from "#app/lib/uuid-v7.ts";
import { recordChanges } from "#app/outbox/record-changes.server.ts";
import type { CustomerNews } from "./customer-news.ts";
import type { CustomerChange, StoredCustomer } from "./customer-rows.ts";
import { insertCustomers } from "./insert-customers.server.ts";
import { loadCustomerContext, lockCustomers } from "./load-customer-context.server.ts";
import type { CustomerRules } from "./load-customer-rules.server.ts";
import { loadToldContacts } from "./load-told-contacts.server.ts";
import { planCustomers } from "./plan-customers.ts";
import type { CustomerContext, CustomerPlan } from "./plan-customers.ts";
import { updateCustomers } from "./update-customers.server.ts";

export type SavedCustomers = {
  /** By Shopify's customer id; null where there is no record and none is to be made. */
  recordIds: Map<string, string | null>;
  /** By record id; records that are not here stayed as they were. */
  changes: Map<string, CustomerChange["change"]>;
  /** Shopify ids whose record was made here: what is cached of them knows more than the news that made it. */
  made: Set<string>;
};

/**
 * Gather, decide, apply for a batch of news, one piece per Shopify customer. Rows that change are
 * locked and decided again before they are written; a record that another batch makes at the same
 * moment is found by its unique Shopify id and then treated as known (law 2).
 */
export async function saveCustomerNews(
  tx: Db,
  {
    shop,
    news,
    rules,
    now,
  }: { shop: string; news: readonly CustomerNews[]; rules: CustomerRules; now: Date },
): Promise<SavedCustomers> {
  const saved: SavedCustomers = { recordIds: new Map(), changes: new Map(), made: new Set() };
  let left = news;
  while (left.length > 0) {
    const context = await loadCustomerContext(tx, { shop, news: left, ignored: rules.ignored });
    const plan = await planOnLockedRows(tx, { shop, news: left, context, rules, now });
    await updateCustomers(tx, { shop, rows: plan.updates, now });
    const made = await insertCustomers(tx, { shop, rows: plan.creates, now });
    const lost = new Set(plan.creates.filter((row) => !made.has(row.id)).map((row) => row.shopifyCustomerId));

    const notMade = new Set(plan.creates.filter((row) => !made.has(row.id)).map((row) => row.id));
    const changes = plan.changes.filter(({ customerId }) => !notMade.has(customerId));
    const told = changes.map(
      ({ customerId, change, parts }) =>
        ({ entity: "customer", entityId: customerId, change, parts }) as const,
    );
    await recordChanges(tx, { shop, changes: told, now });
    for (const { customerId, change } of changes) saved.changes.set(customerId, change);
    for (const [shopifyCustomerId, id] of plan.recordIds)
      if (!lost.has(shopifyCustomerId)) saved.recordIds.set(shopifyCustomerId, id);
    for (const shopifyCustomerId of plan.made)
      if (!lost.has(shopifyCustomerId)) saved.made.add(shopifyCustomerId);
    left = left.filter((piece) => lost.has(piece.shopifyCustomerId));
  }
  return saved;
}

async function planOnLockedRows(
  tx: Db,
  {
    shop,
    news,
    context,
    rules,
    now,
  }: {
    shop: string;
    news: readonly CustomerNews[];
    context: CustomerContext;
    rules: CustomerRules;
    now: Date;
  },
): Promise<CustomerPlan> {
  const options = { now: now.toISOString(), newId: () => uuidV7(now.getTime()) };
  const plan = planCustomers(news, context, options);
  const unsure = [...plan.unsure].map((id) => context.linked.get(id)?.id).filter((id) => id !== undefined);
  const ids = [...new Set([...plan.updates.map((row) => row.id), ...unsure])];
  if (ids.length === 0) return plan;

  const locked = onLockedRows(context, await lockCustomers(tx, { shop, ids }));
  const decided = planCustomers(news, locked, options);
  if (decided.unsure.size === 0) return decided;
  const told = await loadToldContacts(tx, {
    shop,
    shopifyCustomerIds: [...decided.unsure],
    country: rules.country,
  });
  return planCustomers(news, { ...locked, told }, options);
}

function onLockedRows(context: CustomerContext, locked: readonly StoredCustomer[]): CustomerContext {
  const rows = new Map(locked.map((row) => [row.id, row]));
  const linked = new Map([...context.linked].map(([id, row]) => [id, rows.get(row.id) ?? row]));
  for (const row of locked) if (row.shopifyCustomerId !== null) linked.set(row.shopifyCustomerId, row);
  const kept = new Map([...context.kept].map(([id, row]) => [id, rows.get(id) ?? row]));
  const records = context.unlinked.records.map((row) => rows.get(row.id) ?? row);
  return { ...context, linked, kept, unlinked: { ...context.unlinked, records } };
}
