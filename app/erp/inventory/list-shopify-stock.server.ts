import { askedConditions, type Condition } from "#app/lib/asked-conditions.ts";
import type { Db } from "#app/lib/db.server.ts";
import { selectList } from "#app/lib/select-list.ts";

/** What Shopify says of one inventory item at one location; a quantity is null where no payload tells it. */
export type ShopifyStockLevel = {
  /** "{inventory item}@{location}". */
  id: string;
  sku: { id: string; skuCode: string | null; title: string } | null;
  location: { id: string; name: string | null };
  shopifyInventoryItemId: string;
  available: number | null;
  onHand: number | null;
  committed: number | null;
  incoming: number | null;
  reserved: number | null;
  lastSynced: string;
  shopifyUpdatedAt: string | null;
};

/** A shop's stock levels by their id. Those that Shopify says are gone, and those not read yet, are not among them. */
export async function listShopifyStock(
  db: Db,
  options: {
    shop: string;
    limit: number;
    skuId?: string | undefined;
    inventoryItemId?: string | undefined;
    locationId?: string | undefined;
    /** Only levels whose item no SKU has. */
    unmatched: boolean;
    after?: { id: string } | undefined;
  },
): Promise<ShopifyStockLevel[]> {
  const { shop, limit, skuId, inventoryItemId, locationId, unmatched, after } = options;
  const without: Condition[] = unmatched ? [[`o."skuId" is null`]] : [];
  const { and, values } = askedConditions(
    [shop, limit],
    [
      [`o."skuId" = ?`, skuId],
      [`o."shopifyInventoryItemId" = ?`, inventoryItemId],
      [`o."shopifyLocationId" = ?`, locationId],
      ["o.id > ?", after?.id],
      ...without,
    ],
  );
  const { rows } = await db.query<ShopifyStockLevel>(
    `select ${columns},
       case when s.id is not null then json_build_object('id', s.id, 'skuCode', s."skuCode", 'title', s.title) end as sku,
       json_build_object('id', o."shopifyLocationId", 'name', l.name) as location
     from "ShopifyInventoryCache" o
       left join "Sku" s on s.shop = $1 and s.id = o."skuId"
       left join "ShopifyLocation" l on l.shop = $1 and l.id = o."shopifyLocationId"
     where o.shop = $1 and o."deletedAt" is null and o."lastSynced" is not null${and}
     order by o.id limit $2`,
    values,
  );
  return rows;
}

const columns = selectList(
  "o",
  [
    ...["id", "shopifyInventoryItemId", "availableQty as available", "onHandQty as onHand"],
    ...["committedQty as committed", "incomingQty as incoming", "reservedQty as reserved"],
    ...["lastSynced", "shopifyUpdatedAt"],
  ],
  { instants: ["lastSynced", "shopifyUpdatedAt"] },
);
