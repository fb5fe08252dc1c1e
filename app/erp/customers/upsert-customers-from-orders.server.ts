import type { Db } from "#app/lib/db.server.ts";
import { joinNewsOfOrders, newsOfOrder } from "./customer-news.ts";
import type { CustomerData } from "./customer-news.ts";
import { findSettledCustomers } from "./find-settled-customers.server.ts";
import { loadCustomerRules } from "./load-customer-rules.server.ts";
import { lockCustomerCreation } from "./lock-customer-creation.server.ts";
import { lockCustomerMerge } from "./lock-customer-merge.server.ts";
import { saveCustomerNews } from "./save-customer-news.server.ts";
import { wakeCachedCustomers } from "./wake-cached-customers.server.ts";

/**
 * The customers that a batch of orders names: found, or made from what the orders say of them. Name,
 * email and phone are overwritten only by an order newer than what told each of them. A cached payload of a
 * customer whose record was just made becomes pending again: it knows more than the order. A customer that was merged
 * into another (customers/merge) leads to that one's record.
 *
 * A customer may occur several times; of each field the newest order that tells it speaks.
 * @returns Shopify's customer id → the record's id. A redacted person without a record is not in it.
 */
export async function upsertCustomersFromOrders(
  tx: Db,
  { shop, customers, now }: { shop: string; customers: readonly CustomerData[]; now: Date },
): Promise<Map<string, string>> {
  if (customers.length === 0) return new Map();
  await lockCustomerMerge(tx, { shop, to: "read" });
  const settled = await findSettledCustomers(tx, { shop, customers });
  const unsettled = customers.filter(({ shopifyCustomerId }) => !settled.has(shopifyCustomerId));
  if (unsettled.length === 0) return settled;
  const rules = await loadCustomerRules(tx, { shop });
  const news = [...Map.groupBy(unsettled, (data) => data.shopifyCustomerId).values()].map((ofOne) =>
    joinNewsOfOrders(ofOne.map((data) => newsOfOrder(data, rules.country))),
  );
  await lockCustomerCreation(tx, { shop, to: "create" });
  const { recordIds, made } = await saveCustomerNews(tx, { shop, news, rules, now });
  await wakeCachedCustomers(tx, { shop, shopifyCustomerIds: [...made] });
  for (const [shopifyCustomerId, id] of recordIds) if (id !== null) settled.set(shopifyCustomerId, id);
  return settled;
}
