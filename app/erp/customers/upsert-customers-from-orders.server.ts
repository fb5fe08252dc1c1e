import type { Db } from "#app/lib/db.server.ts";
import { newsOfOrder } from "./customer-news.ts";
import type { CustomerData, CustomerNews } from "./customer-news.ts";
import { loadCustomerRules } from "./load-customer-rules.server.ts";
import { lockCustomerCreation } from "./lock-customer-creation.server.ts";
import { lockCustomerMerge } from "./lock-customer-merge.server.ts";
import { saveCustomerNews } from "./save-customer-news.server.ts";
import { wakeCachedCustomers } from "./wake-cached-customers.server.ts";

/**
 * The customers that a batch of orders names: found, or made from what the orders say of them. Name,
 * email and phone are overwritten only by an order newer than what told them. A cached payload of a
 * customer whose record was just made becomes pending again: it knows more than the order. A customer that was merged
 * into another (customers/merge) leads to that one's record.
 *
 * A customer may occur several times; the newest order speaks.
 * @returns Shopify's customer id → the record's id. A redacted person without a record is not in it.
 */
export async function upsertCustomersFromOrders(
  tx: Db,
  { shop, customers, now }: { shop: string; customers: readonly CustomerData[]; now: Date },
): Promise<Map<string, string>> {
  if (customers.length === 0) return new Map();
  await lockCustomerMerge(tx, { shop, to: "read" });
  const settled = await findSettled(tx, { shop, customers });
  const unsettled = customers.filter(({ shopifyCustomerId }) => !settled.has(shopifyCustomerId));
  if (unsettled.length === 0) return settled;
  const { country, ignored } = await loadCustomerRules(tx, { shop });
  const news = newestOfEach(unsettled.map((data) => newsOfOrder(data, country)));
  await lockCustomerCreation(tx, { shop, to: "create" });
  const { recordIds, made } = await saveCustomerNews(tx, { shop, news, ignored, now });
  await wakeCachedCustomers(tx, { shop, shopifyCustomerIds: [...made] });
  for (const [shopifyCustomerId, id] of recordIds) if (id !== null) settled.set(shopifyCustomerId, id);
  return settled;
}

/**
 * Customers whose record was told by somebody at least as new as every order here: these orders cannot change it. In a
 * dump that is nearly all of them, and the short question spares the long one.
 */
async function findSettled(
  tx: Db,
  { shop, customers }: { shop: string; customers: readonly CustomerData[] },
): Promise<Map<string, string>> {
  const newestOrder = new Map<string, string | null>();
  for (const { shopifyCustomerId, asOf } of customers) {
    const known = newestOrder.get(shopifyCustomerId);
    if (known === undefined || (asOf ?? "") > (known ?? "")) newestOrder.set(shopifyCustomerId, asOf);
  }
  if (newestOrder.size === 0) return new Map();
  const { rows } = await tx.query<{ shopifyCustomerId: string; id: string; told: Date }>({
    name: "find-settled-customers",
    text: `select "shopifyCustomerId", coalesce("mergedIntoId", id) as id, "shopifyUpdatedAt" as told from "Customer"
      where shop = $1 and "shopifyCustomerId" = any($2) and "shopifyUpdatedAt" is not null`,
    values: [shop, [...newestOrder.keys()]],
  });
  const settled = new Map<string, string>();
  for (const { shopifyCustomerId, id, told } of rows) {
    const asOf = newestOrder.get(shopifyCustomerId) ?? null;
    if (asOf === null || asOf <= told.toISOString()) settled.set(shopifyCustomerId, id);
  }
  return settled;
}

function newestOfEach(news: readonly CustomerNews[]): CustomerNews[] {
  const newest = new Map<string, CustomerNews>();
  for (const piece of news) {
    const known = newest.get(piece.shopifyCustomerId);
    if (known === undefined || (piece.asOf ?? "") > (known.asOf ?? ""))
      newest.set(piece.shopifyCustomerId, piece);
  }
  return [...newest.values()];
}
