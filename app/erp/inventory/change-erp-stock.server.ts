import type { Pool, PoolClient } from "pg";
import { answerOnce, type OnceRequest } from "#app/lib/answer-once.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { enqueueIntents } from "#app/outbox/enqueue-intents.server.ts";
import type { OutboxIntent } from "#app/outbox/outbox-intent.ts";
import { recordChanges } from "#app/outbox/record-changes.server.ts";
import { wakeStock } from "#app/outbox/wake-stock.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";
import { comparedLevels, comparedValues, isDiffering } from "./compared-levels.ts";
import { fedLocations } from "./fed-locations.ts";
import { skipWords, type StockSkip } from "./stock-compare-row.ts";

/** One SKU at one of the ERP's locations. */
export type StockPlace = { shop: string; skuId: string; locationId: string };
type Who = { actor: string; now: Date };
/** `once`: of a caller who may have to ask twice, as for `performOrderAction`. */
type Asked = StockPlace & Who & { once?: OnceRequest | undefined };

export type ChangedStock = {
  sellableQty: number;
  safetyStockQty: number;
  words: string;
  intentIds: string[];
};

/**
 * Sets what is sellable (units, at least 0). The same number again is the ERP's word as of now: Shopify is told where it shows another.
 * @throws AppError NOT_FOUND, ACTION_NOT_ALLOWED
 */
export function setErpStock(
  pool: Pool,
  { sellableQty, ...of }: Asked & { sellableQty: number },
): Promise<ChangedStock> {
  return changeStock(pool, { ...of, action: "set" }, (stock) => ({ ...stock, sellableQty }));
}

/**
 * Adds to what is sellable, or takes off. @throws AppError NOT_FOUND; ACTION_NOT_ALLOWED where less than none would be left, and where Shopify
 * would be told of a place whose number was never said: a few more than nobody knows what is no number
 */
export function adjustErpStock(pool: Pool, { by, ...of }: Asked & { by: number }): Promise<ChangedStock> {
  return changeStock(pool, { ...of, action: "adjust" }, (stock) => ({
    ...stock,
    sellableQty: stock.sellableQty + by,
  }));
}

/**
 * Sets what is kept back from Shopify (units, at least 0). @throws AppError NOT_FOUND; ACTION_NOT_ALLOWED also where the ERP has never said
 * how many there are: that would then count as none, and Shopify would be told so
 */
export function setSafetyStock(
  pool: Pool,
  { safetyStockQty, ...of }: Asked & { safetyStockQty: number },
): Promise<ChangedStock> {
  return changeStock(pool, { ...of, action: "safety" }, (stock) => ({ ...stock, safetyStockQty }));
}

/** Goods that came back and are on the shelf again, in the caller's transaction. @throws AppError as the others */
export function restockErpStock(
  tx: PoolClient,
  { by, ...of }: StockPlace & Who & { by: number },
): Promise<ChangedStock> {
  return changeStockIn(tx, { ...of, action: "restock" }, (stock) => ({
    ...stock,
    sellableQty: stock.sellableQty + by,
  }));
}

type Stock = { sellableQty: number; safetyStockQty: number };
type Sku = { id: string; name: string; item: string | null; skipped: StockSkip | null };

/** PostgreSQL's integer. */
const MOST = 2_147_483_647;

/** The row, the wish that Shopify hears of it, feed and audit log in one transaction; whoever changes the same place at the same time waits. */
function changeStock(
  pool: Pool,
  { once, ...of }: Change & { once?: OnceRequest | undefined },
  change: (stock: Stock) => Stock,
): Promise<ChangedStock> {
  return inRepeatedTransaction(pool, (tx) =>
    answerOnce(tx, { ...of, once }, () => changeStockIn(tx, of, change)),
  );
}

type Change = StockPlace & Who & { action: "set" | "adjust" | "safety" | "restock" };

async function changeStockIn(
  tx: PoolClient,
  of: Change,
  change: (stock: Stock) => Stock,
): Promise<ChangedStock> {
  const { shop, skuId, locationId, actor, now } = of;
  const { stock } = await loadSettings(tx, { shop, keep: true });
  const sku = await findSku(tx, of);
  const { isFirst, ...before } = await holdStock(tx, of);
  const whyUntold = untold(sku, { stock, locationId });
  if (isFirst && (of.action === "safety" || (of.action === "adjust" && whyUntold === "")))
    throw new AppError(
      "ACTION_NOT_ALLOWED",
      `${sku.name}: the ERP has never said how many can be sold there`,
      {
        next: `Set what can be sold first, then ${of.action === "safety" ? "what is kept back" : "what comes and goes"}.`,
      },
    );
  const after = change(before);
  expectPossible(sku, before, after);
  const words = `${sku.name}: ${String(after.sellableQty)} sellable, ${String(after.safetyStockQty)} kept back${whyUntold}`;
  // When the number was said, also where it is the same again; what is kept back, and goods put back, say nothing of the orders since.
  const isSaid = of.action === "set" || of.action === "adjust" || isFirst;
  await tx.query(
    `update "ErpStock" set "sellableQty" = $4, "safetyStockQty" = $5, "updatedAt" = case when $7 then $6 else "updatedAt" end
      where shop = $1 and "skuId" = $2 and "locationId" = $3`,
    [shop, skuId, locationId, after.sellableQty, after.safetyStockQty, now, isSaid],
  );
  if (after.sellableQty === before.sellableQty && after.safetyStockQty === before.safetyStockQty) {
    const intents = isSaid ? await intentsFor(tx, { shop, sku, stock, locationId, onlyDiffering: true }) : [];
    return { ...after, words, intentIds: await enqueueIntents(tx, { shop, intents, actor, now }) };
  }
  await recordChanges(tx, {
    ...{ shop, now },
    changes: [{ entity: "stock", entityId: `${skuId}@${locationId}`, change: "updated", parts: ["erp"] }],
  });
  const intents = await intentsFor(tx, { shop, sku, stock, locationId });
  const intentIds = await enqueueIntents(tx, { shop, intents, actor, now });
  await recordAudit(tx, {
    ...{ shop, actor, now, action: `stock.${of.action}`, target: skuId },
    details: { locationId, before, after },
  });
  return { ...after, words, intentIds };
}

