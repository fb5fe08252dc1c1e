-- Whoever follows the ERP's records over HTTP reads them in the order of their last change; many rows share one instant.
CREATE INDEX "Order_shop_updatedAt_shopifyOrderId_idx" ON "Order" ("shop", "updatedAt", "shopifyOrderId");
CREATE INDEX "Customer_shop_updatedAt_id_idx" ON "Customer" ("shop", "updatedAt", "id");
CREATE INDEX "Product_shop_updatedAt_id_idx" ON "Product" ("shop", "updatedAt", "id");
CREATE INDEX "Sku_shop_updatedAt_id_idx" ON "Sku" ("shop", "updatedAt", "id");
-- Orders on hold are few among many, and looked for often.
CREATE INDEX "Order_held" ON "Order" ("shop", "shopifyCreatedAt") WHERE "holds" <> '[]';
