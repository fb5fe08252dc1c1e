-- Which batches of a bulk file are stored, so that a dump goes on where it was killed; and the request a job came from.
CREATE TABLE "ShopifyBulkBatch" (
  "shop" TEXT NOT NULL,
  "operationId" TEXT NOT NULL,
  "layout" TEXT NOT NULL,
  "partition" INTEGER NOT NULL,
  "batch" INTEGER NOT NULL,
  "roots" INTEGER NOT NULL,
  "created" INTEGER NOT NULL,
  "updated" INTEGER NOT NULL,
  "unchanged" INTEGER NOT NULL,
  "superseded" INTEGER NOT NULL,
  CONSTRAINT "ShopifyBulkBatch_pkey" PRIMARY KEY ("shop", "operationId", "layout", "partition", "batch")
);
ALTER TABLE "SyncJob" ADD COLUMN "idempotencyKey" TEXT;
CREATE UNIQUE INDEX "SyncJob_shop_requestedBy_idempotencyKey_key" ON "SyncJob" ("shop", "requestedBy", "idempotencyKey");
