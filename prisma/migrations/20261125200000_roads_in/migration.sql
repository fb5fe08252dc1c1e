-- Every road in: the delivery log with its times and news to be handled, records to be fetched, what the look-back found that
-- no webhook had brought, the shared rate limit, deletions, the daily proof, requests about a person.
-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "archivedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "SchedulerState" ADD COLUMN     "cursorAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "ShopifyCustomerCache" ADD COLUMN     "fetchAttempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "fetchError" TEXT,
ADD COLUMN     "newsAt" TIMESTAMPTZ(6),
ADD COLUMN     "nextFetchAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "ShopifyInventoryCache" ADD COLUMN     "deletedAt" TIMESTAMPTZ(3),
ADD COLUMN     "fetchAttempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "fetchError" TEXT,
ADD COLUMN     "newsAt" TIMESTAMPTZ(6),
ADD COLUMN     "nextFetchAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "ShopifyOrderCache" ADD COLUMN     "deletedAt" TIMESTAMPTZ(3),
ADD COLUMN     "fetchAttempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "fetchError" TEXT,
ADD COLUMN     "newsAt" TIMESTAMPTZ(6),
ADD COLUMN     "nextFetchAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "ShopifyProductCache" ADD COLUMN     "fetchAttempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "fetchError" TEXT,
ADD COLUMN     "newsAt" TIMESTAMPTZ(6),
ADD COLUMN     "nextFetchAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "WebhookDelivery" ADD COLUMN     "answeredAt" TIMESTAMPTZ(3),
ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "nextRetryAt" TIMESTAMPTZ(3),
ADD COLUMN     "quarantinedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "ShopifyFetchRequest" (
    "shop" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextFetchAt" TIMESTAMPTZ(3),
    "fetchError" TEXT,

    CONSTRAINT "ShopifyFetchRequest_pkey" PRIMARY KEY ("shop","kind","id")
);

-- CreateTable
CREATE TABLE "ShopifyMissedUpdate" (
    "shop" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "shopifyUpdatedAt" TIMESTAMPTZ(6) NOT NULL,
    "foundAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShopifyMissedUpdate_pkey" PRIMARY KEY ("shop","kind","id","shopifyUpdatedAt")
);

-- CreateTable
CREATE TABLE "ShopifyLocation" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT,
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "deletedAt" TIMESTAMPTZ(3),
    "shopifyUpdatedAt" TIMESTAMPTZ(6),

    CONSTRAINT "ShopifyLocation_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "ShopifyRateLimit" (
    "shop" TEXT NOT NULL,
    "maximum" DOUBLE PRECISION NOT NULL,
    "restoreRate" DOUBLE PRECISION NOT NULL,
    "available" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reserved" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "reservedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShopifyRateLimit_pkey" PRIMARY KEY ("shop")
);

-- CreateTable
CREATE TABLE "DailyProof" (
    "shop" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "timeZone" TEXT NOT NULL,
    "currency" TEXT,
    "shopifyOrders" INTEGER,
    "shopifyTotal" DECIMAL,
    "erpOrders" INTEGER NOT NULL,
    "erpTotal" DECIMAL NOT NULL,
    "missing" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "differing" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "pending" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "onHold" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DailyProof_pkey" PRIMARY KEY ("shop","day")
);

-- CreateTable
CREATE TABLE "PrivacyRequest" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "customerId" TEXT,
    "requestId" TEXT,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),
    "export" TEXT,
    "expiresAt" TIMESTAMPTZ(3),
    "counts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "PrivacyRequest_pkey" PRIMARY KEY ("shop","id")
);

-- CreateIndex
CREATE INDEX "ShopifyMissedUpdate_shop_foundAt_idx" ON "ShopifyMissedUpdate"("shop", "foundAt");

-- CreateIndex
CREATE INDEX "PrivacyRequest_shop_receivedAt_idx" ON "PrivacyRequest"("shop", "receivedAt");


-- What a webhook or a fetch brought goes before what waits from a dump, however much that is.
DROP INDEX "ShopifyOrderCache_pending";
DROP INDEX "ShopifyProductCache_pending";
DROP INDEX "ShopifyCustomerCache_pending";
DROP INDEX "ShopifyInventoryCache_pending";
CREATE INDEX "ShopifyOrderCache_pending" ON "ShopifyOrderCache" ("shop", ("source" = 'dump'), "receivedAt") WHERE "processedAt" IS NULL AND "quarantinedAt" IS NULL;
CREATE INDEX "ShopifyProductCache_pending" ON "ShopifyProductCache" ("shop", ("source" = 'dump'), "receivedAt") WHERE "processedAt" IS NULL AND "quarantinedAt" IS NULL;
CREATE INDEX "ShopifyCustomerCache_pending" ON "ShopifyCustomerCache" ("shop", ("source" = 'dump'), "receivedAt") WHERE "processedAt" IS NULL AND "quarantinedAt" IS NULL;
CREATE INDEX "ShopifyInventoryCache_pending" ON "ShopifyInventoryCache" ("shop", ("source" = 'dump'), "receivedAt") WHERE "processedAt" IS NULL AND "quarantinedAt" IS NULL;

-- What Shopify is to be asked for, the newest first.
CREATE INDEX "ShopifyOrderCache_fetch" ON "ShopifyOrderCache" ("shop", "shopifyUpdatedAt" DESC) WHERE "needsFetch" IS NOT NULL;
CREATE INDEX "ShopifyProductCache_fetch" ON "ShopifyProductCache" ("shop", "shopifyUpdatedAt" DESC) WHERE "needsFetch" IS NOT NULL;
CREATE INDEX "ShopifyCustomerCache_fetch" ON "ShopifyCustomerCache" ("shop", "shopifyUpdatedAt" DESC) WHERE "needsFetch" IS NOT NULL;
CREATE INDEX "ShopifyInventoryCache_fetch" ON "ShopifyInventoryCache" ("shop", "shopifyUpdatedAt" DESC) WHERE "needsFetch" IS NOT NULL;

-- News the worker has to handle, and deliveries whose record has not been processed since.
CREATE INDEX "WebhookDelivery_news" ON "WebhookDelivery" ("shop", "receivedAt") WHERE "outcome" = 'news' AND "processedAt" IS NULL AND "quarantinedAt" IS NULL;
CREATE INDEX "WebhookDelivery_waiting" ON "WebhookDelivery" ("shop", "kind", "recordId") WHERE "processedAt" IS NULL AND "outcome" <> 'news';
UPDATE "WebhookDelivery" SET "outcome" = 'news' WHERE "outcome" = 'stored' AND "body" IS NOT NULL;
