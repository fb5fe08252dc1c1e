-- Every level is compared with the ERP's stock from the index alone: it was read from the rows, which carry the payloads.
DROP INDEX "ShopifyInventoryCache_by_location";
CREATE INDEX "ShopifyInventoryCache_by_location" ON "ShopifyInventoryCache" ("shop", "shopifyLocationId")
  INCLUDE ("availableQty", "onHandQty", "committedQty", "incomingQty", "lastSynced", "skuId", "shopifyInventoryItemId")
  WHERE "deletedAt" IS NULL;
