import type { Pool } from "pg";
import { AppError } from "#app/lib/errors.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { notifyOutbox } from "#app/outbox/notify-outbox.server.ts";
import { STOCK_DUE, STOCK_IN_NO_HANDS } from "#app/outbox/wake-stock.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { comparedLevels, comparedValues, isDiffering } from "./compared-levels.ts";
import { unprocessedDemand } from "./unprocessed-demand.server.ts";

/**
 * Wishes every level that differs and is not skipped to be set in Shopify: the first push after switching on, and whenever a person
 * asks for it. How many units is found out when each is sent. A level whose wish waits already, or is a question to a person, is not
 * wished twice; one that was to wait longer is due at once. Whoever asks has seen Shopify's numbers as the cache has them: only where one has moved again does the shop's rule decide.
 * @returns how many were wished, or are due sooner than they were
 * @throws AppError ACTION_NOT_ALLOWED where Shopify leads
 */
export async function enqueueStockDifferences(
  pool: Pool,
  { shop, actor, now }: { shop: string; actor: string; now: Date },
): Promise<number> {
  return inRepeatedTransaction(pool, async (tx) => {
    const { stock } = await loadSettings(tx, { shop, keep: true });
    if (stock.leads !== "erp")
      throw new AppError("ACTION_NOT_ALLOWED", "Shopify leads the stock: nothing is pushed", {
        next: "Let the ERP lead in the stock settings, then look at what would change and push it.",
      });
    const { demand } = await unprocessedDemand(tx, { shop });
    const values = comparedValues({ shop, locations: stock.locations, demand });
    const { rowCount: woken } = await tx.query(
      `with held as (select o.id, c.shopify from (${comparedLevels()}) c join "Outbox" o on o."entityId" = c.id
           where ${isDiffering} and ${STOCK_IN_NO_HANDS} and o."nextRetryAt" > $7 order by o.seq for update of o)
       update "Outbox" o set ${STOCK_DUE},
           answer = coalesce(o.answer, '{}') || jsonb_strip_nulls(jsonb_build_object('asked', held.shopify, 'askedAt', $8::text))
         from held where o.shop = $1 and o.id = held.id`,
      [...values, now, now.toISOString()],
    );
    const { rowCount } = await tx.query(
      `insert into "Outbox" (shop, id, kind, entity, "entityId", payload, answer, "idempotencyKey", actor, "createdAt")
       select $1, gen_random_uuid()::text, 'inventorySet', 'stock', c.id,
           json_build_object('inventoryItemId', c."shopifyInventoryItemId", 'locationId', c."shopifyLocationId"),
           json_strip_nulls(json_build_object('asked', c.shopify, 'askedAt', $9::text)), gen_random_uuid()::text, $7, $8
         from (${comparedLevels()}) c
        where ${isDiffering} and not exists (select from "Outbox" o where o.shop = $1 and o.entity = 'stock' and o."entityId" = c.id
          and o.kind = 'inventorySet' and o.status in ('waiting', 'conflict'))`,
      [...values, actor, now, now.toISOString()],
    );
    const wished = (rowCount ?? 0) + (woken ?? 0);
    await recordAudit(tx, {
      ...{ shop, actor, now, action: "stock.push", target: shop },
      details: { levels: wished },
    });
    if (wished > 0) await notifyOutbox(tx);
    return wished;
  });
}
