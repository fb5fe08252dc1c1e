-- Placeholders are few among all SKUs: products that are made up of them are told from the others without reading every SKU.
CREATE INDEX "Sku_placeholders" ON "Sku" ("shop", "productId") WHERE "isPlaceholder";

-- What is stocked at each location is summed up from the index by location alone; it was read from the rows, which carry the payloads.
DROP INDEX "ShopifyInventoryCache_by_location";
CREATE INDEX "ShopifyInventoryCache_by_location" ON "ShopifyInventoryCache" ("shop", "shopifyLocationId")
  INCLUDE ("availableQty", "onHandQty", "committedQty", "incomingQty", "lastSynced") WHERE "deletedAt" IS NULL;