async function findSku(tx: PoolClient, { shop, skuId }: StockPlace): Promise<Sku> {
  const { rows } = await tx.query<Sku>(
    `select id, coalesce("skuCode", title) as name, "shopifyInventoryItemId" as item,
        case when "archivedAt" is not null then 'archived' when "isBundle" then 'bundle' when not tracked then 'untracked' end as skipped
       from "Sku" where shop = $1 and id = $2`,
    [shop, skuId],
  );
  if (!rows[0]) throw new AppError("NOT_FOUND", `There is no SKU ${skuId} in ${shop}`);
  return rows[0];
}

/** The place's row, made where it is the first that is said of it, and held. */
async function holdStock(
  tx: PoolClient,
  { shop, skuId, locationId, now }: StockPlace & Who,
): Promise<Stock & { isFirst: boolean }> {
  const { rowCount: made } = await tx.query(
    `insert into "ErpStock" (shop, "skuId", "locationId", "updatedAt") values ($1, $2, $3, $4) on conflict do nothing`,
    [shop, skuId, locationId, now],
  );
  const { rows } = await tx.query<Stock>(
    `select "sellableQty", "safetyStockQty" from "ErpStock" where shop = $1 and "skuId" = $2 and "locationId" = $3 for update`,
    [shop, skuId, locationId],
  );
  return { ...(rows[0] ?? { sellableQty: 0, safetyStockQty: 0 }), isFirst: made === 1 };
}

function expectPossible({ name }: Sku, before: Stock, after: Stock): void {
  const refuse = (message: string, next: string) => new AppError("ACTION_NOT_ALLOWED", message, { next });
  const quantities = [after.sellableQty, after.safetyStockQty];
  if (quantities.some((qty) => !Number.isInteger(qty) || qty > MOST))
    throw refuse(`${name}: that is no number of units`, "Say a whole number of units.");
  if (quantities.some((qty) => qty < 0))
    throw refuse(
      `${name}: less than none cannot be here (${String(before.sellableQty)} are sellable now)`,
      `Take off ${String(before.sellableQty)} or less, or set what was counted.`,
    );
}

/** Why Shopify is not told, for a person; empty where it is. */
function untold(
  { item, skipped }: Sku,
  { stock, locationId }: { stock: ShopSettings["stock"]; locationId: string },
): string {
  if (stock.leads === "shopify") return ". Shopify is not told: by your settings it leads the stock.";
  if (item === null) return ". Shopify is not told: it does not have this SKU.";
  if (skipped !== null) return `. Shopify is not told: ${skipWords[skipped]}`;
  return fedLocations(stock.locations, locationId).length > 0
    ? ""
    : `. Shopify is not told: ${locationId} feeds none of its locations. Map it in the stock settings.`;
}

/**
 * One wish for each level of Shopify's that this place feeds, where the ERP leads. How many units is found out when it is sent, so that
 * a wish that still waits says it all: it is due at once then, and the sender woken.
 * @param of.onlyDiffering the number is no other than before: only levels that show another one, and of which nothing is wished yet
 */
async function intentsFor(
  tx: PoolClient,
  {
    shop,
    sku: { item, skipped },
    stock,
    locationId: fedBy,
    onlyDiffering = false,
  }: {
    shop: string;
    sku: Sku;
    stock: ShopSettings["stock"];
    locationId: string;
    onlyDiffering?: boolean;
  },
): Promise<OutboxIntent[]> {
  if (item === null || skipped !== null || stock.leads !== "erp") return [];
  const ids = fedLocations(stock.locations, fedBy).map((locationId) => ({
    locationId,
    entityId: `${item}@${locationId}`,
  }));
  const levels = { shop, stock, ids: ids.map(({ entityId }) => entityId) };
  const isWished = onlyDiffering
    ? await differingOf(tx, levels).then((differing) => (id: string) => differing.has(id))
    : await wakeStock(tx, levels).then((waiting) => (id: string) => !waiting.has(id));
  return ids
    .filter(({ entityId }) => isWished(entityId))
    .map(({ locationId, entityId }) => ({
      ...{ kind: "inventorySet", entity: "stock", entityId },
      payload: { inventoryItemId: item, locationId },
    }));
}

/** Those of these levels that show another number in Shopify than they are to, orders that are not taken in aside, with no wish that is open. */
async function differingOf(
  tx: PoolClient,
  { shop, stock: { locations }, ids }: { shop: string; stock: ShopSettings["stock"]; ids: readonly string[] },
): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ id: string }>(
    `select c.id from (${comparedLevels({ ids: "$7" })}) c where ${isDiffering} and not exists (select from "Outbox" o where o.shop = $1
        and o.entity = 'stock' and o."entityId" = c.id and o.kind = 'inventorySet' and o.status in ('waiting', 'conflict'))`,
    [...comparedValues({ shop, locations, demand: [] }), ids],
  );
  return new Set(rows.map(({ id }) => id));
}
