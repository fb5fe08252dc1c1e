import { setErpStock } from "#app/erp/inventory/change-erp-stock.server.ts";
import { processPendingInventory } from "#app/erp/inventory/process-pending-inventory.server.ts";

import { runJobOf } from "./a-connected-shop.ts";
import type { ShopThatSends } from "./a-shop-that-sends.ts";

export type Level = { item: string; location: string; skuId: string; variant: string; available: number };

export const gidOfVariant = ({ variant }: Level) => `gid://shopify/ProductVariant/${variant}`;

const actor = "Asha";

/** A shop that sends, its stock known; the ERP leads. */
export async function aShopWithStock(at: ShopThatSends) {
  const { pool, shop, rows, simulator, store } = at;
  await runJobOf(at, "inventory");
  const choose = (stock: object) =>
    rows(`update "Shop" set settings = settings || $2::jsonb where shop = $1`, [
      JSON.stringify({ stock: { leads: "erp", onConflict: "ask", locations: [], ...stock } }),
    ]);
  await choose({});
  const levels = await rows<Level>(
    `select c."shopifyInventoryItemId" as item, c."shopifyLocationId" as location, s.id as "skuId", s."shopifyVariantId" as variant,
       c."availableQty" as available
     from "ShopifyInventoryCache" c join "Sku" s on s.shop = c.shop and s.id = c."skuId"
     where c.shop = $1 and s.tracked and not s."isBundle" and s."archivedAt" is null and c."availableQty" > 5 order by c.id`,
  );
  const gids = ({ item, location }: Level) => ({
    item: `gid://shopify/InventoryItem/${item}`,
    location: `gid://shopify/Location/${location}`,
  });
  return {
    ...{ choose, levels },
    /** What Shopify has. */
    shown: (level: Level): number => {
      const { item, location } = gids(level);
      const read = store.node(item)?.["inventoryLevel"];
      const node =
        typeof read === "function" ? (read as (args: object) => unknown)({ locationId: location }) : null;
      const quantities = (node as Record<string, unknown> | null)?.["quantities"];
      const all = (
        typeof quantities === "function"
          ? (quantities as (args: object) => unknown)({ names: ["available"] })
          : quantities
      ) as {
        name: string;
        quantity: number;
      }[];
      return all.find(({ name }) => name === "available")?.quantity ?? NaN;
    },
    say: (level: Level, sellableQty: number, locationId = level.location) =>
      setErpStock(pool, { shop, skuId: level.skuId, locationId, sellableQty, actor, now: new Date() }),
    count: (level: Level, available: number) => simulator.act({ act: "setStock", ...gids(level), available }),
    hearStock: async () => {
      await simulator.webhooks.idle();
      await processPendingInventory(pool, { shop, limit: Infinity, now: new Date() });
    },
    pushes: () => at.asked().filter((asked) => asked === "inventorySetQuantities").length,
    wishes: () =>
      rows<{
        id: string;
        status: string;
        error: string | null;
        conflict: unknown;
        answer: Record<string, unknown> | null;
      }>(
        `select id, status, error, conflict, answer from "Outbox" where shop = $1 and kind = 'inventorySet' order by seq desc`,
      ),
  };
}
