/**
 * SQL: the id of the SKU that a level `c` of `ShopifyInventoryCache`, of the shop $1, belongs to; null where there is none. Of
 * several SKUs with its inventory item the oldest that is not archived, whoever asks: else a level would go to and fro.
 */
export const skuOfLevel = `(select s.id from "Sku" s where s.shop = $1 and s."shopifyInventoryItemId" = c."shopifyInventoryItemId"
  order by s."archivedAt" is not null, s."createdAt", s.id limit 1)`;
