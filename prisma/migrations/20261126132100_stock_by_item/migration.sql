-- SKUs are looked for on the page of stock by the beginnings of words of their code, title and barcode. The expression is that of
-- app/lib/search-words.ts, to the letter.
CREATE INDEX "Sku_words" ON "Sku" USING gin (
  (to_tsvector('simple', regexp_replace(lower(coalesce("skuCode", '') || ' ' || coalesce("title", '') || ' ' || coalesce("barcode", '')), '[!-/:-@\[-`{-~\u00a0\u00b7\u2010\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u0964]', ' ', 'g')))
);
-- Levels that need somebody are few among many: without a SKU, with nothing left, gone at their location.
CREATE INDEX "ShopifyInventoryCache_unmatched" ON "ShopifyInventoryCache" ("shop", "shopifyInventoryItemId") WHERE "skuId" IS NULL;
CREATE INDEX "ShopifyInventoryCache_empty" ON "ShopifyInventoryCache" ("shop", "shopifyInventoryItemId") WHERE "availableQty" <= 0;
CREATE INDEX "ShopifyInventoryCache_gone" ON "ShopifyInventoryCache" ("shop", "shopifyInventoryItemId") WHERE "deletedAt" IS NOT NULL;
