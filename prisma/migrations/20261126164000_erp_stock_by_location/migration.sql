-- Which locations the ERP has said stock of, without reading all of it.
CREATE INDEX "ErpStock_shop_locationId_idx" ON "ErpStock" ("shop", "locationId");
