import type { BatchHandler } from "#app/cache/process-batches.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { newsOfCustomer } from "./customer-news.ts";
import type { CustomerNews } from "./customer-news.ts";
import { loadCustomerRules } from "./load-customer-rules.server.ts";
import { lockCustomerCreation } from "./lock-customer-creation.server.ts";
import { lockCustomerMerge } from "./lock-customer-merge.server.ts";
import { readCustomerEntry } from "./read-customer-entry.ts";
import { saveCustomerNews } from "./save-customer-news.server.ts";
import { wakeCachedCustomers } from "./wake-cached-customers.server.ts";

type Result = Awaited<ReturnType<BatchHandler>>;

/**
 * Cached customers of a batch → ERP customers. Only those with at least one order get a record; for
 * the others the entry is done and "unchanged" until an order makes the record. A payload that
 * cannot be read fails alone.
 */
export const processCustomers: BatchHandler = async (tx, { shop, entries, now }) => {
  const rules = await loadCustomerRules(tx, { shop });
  const deleted = await findDeleted(tx, { shop, ids: entries.map((entry) => entry.id) });
  const news: CustomerNews[] = [];
  const failed: Result["failed"] = [];
  for (const entry of entries) {
    try {
      const snapshot = readCustomerEntry(entry);
      news.push(
        newsOfCustomer({ ...snapshot, deleted: snapshot.deleted || deleted.has(entry.id) }, rules.country),
      );
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failed.push({ id: entry.id, code: error.code, text: error.message, retry: error.retry });
    }
  }

  await lockCustomerMerge(tx, { shop, to: "read" });
  if (news.some((piece) => !piece.hasOrder)) await lockCustomerCreation(tx, { shop, to: "leave" });
  const { recordIds, changes, made } = await saveCustomerNews(tx, { shop, news, rules, now });
  // Of a merged customer's news the record that was kept may become one: what is cached of it was passed over so far.
  const told = new Set(entries.map((entry) => entry.id));
  await wakeCachedCustomers(tx, { shop, shopifyCustomerIds: [...made].filter((id) => !told.has(id)) });
  const done = news.map(({ shopifyCustomerId }) => {
    const change = changes.get(recordIds.get(shopifyCustomerId) ?? "");
    const outcome =
      change === undefined
        ? ("unchanged" as const)
        : change === "created"
          ? ("created" as const)
          : ("updated" as const);
    return { id: shopifyCustomerId, outcome };
  });
  return { done, failed };
};

async function findDeleted(
  tx: Parameters<BatchHandler>[0],
  { shop, ids }: { shop: string; ids: string[] },
): Promise<Set<string>> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from "ShopifyCustomerCache" where shop = $1 and id = any($2) and "deletedAt" is not null`,
    [shop, ids],
  );
  return new Set(rows.map((row) => row.id));
}
