import type { Pool } from "pg";
import { inTransaction } from "#app/lib/db.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { lockCatalog } from "./lock-catalog.server.ts";
import { lockSkuMappings } from "./lock-sku-mappings.server.ts";
import { tellMappings } from "./tell-mappings.server.ts";
import { wakeOrdersWaitingForSkus } from "./wake-orders-waiting-for-skus.server.ts";
import { wakeOrdersOfVariants } from "./wake-processed-orders.server.ts";
import { wakeProductOfVariant } from "./wake-products.server.ts";

type Variant = {
  shop: string;
  /** Shopify's number as text. */
  shopifyVariantId: string;
  /** Who says so. */
  actor: string;
  now: Date;
};

/**
 * A person's word that a Shopify variant is this SKU; several variants may share one. Orders that wait for a SKU
 * and processed ones that name the variant become pending: their lines are computed again. The same word again
 * changes nothing.
 * @returns how many orders will be processed again
 * @throws AppError NOT_FOUND when the shop has no such SKU, VALIDATION when the variant's id is none, or when somebody
 * has said otherwise since the person looked
 */
export async function mapVariantToSku(
  pool: Pool,
  options: Variant & {
    skuId: string;
    /** The SKU it was mapped to when the person looked, null for none; left out: whatever it is. */
    seen?: string | null;
  },
): Promise<number> {
  const { shop, shopifyVariantId, skuId, seen, actor, now } = options;
  if (!/^\d{1,20}$/.test(shopifyVariantId))
    throw new AppError("VALIDATION", `"${shopifyVariantId}" is not the id of a Shopify variant`);
  return inTransaction(pool, async (tx) => {
    await lockSkuMappings(tx, { shop, to: "write" });
    const { rows: skus } = await tx.query(`select 1 from "Sku" where shop = $1 and id = $2`, [shop, skuId]);
    if (skus.length === 0) throw new AppError("NOT_FOUND", `The catalogue has no SKU with the id ${skuId}`);
    const before = await findMapping(tx, options);
    if (before === skuId) return 0;
    if (seen !== undefined && seen !== before) throw saidOtherwise(shopifyVariantId);
    await tx.query(
      `insert into "SkuMapping" (shop, "shopifyVariantId", "skuId", "createdBy", "createdAt") values ($1, $2, $3, $4, $5)
       on conflict (shop, "shopifyVariantId") do update
         set "skuId" = excluded."skuId", "createdBy" = excluded."createdBy", "createdAt" = excluded."createdAt"`,
      [shop, shopifyVariantId, skuId, actor, now],
    );
    await tellMappings(tx, { shop, skuIds: [before, skuId], now });
    await recordAudit(tx, {
      shop,
      actor,
      action: "sku.map",
      target: shopifyVariantId,
      details: { from: before, to: skuId },
      now,
    });
    return wakeOrders(tx, options);
  });
}

/**
 * Takes the word back: the variant's product is placed again, so that the variant gets its own SKU, and its orders
 * are computed again.
 * @returns how many orders will be processed again
 * @param options.seen the SKU it was mapped to when the person looked
 * @throws AppError NOT_FOUND when the variant is not mapped, VALIDATION when somebody has said otherwise since the person looked
 */
export async function unmapVariant(pool: Pool, options: Variant & { seen: string }): Promise<number> {
  const { shop, shopifyVariantId, seen, actor, now } = options;
  return inTransaction(pool, async (tx) => {
    await lockSkuMappings(tx, { shop, to: "write" });
    await lockCatalog(tx, { shop });
    const before = await findMapping(tx, options);
    if (before === null)
      throw new AppError("NOT_FOUND", `Variant ${shopifyVariantId} is not mapped to a SKU`);
    if (before !== seen) throw saidOtherwise(shopifyVariantId);
    await tx.query(`delete from "SkuMapping" where shop = $1 and "shopifyVariantId" = $2`, [
      shop,
      shopifyVariantId,
    ]);
    await tellMappings(tx, { shop, skuIds: [before], now });
    await recordAudit(tx, {
      shop,
      actor,
      action: "sku.unmap",
      target: shopifyVariantId,
      details: { from: before, to: null },
      now,
    });
    await wakeProductOfVariant(tx, options);
    return wakeOrders(tx, options);
  });
}

function saidOtherwise(shopifyVariantId: string): AppError {
  return new AppError(
    "VALIDATION",
    `Somebody said otherwise about variant ${shopifyVariantId} meanwhile: nothing was changed. Look at its mapping.`,
  );
}

async function findMapping(
  tx: Db,
  { shop, shopifyVariantId }: { shop: string; shopifyVariantId: string },
): Promise<string | null> {
  const { rows } = await tx.query<{ skuId: string }>(
    `select "skuId" from "SkuMapping" where shop = $1 and "shopifyVariantId" = $2`,
    [shop, shopifyVariantId],
  );
  return rows[0]?.skuId ?? null;
}

async function wakeOrders(
  tx: Db,
  { shop, shopifyVariantId }: { shop: string; shopifyVariantId: string },
): Promise<number> {
  const waiting = await wakeOrdersWaitingForSkus(tx, { shop });
  return waiting + (await wakeOrdersOfVariants(tx, { shop, shopifyVariantIds: [shopifyVariantId] }));
}
