-- What the last answer to a question of ours did not tell either: asked for again when a permission is granted.
ALTER TABLE "ShopifyOrderCache" ADD COLUMN "untold" TEXT;
ALTER TABLE "ShopifyProductCache" ADD COLUMN "untold" TEXT;
ALTER TABLE "ShopifyCustomerCache" ADD COLUMN "untold" TEXT;
ALTER TABLE "ShopifyInventoryCache" ADD COLUMN "untold" TEXT;

-- Deletions that were told, by the record they name: a record that comes only afterwards is asked for.
CREATE INDEX "WebhookDelivery_deleted" ON "WebhookDelivery" ("shop", "kind", "recordId")
  WHERE "topic" IN ('orders/delete', 'products/delete', 'customers/delete', 'inventory_levels/disconnect');
