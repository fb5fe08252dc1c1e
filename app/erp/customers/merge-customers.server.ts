import type { Db } from "#app/lib/db.server.ts";
import { uuidV7 } from "#app/lib/uuid-v7.ts";
import { wakeEntries } from "#app/cache/wake-entries.server.ts";
import { recordChanges } from "#app/outbox/record-changes.server.ts";
import type { RecordedChange } from "#app/outbox/record-changes.server.ts";
import { isOnlyRemembered } from "./customer-rows.ts";
import type { StoredCustomer } from "./customer-rows.ts";
import { insertCustomers } from "./insert-customers.server.ts";
import { findCustomers } from "./load-customer-context.server.ts";
import { lockCustomerMerge } from "./lock-customer-merge.server.ts";
import { emptyCustomer } from "./merge-customer-news.ts";
import { wakeCachedCustomers } from "./wake-cached-customers.server.ts";

type Merge = { shop: string; keptShopifyId: string; goneShopifyId: string; now: Date };

/**
 * customers/merge: the one road on which two Shopify ids become one customer. The gone one's record stays, archived,
 * and leads to the kept one's, which gets its orders. A record that does not exist yet is made to remember the merge;
 * it is no customer before an order says so. The kept one's name and contact stay its own: what Shopify made of
 * them comes with its own next payload. The same merge again changes nothing, and it does not matter whether it comes
 * before or after the orders.
 */
export async function mergeCustomers(tx: Db, merge: Merge): Promise<void> {
  const { shop, keptShopifyId, goneShopifyId, now } = merge;
  await lockCustomerMerge(tx, { shop, to: "merge" });
  const found = await findBoth(tx, merge);
  const gone = found.get(goneShopifyId);
  // Whom the kept one was itself merged into since: a merge may come late.
  const kept = await follow(tx, shop, found.get(keptShopifyId));
  if (
    gone?.mergedIntoId != null ||
    keptShopifyId === goneShopifyId ||
    (kept !== undefined && kept.id === gone?.id)
  )
    return;
  if (await wasForgotten(tx, merge, { kept, gone })) return;

  const goneBought = gone !== undefined && !isOnlyRemembered(gone);
  const keptId = kept?.id ?? (await remember(tx, merge, keptShopifyId));
  const goneId = gone?.id ?? (await remember(tx, merge, goneShopifyId));
  const keptAppears = goneBought && (kept === undefined || isOnlyRemembered(kept)) && kept?.redacted !== true;
  if (keptAppears) {
    await tx.query(
      `update "Customer" set "archivedAt" = null, "updatedAt" = $3 where shop = $1 and id = $2`,
      [shop, keptId, now],
    );
    await wakeCachedCustomers(tx, { shop, shopifyCustomerIds: [kept?.shopifyCustomerId ?? keptShopifyId] });
  }
  // Those that had become part of the gone one come along: one step always leads to the record that stands.
  const { rows: moved } = await tx.query<{ id: string }>(
    `update "Customer" set "mergedIntoId" = $3, "archivedAt" = coalesce("archivedAt", $4), "updatedAt" = $4
      where shop = $1 and (id = $2 or "mergedIntoId" = $2) returning id`,
    [shop, goneId, keptId, now],
  );
  const orderIds = await moveOrders(tx, { shop, from: goneId, to: keptId, now });

  const changes: RecordedChange[] = orderIds.map((id) => ({
    entity: "order",
    entityId: id,
    change: "updated",
    parts: ["order"],
  }));
  for (const { id } of moved)
    if (id !== goneId)
      changes.push({ entity: "customer", entityId: id, change: "updated", parts: ["merged"] });
  if (goneBought)
    changes.push({
      entity: "customer",
      entityId: goneId,
      change: gone.archivedAt === null ? "archived" : "updated",
      parts: ["merged"],
    });
  if (keptAppears)
    changes.push({ entity: "customer", entityId: keptId, change: "created", parts: ["customer"] });
  else if (goneBought)
    changes.push({ entity: "customer", entityId: keptId, change: "updated", parts: ["merged"] });
  await recordChanges(tx, { shop, changes, now });
}

async function findBoth(
  tx: Db,
  { shop, keptShopifyId, goneShopifyId }: Merge,
): Promise<Map<string, StoredCustomer>> {
  const rows = await findCustomers(tx, shop, `"shopifyCustomerId" = any($2) order by id for update`, [
    [keptShopifyId, goneShopifyId],
  ]);
  return new Map(rows.map((row) => [row.shopifyCustomerId ?? "", row]));
}

async function follow(
  tx: Db,
  shop: string,
  row: StoredCustomer | undefined,
): Promise<StoredCustomer | undefined> {
  if (row === undefined || row.mergedIntoId === null) return row;
  const [end] = await findCustomers(tx, shop, `id = $2 for update`, [row.mergedIntoId]);
  return end ?? row;
}

/** A redacted person without a record does not get one, not even an empty one. */
async function wasForgotten(
  tx: Db,
  { shop, keptShopifyId, goneShopifyId }: Merge,
  { kept, gone }: { kept: StoredCustomer | undefined; gone: StoredCustomer | undefined },
): Promise<boolean> {
  const unknown = [kept ? [] : keptShopifyId, gone ? [] : goneShopifyId].flat();
  const { rows } = await tx.query(
    `select 1 from "RedactionTombstone" where shop = $1 and kind = 'customer' and id = any($2) limit 1`,
    [shop, unknown],
  );
  return rows.length > 0;
}

/** A row for a Shopify id that nobody with an order has told: archived, so that it counts as nobody. @returns its id */
async function remember(tx: Db, { shop, now }: Merge, shopifyCustomerId: string): Promise<string> {
  const id = uuidV7(now.getTime());
  const row = { ...emptyCustomer(id), shopifyCustomerId, archivedAt: now.toISOString() };
  await insertCustomers(tx, { shop, rows: [row], now });
  return id;
}

/**
 * The orders point to the kept record at once, and are processed again: what they are compared with to be "unchanged"
 * holds the customer too. Entries that a worker holds now wait for the merge's lock and will see it.
 * @returns those that the feed tells of: test orders are told to nobody
 */
async function moveOrders(
  tx: Db,
  { shop, from, to, now }: { shop: string; from: string; to: string; now: Date },
): Promise<string[]> {
  const { rows } = await tx.query<{ id: string; test: boolean }>(
    `update "Order" set "customerId" = $3, "updatedAt" = $4 where shop = $1 and "customerId" = $2
      returning "shopifyOrderId" as id, test`,
    [shop, from, to, now],
  );
  await wakeEntries(tx, { shop, kind: "order", ids: rows.map(({ id }) => id).sort() });
  return rows
    .filter(({ test }) => !test)
    .map(({ id }) => id)
    .sort();
}
