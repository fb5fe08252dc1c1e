import type { Pool } from "pg";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { saveSettings } from "#app/settings/save-settings.server.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";
import type { AtOnceCommand } from "./parse-at-once-command.ts";

const leadWords: Readonly<Record<ShopSettings["stock"]["leads"], string>> = {
  erp: "The ERP leads: its stock is sent to Shopify once the kind inventorySet is on",
  shopify: "Shopify leads: no stock is sent",
};
const conflictWords: Readonly<Record<ShopSettings["stock"]["onConflict"], string>> = {
  ask: "nothing is sent, and a person is asked",
  erp: "the ERP's number is sent all the same",
  shopify: "Shopify's number stays",
};

/**
 * What the page Stock rules does, for whoever sits at a command line: in single-shop mode there is no page.
 * @returns what is to be said: the rules as they are then
 * @throws AppError VALIDATION naming what is not valid, NOT_FOUND
 */
export async function performStockRules(
  pool: Pool,
  {
    shop,
    patch,
    json,
    actor,
    now,
  }: AtOnceCommand & { does: "stock-rules" } & { shop: string; actor: string; now: Date },
): Promise<string[]> {
  const { stock } =
    Object.keys(patch).length === 0
      ? await loadSettings(pool, { shop })
      : await saveSettings(pool, { shop, patch: { stock: patch }, actor, now });
  if (json) return [JSON.stringify({ stock })];
  return [
    leadWords[stock.leads],
    `Where somebody has changed it in Shopify meanwhile: ${conflictWords[stock.onConflict]}`,
    ...stock.locations.map(({ erp, shopify }) => `${erp} feeds Shopify's location ${shopify}`),
    stock.locations.length === 0
      ? "Each location of the ERP's feeds Shopify's of the same id"
      : "Every other location of the ERP's feeds Shopify's of the same id",
  ];
}
