import type { Pool } from "pg";
import { setTombstones, waitForArrivals } from "#app/cache/tombstones.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { REMOVED } from "#app/shopify/codecs/keep-listed.ts";
import { forgetCustomerRows } from "./forget-erp-rows.server.ts";
import { forgetFacts } from "./forget-facts.server.ts";
import { forgetRemittances, WHOLE_TEXT } from "./forget-remittances.server.ts";
import { forgetShopOrders } from "./forget-shop-orders.server.ts";
import type { Counts } from "./person.ts";

/** What goes whole: raw copies, work, who may ask, what was chosen, what was written down about people. */
const DROPPED = [
  "ShopifyOrderCache",
  "ShopifyProductCache",
  "ShopifyCustomerCache",
  "ShopifyFulfillmentOrderCache",
  "ShopifyInventoryCache",
  "ShopifyCacheSlot",
  "ShopifyPayloadHistory",
  "ShopifyBulkBatch",
  "ShopifyBulkOperation",
  "ShopifyFetchRequest",
  "ShopifyMissedUpdate",
  "ShopifyLocation",
  "ShopifyRateLimit",
  "SyncJobLog",
  "SyncJob",
  "SchedulerState",
  "Outbox",
  "WriteBackPreview",
  "ChangeFeed",
  "FeedState",
  "ApiKey",
  "IdempotentAnswer",
  "Session",
  "Shop",
] as const;

/** Columns that say which of the merchant's people did something. */
const ACTORS = [
  ["ErpFact", "actor"],
  ["SkuMapping", "createdBy"],
  ["ProductProposal", "decidedBy"],
  ["Remittance", "createdBy"],
  ["Remittance", "settledBy"],
] as const;

/** What was reached, by table; `installedAgainAt`: nothing, because the shop has the app. */
export type ShopRedaction = { counts: Counts; installedAgainAt: Date | null };

/**
 * Forgets a shop that removed the app (Shopify asks 48 hours later): everything but the ERP's records, which keep goods and
 * money for the merchant's books, without any person. The tombstone comes first; a kill leaves it, and the same call again
 * finishes. Nothing happens where the shop has the app: it was installed again. Whether it has is for the caller to find out
 * and to write down before (`endShopForRedaction`), for an uninstall may never have been told.
 * @returns counts by table, or when the shop that has the app was last seen to get it: installed, or given a token
 */
export async function redactShop(
  pool: Pool,
  { shop, now }: { shop: string; now: Date },
): Promise<ShopRedaction> {
  const standing = await inRepeatedTransaction(pool, async (tx) => {
    const installedAgainAt = await findInstall(tx, shop);
    if (installedAgainAt) return installedAgainAt;
    await setTombstones(tx, { shop, kind: "shop", ids: [shop], now });
    // Gone once more, after it had come back.
    await tx.query(
      `UPDATE "RedactionTombstone" SET "createdAt" = $2 WHERE shop = $1 AND kind = 'shop' AND EXISTS (
         SELECT 1 FROM "Shop" s WHERE s.shop = $1 AND s."installedAt" > "RedactionTombstone"."createdAt")`,
      [shop, now],
    );
    return null;
  });
  if (standing) return { counts: {}, installedAgainAt: standing };
  await waitForArrivals(pool, { shop });
  return inRepeatedTransaction(pool, async (tx) => {
    const installedAgainAt = await findInstall(tx, shop);
    return { counts: installedAgainAt ? {} : await forget(tx, shop, now), installedAgainAt };
  });
}

/**
 * When a shop that has the app got it, or its last token, which lives an hour. Holds the shop's row: an installation that begins
 * now waits, and then begins anew.
 */
async function findInstall(tx: Db, shop: string): Promise<Date | null> {
  const { rows } = await tx.query<{ at: Date }>(
    `SELECT greatest("installedAt", (SELECT expires - interval '1 hour' FROM "Session" WHERE id = 'offline_' || $1 AND shop = $1)) AS at
     FROM "Shop" WHERE shop = $1 AND "uninstalledAt" IS NULL FOR UPDATE`,
    [shop],
  );
  return rows[0]?.at ?? null;
}

async function forget(tx: Db, shop: string, now: Date): Promise<Counts> {
  const counts: Counts = {};
  const add = (table: string, rows: number | null) => {
    if (rows) counts[table] = (counts[table] ?? 0) + rows;
  };
  for (const table of DROPPED)
    add(table, (await tx.query(`DELETE FROM "${table}" WHERE shop = $1`, [shop])).rowCount);
  add(
    "AuditLog",
    (await tx.query(`DELETE FROM "AuditLog" WHERE shop = $1 AND action <> 'privacy.shop_redact'`, [shop]))
      .rowCount,
  );
  add(
    "WebhookDelivery",
    (
      await tx.query(
        `UPDATE "WebhookDelivery" SET body = NULL, error = NULL, "errorCode" = NULL, "recordId" = NULL, "contentHash" = NULL,
           outcome = 'redacted' WHERE shop = $1 AND topic <> 'shop/redact' AND outcome <> 'redacted'`,
        [shop],
      )
    ).rowCount,
  );
  add(
    "PrivacyRequest",
    (await tx.query(`DELETE FROM "PrivacyRequest" WHERE shop = $1 AND kind <> 'shop_redact'`, [shop]))
      .rowCount,
  );
  add(
    "DailyProof",
    (
      await tx.query(
        `UPDATE "DailyProof" SET problem = $2 WHERE shop = $1 AND problem IS NOT NULL AND problem <> $2`,
        [shop, REMOVED],
      )
    ).rowCount,
  );
  add("Customer", (await forgetCustomerRows(tx, { shop, customerIds: "all", now })).length);
  add("Order", await forgetShopOrders(tx, { shop, now }));
  add("ErpFact", await forgetFacts(tx, { shop, orderIds: "all" }, null));
  add("Remittance", await forgetRemittances(tx, { shop }, WHOLE_TEXT));
  for (const [table, column] of ACTORS)
    await tx.query(
      `UPDATE "${table}" SET "${column}" = 'redacted' WHERE shop = $1 AND "${column}" IS NOT NULL AND "${column}" <> 'redacted'`,
      [shop],
    );
  return counts;
}
