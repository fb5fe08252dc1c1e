import type { Pool } from "pg";
import { setTombstones, waitForArrivals } from "#app/cache/tombstones.server.ts";
import { lockCustomerMerge } from "#app/erp/customers/lock-customer-merge.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { recordChanges } from "#app/outbox/record-changes.server.ts";
import { personPatterns, quotesOf } from "#app/shopify/codecs/person-pattern.ts";
import { findMergedCustomers, findOrdersOfPerson } from "./find-person.server.ts";
import { findDeliveriesOfPerson, forgetDeliveries, soughtPerson } from "./forget-deliveries.server.ts";
import { forgetCustomerRows, forgetOrderRows } from "./forget-erp-rows.server.ts";
import { forgetFacts } from "./forget-facts.server.ts";
import { forgetPayloads } from "./forget-payloads.server.ts";
import { forgetTexts } from "./forget-texts.server.ts";
import { keepPaymentMethods } from "./keep-payment-methods.server.ts";
import { loadPersonTexts } from "./load-person-texts.server.ts";
import type { Counts, Person } from "./person.ts";

export type CustomerToForget = {
  shop: string;
  /** Shopify's id. */
  customerId: string;
  email: string | null;
  phone: string | null;
  /** Orders Shopify names; ours of the person are found beside them. */
  orderIds: readonly string[];
  now: Date;
};

/**
 * Law 12: forgets a person in every copy there is. The tombstones come first and are committed, the customer's before their
 * orders are searched and the orders' before the copies are, so that nothing new comes in meanwhile; the copies are emptied in
 * one transaction. A kill at any moment leaves either
 * nothing done or a tombstone, and the same call again finishes the work. Done twice it changes nothing.
 * @returns how many rows of which table were reached
 */
export async function redactCustomer(pool: Pool, customer: CustomerToForget): Promise<Counts> {
  const { shop, customerId, email, phone, now } = customer;
  const customerIds = await inRepeatedTransaction(pool, async (tx) => {
    const ids = await findMergedCustomers(tx, { shop, customerId });
    await setTombstones(tx, { shop, kind: "customer", ids, now });
    await setTombstones(tx, { shop, kind: "order", ids: customer.orderIds, now });
    return ids;
  });
  await waitForArrivals(pool, { shop });
  const found = await findOrdersOfPerson(pool, { shop, customerIds });
  const orderIds = [...new Set([...customer.orderIds, ...found])].sort();
  // Committed by itself: a webhook that sets the same one must not wait for all that follows.
  await setTombstones(pool, { shop, kind: "order", ids: orderIds, now });
  // What looked in between knew the customer's tombstone only, and a payload of the order need not name its customer.
  await waitForArrivals(pool, { shop });
  return inRepeatedTransaction(pool, (tx) => forget(tx, { shop, customerIds, orderIds, email, phone }, now));
}

async function forget(
  tx: Db,
  person: Person & Pick<CustomerToForget, "email" | "phone">,
  now: Date,
): Promise<Counts> {
  const { shop, customerIds, orderIds } = person;
  const texts = await loadPersonTexts(tx, person);
  const patterns = personPatterns(texts);
  const sought = soughtPerson(person, texts, patterns);
  // Before anything is locked: the log may be long.
  const webhookIds = await findDeliveriesOfPerson(tx, shop, sought);
  await keepPaymentMethods(tx, { shop, orderIds, now }, sought.quotes.naming);
  const payloads = await forgetPayloads(tx, person, texts);
  // A worker that made a record of them has ended: it held one of the entries that are locked now.
  await lockCustomerMerge(tx, { shop, to: "merge" });
  const orders = await forgetOrderRows(tx, person, patterns, now);
  const records = await forgetCustomerRows(tx, { shop, customerIds, now });
  const facts = await forgetFacts(tx, person, quotesOf(patterns).naming);
  const deliveries = await forgetDeliveries(tx, person, { person: sought, webhookIds, now });
  const words = await forgetTexts(tx, { shop }, patterns);
  const exports = await tx.query(
    `UPDATE "PrivacyRequest" SET export = NULL, "expiresAt" = NULL
     WHERE shop = $1 AND "customerId" = ANY($2) AND export IS NOT NULL`,
    [shop, customerIds],
  );
  await recordChanges(tx, {
    shop,
    changes: [
      ...orders.told.map(
        (entityId) => ({ entity: "order", entityId, change: "updated", parts: ["redacted"] }) as const,
      ),
      ...records.map(
        (entityId) => ({ entity: "customer", entityId, change: "archived", parts: ["redacted"] }) as const,
      ),
    ],
    now,
  });
  return sumOf(payloads, orders.counts, words, {
    Customer: records.length,
    ErpFact: facts,
    WebhookDelivery: deliveries,
    PrivacyRequest: exports.rowCount ?? 0,
  });
}

/** Counts by table, added up; tables that were not reached are left out. */
function sumOf(...all: readonly Counts[]): Counts {
  const sum: Counts = {};
  for (const counts of all)
    for (const [table, rows] of Object.entries(counts)) if (rows > 0) sum[table] = (sum[table] ?? 0) + rows;
  return sum;
}
