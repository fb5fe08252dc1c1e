-- SKU texts that are shared or missing are counted while a page is open: from this index alone, without a visit to the rows.
-- The plain index of (shop, skuCode) stays for those who look a text up, placeholders and all.
CREATE INDEX "Sku_texts" ON "Sku" ("shop", "skuCode") INCLUDE ("archivedAt") WHERE NOT "isPlaceholder";
-- The catalogue is shown by name, whatever its capitals.
CREATE INDEX "Product_by_name" ON "Product" ("shop", lower("name"), "id");
-- Which locations stock anything is asked at every page of stock.
CREATE INDEX "ShopifyInventoryCache_by_location" ON "ShopifyInventoryCache" ("shop", "shopifyLocationId") WHERE "deletedAt" IS NULL;
