-- Orders that came by another road than a webhook, by when Shopify changed them: whether any are newer than the last webhook is asked
-- whenever somebody has Home open, and a dump brings all of a shop's orders.
CREATE INDEX "ShopifyOrderCache_without_webhook" ON "ShopifyOrderCache" ("shop", "shopifyUpdatedAt") WHERE "source" IN ('lookback', 'dump');
