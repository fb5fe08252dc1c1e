import type { Pool } from "pg";
import { inTransaction } from "#app/lib/db.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { acceptProposal } from "./accept-proposal.ts";
import type { HandedOver } from "./accept-proposal.ts";
import { CatalogState } from "./catalog-state.ts";
import { collectCatalogChanges } from "./collect-catalog-changes.ts";
import { findProducts, findSkus, findVariations } from "./find-catalog-rows.server.ts";
import { lockCatalog } from "./lock-catalog.server.ts";
import { lockSkuMappings } from "./lock-sku-mappings.server.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { saveCatalog } from "./save-catalog.server.ts";
import { tellMappings } from "./tell-mappings.server.ts";
import { wakeOrdersWaitingForSkus } from "./wake-orders-waiting-for-skus.server.ts";
import { wakeOrdersOfVariants } from "./wake-processed-orders.server.ts";
import { wakeProducts } from "./wake-products.server.ts";

type Decision = {
  shop: string;
  shopifyProductId: string;
  /** The ERP product that it looks like. */
  productId: string;
  decision: "accept" | "reject";
  actor: string;
  now: Date;
};

const STATUS = { accept: "accepted", reject: "rejected" } as const;

/**
 * A person's word on a look-alike. "accept": the Shopify product is this ERP product; it is linked, what it had made
 * of its own follows, and it is placed again. "reject": it stays apart, as an ERP product of its own, and is never
 * proposed for this one again. The same word again changes nothing.
 * @throws AppError NOT_FOUND when nobody proposed it, VALIDATION when the opposite was decided
 */
export async function decideProductProposal(pool: Pool, options: Decision): Promise<void> {
  const { shop, shopifyProductId, productId, decision, actor, now } = options;
  await inTransaction(pool, async (tx) => {
    await lockSkuMappings(tx, { shop, to: "write" });
    await lockCatalog(tx, { shop });
    const status = await findStatus(tx, options);
    if (status === STATUS[decision]) return;
    if (status !== "open")
      throw new AppError(
        "VALIDATION",
        `This proposal was already ${status}; what was decided stays. Map single variants to SKUs instead.`,
      );
    if (decision === "accept") await accept(tx, options);
    else await reject(tx, options);
    await recordAudit(tx, {
      shop,
      actor,
      action: `product-proposal.${decision}`,
      target: shopifyProductId,
      details: { productId },
      now,
    });
  });
}

async function findStatus(tx: Db, { shop, shopifyProductId, productId }: Decision): Promise<string> {
  const { rows } = await tx.query<{ status: string }>(
    `select status from "ProductProposal" where shop = $1 and "shopifyProductId" = $2 and "productId" = $3`,
    [shop, shopifyProductId, productId],
  );
  const status = rows[0]?.status;
  if (status === undefined)
    throw new AppError(
      "NOT_FOUND",
      `Shopify product ${shopifyProductId} was not proposed for the product ${productId}`,
    );
  return status;
}

async function accept(tx: Db, { shop, shopifyProductId, productId, actor, now }: Decision): Promise<void> {
  const state = await loadState(tx, { shop, shopifyProductId, productId });
  if (state.product(productId) === undefined)
    throw new AppError("NOT_FOUND", `The catalogue has no product with the id ${productId}`);
  const former = state.productOfShopifyId(shopifyProductId)?.id ?? productId;
  const handedOver = acceptProposal(state, { shopifyProductId, productId, now: now.toISOString() });
  const plan = collectCatalogChanges(state);
  await saveCatalog(tx, { shop, plan: { ...plan, proposals: [] }, now });
  // The other look-alikes of this product are answered by it: a product is one.
  await tx.query(
    `update "ProductProposal"
        set status = case when "productId" = $3 then 'accepted' else 'rejected' end, "decidedAt" = $4, "decidedBy" = $5
      where shop = $1 and "shopifyProductId" = $2 and status = 'open'`,
    [shop, shopifyProductId, productId, now, actor],
  );
  // What looked like the product that is archived now looks like this one.
  await tx.query(
    `update "ProductProposal" proposal set "productId" = $3
      where shop = $1 and "productId" = $2 and status = 'open' and $2 <> $3
        and not exists (select 1 from "ProductProposal" other
              where other.shop = $1 and other."productId" = $3 and other."shopifyProductId" = proposal."shopifyProductId")`,
    [shop, former, productId],
  );
  await wakeProducts(tx, { shop, shopifyProductIds: [shopifyProductId] });
  const mapped = await followMappings(tx, shop, handedOver);
  const skuIds = mapped.length > 0 ? handedOver.flatMap(({ from, to }) => [from, to]) : [];
  await tellMappings(tx, { shop, skuIds, now });
  const variants = [...mapped, ...handedOver.map((handed) => handed.shopifyVariantId)];
  await wakeOrdersOfVariants(tx, { shop, shopifyVariantIds: variants });
  if (plan.skusAppeared) await wakeOrdersWaitingForSkus(tx, { shop });
}

/** Variants that a person mapped to a SKU that gave its variant away mean the SKU that has it now. */
async function followMappings(tx: Db, shop: string, handedOver: readonly HandedOver[]): Promise<string[]> {
  if (handedOver.length === 0) return [];
  const { rows } = await tx.query<{ shopifyVariantId: string }>(
    `update "SkuMapping" mapping set "skuId" = handed.after
       from unnest($2::text[], $3::text[]) as handed(before, after)
      where mapping.shop = $1 and mapping."skuId" = handed.before
      returning mapping."shopifyVariantId"`,
    [shop, handedOver.map(({ from }) => from), handedOver.map(({ to }) => to)],
  );
  return rows.map((row) => row.shopifyVariantId);
}

async function reject(tx: Db, { shop, shopifyProductId, productId, actor, now }: Decision): Promise<void> {
  await tx.query(
    `update "ProductProposal" set status = 'rejected', "decidedAt" = $4, "decidedBy" = $5
      where shop = $1 and "shopifyProductId" = $2 and "productId" = $3`,
    [shop, shopifyProductId, productId, now, actor],
  );
  const linked = await findProducts(tx, shop, `"shopifyProductIds" @> array[$2]`, [shopifyProductId]);
  if (linked.length === 0) await wakeProducts(tx, { shop, shopifyProductIds: [shopifyProductId] });
}

/** Both products, whole. */
async function loadState(
  tx: Db,
  { shop, shopifyProductId, productId }: { shop: string; shopifyProductId: string; productId: string },
): Promise<CatalogState> {
  const products = await findProducts(tx, shop, `id = $2 or "shopifyProductIds" @> array[$3]`, [
    productId,
    shopifyProductId,
  ]);
  const ids = products.map((product) => product.id);
  return new CatalogState({
    products,
    variations: await findVariations(tx, shop, ids),
    skus: await findSkus(tx, shop, `"productId" = any($2)`, [ids]),
    mappings: new Map(),
    sharedSkuCodes: new Set(),
    sharedTitles: new Set(),
    rejections: new Set(),
  });
}
