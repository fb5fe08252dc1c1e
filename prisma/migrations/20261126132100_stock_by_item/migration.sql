-- SKUs are looked for on the page of stock by the beginnings of words of their code, title and barcode. The expression is that of
-- app/lib/search-words.ts, to the letter.
CREATE INDEX "Sku_words" ON "Sku" USING gin (
  (to_tsvector('simple', translate(lower(coalesce("skuCode", '') || ' ' || coalesce("title", '') || ' ' || coalesce("barcode", '')), U&'!"#$%&\0027()*+,-./:;<=>\003f@[\005c]^_`{|}~\2018\2019\201c\201d\2010\2013\2014\2026\00b7\00a0\0964', '                                           ')))
);
-- Levels that need somebody are few among many: without a SKU, below zero, gone at their location.
CREATE INDEX "ShopifyInventoryCache_unmatched" ON "ShopifyInventoryCache" ("shop", "shopifyInventoryItemId") WHERE "skuId" IS NULL;
CREATE INDEX "ShopifyInventoryCache_negative" ON "ShopifyInventoryCache" ("shop", "shopifyInventoryItemId") WHERE "availableQty" < 0;
CREATE INDEX "ShopifyInventoryCache_gone" ON "ShopifyInventoryCache" ("shop", "shopifyInventoryItemId") WHERE "deletedAt" IS NOT NULL;
