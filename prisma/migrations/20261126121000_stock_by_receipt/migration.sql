-- Stock levels are listed by when they came, like orders, products and customers: their caches have this index from the start.
CREATE INDEX "ShopifyInventoryCache_shop_receivedAt_idx" ON "ShopifyInventoryCache" ("shop", "receivedAt");
