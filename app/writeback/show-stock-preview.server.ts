import type { Db } from "#app/lib/db.server.ts";
import { recordPreview } from "#app/outbox/record-preview.server.ts";
import { missingScope } from "#app/outbox/sent-kinds.ts";
import { countStockToSend } from "./count-stock-to-send.server.ts";
import type { ShownStockPreview } from "./stock-to-send.ts";

const kind = "inventorySet";

/**
 * What would change in Shopify if stock were sent from now on, and the note that `actor`, a person, is shown it.
 * @throws AppError SHOPIFY_STOCK_LEADS, STOCK_NOT_SYNCED
 */
export async function showStockPreview(
  db: Db,
  { shop, actor, now }: { shop: string; actor: string; now: Date },
): Promise<ShownStockPreview> {
  const figures = await countStockToSend(db, { shop });
  const { rows } = await db.query<{ scopes: string[] }>(`select scopes from "Shop" where shop = $1`, [shop]);
  const id = await recordPreview(db, { shop, kind, actor, figures, now });
  return { ...figures, id, kind, missingScope: missingScope(kind, rows[0]?.scopes ?? []) };
}
