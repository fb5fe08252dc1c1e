-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMPTZ(3),
    "accessToken" TEXT NOT NULL,
    "userId" BIGINT,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "accountOwner" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "collaborator" BOOLEAN DEFAULT false,
    "emailVerified" BOOLEAN DEFAULT false,
    "refreshToken" TEXT,
    "refreshTokenExpires" TIMESTAMPTZ(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Shop" (
    "shop" TEXT NOT NULL,
    "name" TEXT,
    "currency" TEXT,
    "timeZone" TEXT,
    "locale" TEXT,
    "taxesIncluded" BOOLEAN,
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "settings" JSONB NOT NULL DEFAULT '{}',
    "installedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "uninstalledAt" TIMESTAMPTZ(3),
    "cutOverAt" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Shop_pkey" PRIMARY KEY ("shop")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "keyHash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "scopes" TEXT[],
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "AuditLog" (
    "shop" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target" TEXT,
    "details" JSONB,

    CONSTRAINT "AuditLog_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "ShopifyOrderCache" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "rawData" TEXT NOT NULL,
    "rawShape" TEXT NOT NULL,
    "shopifyUpdatedAt" TIMESTAMPTZ(6),
    "triggeredAt" TIMESTAMPTZ(6),
    "contentHash" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "orderNumber" TEXT,
    "financialStatus" TEXT,
    "fulfillmentStatus" TEXT,
    "paymentMethod" TEXT,
    "gatewaysSeen" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "processedAt" TIMESTAMPTZ(3),
    "errorCode" TEXT,
    "processingError" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextRetryAt" TIMESTAMPTZ(3),
    "quarantinedAt" TIMESTAMPTZ(3),
    "needsFetch" TEXT,

    CONSTRAINT "ShopifyOrderCache_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "ShopifyProductCache" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "rawData" TEXT NOT NULL,
    "rawShape" TEXT NOT NULL,
    "shopifyUpdatedAt" TIMESTAMPTZ(6),
    "triggeredAt" TIMESTAMPTZ(6),
    "contentHash" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "title" TEXT,
    "handle" TEXT,
    "deletedAt" TIMESTAMPTZ(3),
    "processedAt" TIMESTAMPTZ(3),
    "errorCode" TEXT,
    "processingError" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextRetryAt" TIMESTAMPTZ(3),
    "quarantinedAt" TIMESTAMPTZ(3),
    "needsFetch" TEXT,

    CONSTRAINT "ShopifyProductCache_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "ShopifyCustomerCache" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "rawData" TEXT NOT NULL,
    "rawShape" TEXT NOT NULL,
    "shopifyUpdatedAt" TIMESTAMPTZ(6),
    "triggeredAt" TIMESTAMPTZ(6),
    "contentHash" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),
    "processedAt" TIMESTAMPTZ(3),
    "errorCode" TEXT,
    "processingError" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextRetryAt" TIMESTAMPTZ(3),
    "quarantinedAt" TIMESTAMPTZ(3),
    "needsFetch" TEXT,

    CONSTRAINT "ShopifyCustomerCache_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "ShopifyFulfillmentOrderCache" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "rawData" TEXT NOT NULL,
    "rawShape" TEXT NOT NULL,
    "shopifyUpdatedAt" TIMESTAMPTZ(6),
    "triggeredAt" TIMESTAMPTZ(6),
    "contentHash" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShopifyFulfillmentOrderCache_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "ShopifyInventoryCache" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "shopifyInventoryItemId" TEXT NOT NULL,
    "shopifyLocationId" TEXT NOT NULL,
    "skuId" TEXT,
    "availableQty" INTEGER,
    "onHandQty" INTEGER,
    "committedQty" INTEGER,
    "incomingQty" INTEGER,
    "reservedQty" INTEGER,
    "lastSynced" TIMESTAMPTZ(3),
    "rawData" TEXT NOT NULL,
    "rawShape" TEXT NOT NULL,
    "shopifyUpdatedAt" TIMESTAMPTZ(6),
    "triggeredAt" TIMESTAMPTZ(6),
    "contentHash" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processedAt" TIMESTAMPTZ(3),
    "errorCode" TEXT,
    "processingError" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextRetryAt" TIMESTAMPTZ(3),
    "quarantinedAt" TIMESTAMPTZ(3),
    "needsFetch" TEXT,

    CONSTRAINT "ShopifyInventoryCache_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "ShopifyCacheSlot" (
    "shop" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "shape" TEXT NOT NULL,
    "rawData" TEXT NOT NULL,
    "shopifyUpdatedAt" TIMESTAMPTZ(6),
    "triggeredAt" TIMESTAMPTZ(6),
    "contentHash" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ShopifyCacheSlot_pkey" PRIMARY KEY ("shop","kind","id","shape")
);

-- CreateTable
CREATE TABLE "ShopifyPayloadHistory" (
    "shop" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "shape" TEXT NOT NULL,
    "contentHash" TEXT NOT NULL,
    "rawData" TEXT NOT NULL,
    "shopifyUpdatedAt" TIMESTAMPTZ(6),
    "triggeredAt" TIMESTAMPTZ(6),
    "source" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "supersededAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShopifyPayloadHistory_pkey" PRIMARY KEY ("shop","kind","id","shape","contentHash")
);

-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "shop" TEXT NOT NULL,
    "webhookId" TEXT NOT NULL,
    "eventId" TEXT,
    "topic" TEXT NOT NULL,
    "apiVersion" TEXT,
    "triggeredAt" TIMESTAMPTZ(6),
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processedAt" TIMESTAMPTZ(3),
    "kind" TEXT,
    "recordId" TEXT,
    "contentHash" TEXT,
    "outcome" TEXT NOT NULL,
    "errorCode" TEXT,
    "error" TEXT,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "body" BYTEA,

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("shop","webhookId")
);

-- CreateTable
CREATE TABLE "ShopifyBulkOperation" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "jobId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "windowStart" TIMESTAMPTZ(3),
    "windowEnd" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL,
    "errorCode" TEXT,
    "objectCount" BIGINT,
    "rootObjectCount" BIGINT,
    "fileSize" BIGINT,
    "url" TEXT,
    "partialDataUrl" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completedAt" TIMESTAMPTZ(3),
    "polledAt" TIMESTAMPTZ(3),
    "ingestedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ShopifyBulkOperation_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "RedactionTombstone" (
    "shop" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RedactionTombstone_pkey" PRIMARY KEY ("shop","kind","id")
);

-- CreateTable
CREATE TABLE "Outbox" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "entityId" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextRetryAt" TIMESTAMPTZ(3),
    "errorCode" TEXT,
    "error" TEXT,
    "answer" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "Outbox_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "ChangeFeed" (
    "shop" TEXT NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "transactionId" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "entity" TEXT NOT NULL,
    "entityId" TEXT NOT NULL,
    "change" TEXT NOT NULL,
    "parts" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ChangeFeed_pkey" PRIMARY KEY ("shop","seq")
);

-- CreateTable
CREATE TABLE "Product" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "handle" TEXT,
    "description" TEXT,
    "vendor" TEXT,
    "productType" TEXT,
    "status" TEXT NOT NULL,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "shopifyProductId" TEXT,
    "shopifyProductIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "isGiftCard" BOOLEAN NOT NULL DEFAULT false,
    "archivedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Product_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "Variation" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "axis" TEXT,
    "name" TEXT NOT NULL,
    "shopifySourceProductId" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "archivedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Variation_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "Sku" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "variationId" TEXT NOT NULL,
    "skuCode" TEXT,
    "size" TEXT,
    "options" JSONB NOT NULL DEFAULT '[]',
    "title" TEXT NOT NULL,
    "barcode" TEXT,
    "price" DECIMAL,
    "compareAtPrice" DECIMAL,
    "weightGrams" DECIMAL,
    "tracked" BOOLEAN NOT NULL DEFAULT true,
    "requiresShipping" BOOLEAN NOT NULL DEFAULT true,
    "isBundle" BOOLEAN NOT NULL DEFAULT false,
    "isPlaceholder" BOOLEAN NOT NULL DEFAULT false,
    "shopifyVariantId" TEXT,
    "shopifyInventoryItemId" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "archivedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Sku_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "SkuMapping" (
    "shop" TEXT NOT NULL,
    "shopifyVariantId" TEXT NOT NULL,
    "skuId" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SkuMapping_pkey" PRIMARY KEY ("shop","shopifyVariantId")
);

-- CreateTable
CREATE TABLE "ProductProposal" (
    "shop" TEXT NOT NULL,
    "shopifyProductId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedBy" TEXT,

    CONSTRAINT "ProductProposal_pkey" PRIMARY KEY ("shop","shopifyProductId","productId")
);

-- CreateTable
CREATE TABLE "Customer" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "shopifyCustomerId" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "firstName" TEXT,
    "lastName" TEXT,
    "defaultAddress" JSONB,
    "acceptsMarketing" BOOLEAN,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "note" TEXT,
    "state" TEXT,
    "ordersCount" INTEGER,
    "totalSpent" DECIMAL,
    "currency" TEXT,
    "taxExempt" BOOLEAN,
    "shopifyUpdatedAt" TIMESTAMPTZ(3),
    "archivedAt" TIMESTAMPTZ(3),
    "redactedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Customer_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "Order" (
    "shop" TEXT NOT NULL,
    "shopifyOrderId" TEXT NOT NULL,
    "orderNumber" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "holdReasons" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "stopShip" TEXT,
    "isHistory" BOOLEAN NOT NULL DEFAULT false,
    "test" BOOLEAN NOT NULL DEFAULT false,
    "customerId" TEXT,
    "shopifyCustomerId" TEXT,
    "customerName" TEXT,
    "customerEmail" TEXT,
    "customerPhone" TEXT,
    "shippingAddress" JSONB,
    "billingAddress" JSONB,
    "currency" TEXT NOT NULL,
    "totalAmount" DECIMAL NOT NULL,
    "currentTotalAmount" DECIMAL NOT NULL,
    "subtotalAmount" DECIMAL NOT NULL,
    "discountAmount" DECIMAL NOT NULL,
    "taxAmount" DECIMAL NOT NULL,
    "shippingAmount" DECIMAL NOT NULL,
    "tipAmount" DECIMAL NOT NULL,
    "dutiesAmount" DECIMAL NOT NULL,
    "receivedAmount" DECIMAL NOT NULL,
    "refundedAmount" DECIMAL NOT NULL,
    "outstandingAmount" DECIMAL NOT NULL,
    "presentmentCurrency" TEXT NOT NULL,
    "presentmentTotalAmount" DECIMAL NOT NULL,
    "presentmentCurrentTotalAmount" DECIMAL NOT NULL,
    "presentmentOutstandingAmount" DECIMAL NOT NULL,
    "moneyDifference" DECIMAL NOT NULL,
    "presentmentMoneyDifference" DECIMAL NOT NULL,
    "taxesIncluded" BOOLEAN NOT NULL,
    "paymentMethod" TEXT NOT NULL,
    "amountToCollect" DECIMAL NOT NULL,
    "financialStatus" TEXT,
    "fulfillmentStatus" TEXT,
    "returnStatus" TEXT,
    "gateways" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "unknownGateways" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "discountCodes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "attributes" JSONB NOT NULL DEFAULT '[]',
    "shippingLines" JSONB NOT NULL DEFAULT '[]',
    "source" TEXT,
    "note" TEXT,
    "locationId" TEXT,
    "poNumber" TEXT,
    "orderDate" TIMESTAMPTZ(3) NOT NULL,
    "shopifyCreatedAt" TIMESTAMPTZ(3) NOT NULL,
    "cancelledAt" TIMESTAMPTZ(3),
    "cancelReason" TEXT,
    "closedAt" TIMESTAMPTZ(3),
    "outputHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Order_pkey" PRIMARY KEY ("shop","shopifyOrderId")
);

-- CreateTable
CREATE TABLE "OrderLine" (
    "shop" TEXT NOT NULL,
    "shopifyOrderId" TEXT NOT NULL,
    "shopifyLineId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "skuId" TEXT,
    "skuCode" TEXT,
    "title" TEXT NOT NULL,
    "variantTitle" TEXT,
    "shopifyVariantId" TEXT,
    "shopifyProductId" TEXT,
    "qty" INTEGER NOT NULL,
    "unitPrice" DECIMAL NOT NULL,
    "lineTotal" DECIMAL NOT NULL,
    "discountAmount" DECIMAL NOT NULL,
    "taxAmount" DECIMAL NOT NULL,
    "allocatedQty" INTEGER NOT NULL DEFAULT 0,
    "pickedQty" INTEGER NOT NULL DEFAULT 0,
    "packedQty" INTEGER NOT NULL DEFAULT 0,
    "shippedQty" INTEGER NOT NULL DEFAULT 0,
    "deliveredQty" INTEGER NOT NULL DEFAULT 0,
    "cancelledQty" INTEGER NOT NULL DEFAULT 0,
    "rtoQty" INTEGER NOT NULL DEFAULT 0,
    "returnedQty" INTEGER NOT NULL DEFAULT 0,
    "refundedQty" INTEGER NOT NULL DEFAULT 0,
    "lineStatus" TEXT NOT NULL,
    "awbNumber" TEXT,
    "courier" TEXT,
    "requiresShipping" BOOLEAN NOT NULL DEFAULT true,
    "isGiftCard" BOOLEAN NOT NULL DEFAULT false,
    "lineItemGroupId" TEXT,
    "attributes" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "OrderLine_pkey" PRIMARY KEY ("shop","shopifyOrderId","shopifyLineId")
);

-- CreateTable
CREATE TABLE "OrderCharge" (
    "shop" TEXT NOT NULL,
    "shopifyOrderId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "shopifyLineId" TEXT,
    "title" TEXT,
    "rate" DECIMAL,
    "included" BOOLEAN NOT NULL DEFAULT false,
    "amount" DECIMAL NOT NULL,
    "presentmentAmount" DECIMAL NOT NULL,

    CONSTRAINT "OrderCharge_pkey" PRIMARY KEY ("shop","shopifyOrderId","position")
);

-- CreateTable
CREATE TABLE "OrderPayment" (
    "shop" TEXT NOT NULL,
    "shopifyOrderId" TEXT NOT NULL,
    "shopifyTransactionId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "gateway" TEXT,
    "amount" DECIMAL NOT NULL,
    "presentmentAmount" DECIMAL NOT NULL,
    "processedAt" TIMESTAMPTZ(3),
    "parentTransactionId" TEXT,
    "test" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "OrderPayment_pkey" PRIMARY KEY ("shop","shopifyOrderId","shopifyTransactionId")
);

-- CreateTable
CREATE TABLE "Parcel" (
    "shop" TEXT NOT NULL,
    "shopifyOrderId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "shopifyFulfillmentId" TEXT,
    "name" TEXT,
    "awbNumber" TEXT,
    "courier" TEXT,
    "trackingUrl" TEXT,
    "state" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "locationId" TEXT,
    "linesKnown" BOOLEAN NOT NULL DEFAULT true,
    "amountToCollect" DECIMAL NOT NULL DEFAULT 0,
    "handedOverAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Parcel_pkey" PRIMARY KEY ("shop","shopifyOrderId","id")
);

-- CreateTable
CREATE TABLE "ParcelLine" (
    "shop" TEXT NOT NULL,
    "shopifyOrderId" TEXT NOT NULL,
    "parcelId" TEXT NOT NULL,
    "shopifyLineId" TEXT NOT NULL,
    "qty" INTEGER NOT NULL,

    CONSTRAINT "ParcelLine_pkey" PRIMARY KEY ("shop","shopifyOrderId","parcelId","shopifyLineId")
);

-- CreateTable
CREATE TABLE "ReturnCase" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "shopifyOrderId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "parcelId" TEXT,
    "shopifyReturnId" TEXT,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "openedBy" TEXT NOT NULL,
    "lines" JSONB NOT NULL DEFAULT '[]',
    "openedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "receivedAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ReturnCase_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "ErpFact" (
    "shop" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "shopifyOrderId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "shopifyLineId" TEXT,
    "parcelId" TEXT,
    "qty" INTEGER,
    "details" JSONB NOT NULL DEFAULT '{}',
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ErpFact_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "ErpStock" (
    "shop" TEXT NOT NULL,
    "skuId" TEXT NOT NULL,
    "locationId" TEXT NOT NULL,
    "sellableQty" INTEGER NOT NULL DEFAULT 0,
    "safetyStockQty" INTEGER NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ErpStock_pkey" PRIMARY KEY ("shop","skuId","locationId")
);

-- CreateTable
CREATE TABLE "Certificate" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "periodStart" TIMESTAMPTZ(3) NOT NULL,
    "periodEnd" TIMESTAMPTZ(3) NOT NULL,
    "figures" JSONB NOT NULL,
    "contentHash" TEXT NOT NULL,
    "previousHash" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Certificate_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "SyncJob" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "jobType" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "requestedBy" TEXT NOT NULL,
    "options" JSONB NOT NULL DEFAULT '{}',
    "step" TEXT,
    "total" INTEGER,
    "processed" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "errors" INTEGER NOT NULL DEFAULT 0,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "checkpoint" JSONB NOT NULL DEFAULT '{}',
    "wish" TEXT,
    "heartbeatAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SyncJob_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "SyncJobLog" (
    "shop" TEXT NOT NULL,
    "jobId" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "level" TEXT NOT NULL DEFAULT 'info',
    "message" TEXT NOT NULL,

    CONSTRAINT "SyncJobLog_pkey" PRIMARY KEY ("shop","jobId","id")
);

-- CreateTable
CREATE TABLE "SchedulerState" (
    "shop" TEXT NOT NULL,
    "schedule" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "lastRunAt" TIMESTAMPTZ(3),
    "nextRunAt" TIMESTAMPTZ(3),
    "lastResult" JSONB,
    "lastJobId" TEXT,

    CONSTRAINT "SchedulerState_pkey" PRIMARY KEY ("shop","schedule")
);

-- CreateIndex
CREATE INDEX "Session_shop_idx" ON "Session"("shop");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_keyHash_key" ON "ApiKey"("keyHash");

-- CreateIndex
CREATE INDEX "AuditLog_shop_at_idx" ON "AuditLog"("shop", "at");

-- CreateIndex
CREATE INDEX "ShopifyOrderCache_shop_receivedAt_idx" ON "ShopifyOrderCache"("shop", "receivedAt");

-- CreateIndex
CREATE INDEX "ShopifyProductCache_shop_receivedAt_idx" ON "ShopifyProductCache"("shop", "receivedAt");

-- CreateIndex
CREATE INDEX "ShopifyCustomerCache_shop_receivedAt_idx" ON "ShopifyCustomerCache"("shop", "receivedAt");

-- CreateIndex
CREATE INDEX "ShopifyFulfillmentOrderCache_shop_orderId_idx" ON "ShopifyFulfillmentOrderCache"("shop", "orderId");

-- CreateIndex
CREATE INDEX "ShopifyInventoryCache_shop_shopifyInventoryItemId_idx" ON "ShopifyInventoryCache"("shop", "shopifyInventoryItemId");

-- CreateIndex
CREATE INDEX "ShopifyInventoryCache_shop_skuId_idx" ON "ShopifyInventoryCache"("shop", "skuId");

-- CreateIndex
CREATE INDEX "ShopifyPayloadHistory_shop_supersededAt_idx" ON "ShopifyPayloadHistory"("shop", "supersededAt");

-- CreateIndex
CREATE INDEX "WebhookDelivery_shop_receivedAt_idx" ON "WebhookDelivery"("shop", "receivedAt");

-- CreateIndex
CREATE INDEX "WebhookDelivery_shop_topic_receivedAt_idx" ON "WebhookDelivery"("shop", "topic", "receivedAt");

-- CreateIndex
CREATE INDEX "ShopifyBulkOperation_shop_jobId_idx" ON "ShopifyBulkOperation"("shop", "jobId");

-- CreateIndex
CREATE INDEX "Outbox_shop_status_createdAt_idx" ON "Outbox"("shop", "status", "createdAt");

-- CreateIndex
CREATE INDEX "Outbox_shop_entity_entityId_idx" ON "Outbox"("shop", "entity", "entityId");

-- CreateIndex
CREATE INDEX "Product_shop_name_idx" ON "Product"("shop", "name");

-- CreateIndex
CREATE INDEX "Product_shopifyProductIds_idx" ON "Product" USING GIN ("shopifyProductIds");

-- CreateIndex
CREATE UNIQUE INDEX "Product_shop_shopifyProductId_key" ON "Product"("shop", "shopifyProductId");

-- CreateIndex
CREATE INDEX "Variation_shop_productId_idx" ON "Variation"("shop", "productId");

-- CreateIndex
CREATE INDEX "Sku_shop_skuCode_idx" ON "Sku"("shop", "skuCode");

-- CreateIndex
CREATE INDEX "Sku_shop_shopifyInventoryItemId_idx" ON "Sku"("shop", "shopifyInventoryItemId");

-- CreateIndex
CREATE INDEX "Sku_shop_productId_idx" ON "Sku"("shop", "productId");

-- CreateIndex
CREATE UNIQUE INDEX "Sku_shop_shopifyVariantId_key" ON "Sku"("shop", "shopifyVariantId");

-- CreateIndex
CREATE INDEX "SkuMapping_shop_skuId_idx" ON "SkuMapping"("shop", "skuId");

-- CreateIndex
CREATE INDEX "Customer_shop_email_idx" ON "Customer"("shop", "email");

-- CreateIndex
CREATE INDEX "Customer_shop_phone_idx" ON "Customer"("shop", "phone");

-- CreateIndex
CREATE UNIQUE INDEX "Customer_shop_shopifyCustomerId_key" ON "Customer"("shop", "shopifyCustomerId");

-- CreateIndex
CREATE INDEX "Order_shop_orderNumber_idx" ON "Order"("shop", "orderNumber");

-- CreateIndex
CREATE INDEX "Order_shop_orderDate_idx" ON "Order"("shop", "orderDate");

-- CreateIndex
CREATE INDEX "Order_shop_status_orderDate_idx" ON "Order"("shop", "status", "orderDate");

-- CreateIndex
CREATE INDEX "Order_shop_customerId_idx" ON "Order"("shop", "customerId");

-- CreateIndex
CREATE INDEX "OrderLine_shop_skuId_idx" ON "OrderLine"("shop", "skuId");

-- CreateIndex
CREATE INDEX "Parcel_shop_awbNumber_idx" ON "Parcel"("shop", "awbNumber");

-- CreateIndex
CREATE INDEX "ReturnCase_shop_shopifyOrderId_idx" ON "ReturnCase"("shop", "shopifyOrderId");

-- CreateIndex
CREATE INDEX "ReturnCase_shop_state_idx" ON "ReturnCase"("shop", "state");

-- CreateIndex
CREATE INDEX "ErpFact_shop_shopifyOrderId_idx" ON "ErpFact"("shop", "shopifyOrderId");

-- CreateIndex
CREATE INDEX "Certificate_shop_kind_createdAt_idx" ON "Certificate"("shop", "kind", "createdAt");

-- CreateIndex
CREATE INDEX "SyncJob_shop_jobType_status_idx" ON "SyncJob"("shop", "jobType", "status");

-- CreateIndex
CREATE INDEX "SyncJob_shop_createdAt_idx" ON "SyncJob"("shop", "createdAt");


-- What Prisma cannot say: partial indexes (the queue of pending entries, the list of failures, one job of a
-- kind per shop) and better compression where the server was built with it.
CREATE INDEX "ShopifyOrderCache_pending" ON "ShopifyOrderCache" ("shop", "receivedAt") WHERE "processedAt" IS NULL AND "quarantinedAt" IS NULL;
CREATE INDEX "ShopifyProductCache_pending" ON "ShopifyProductCache" ("shop", "receivedAt") WHERE "processedAt" IS NULL AND "quarantinedAt" IS NULL;
CREATE INDEX "ShopifyCustomerCache_pending" ON "ShopifyCustomerCache" ("shop", "receivedAt") WHERE "processedAt" IS NULL AND "quarantinedAt" IS NULL;
CREATE INDEX "ShopifyInventoryCache_pending" ON "ShopifyInventoryCache" ("shop", "receivedAt") WHERE "processedAt" IS NULL AND "quarantinedAt" IS NULL;
CREATE INDEX "ShopifyOrderCache_failed" ON "ShopifyOrderCache" ("shop", "errorCode") WHERE "errorCode" IS NOT NULL;
CREATE INDEX "ShopifyProductCache_failed" ON "ShopifyProductCache" ("shop", "errorCode") WHERE "errorCode" IS NOT NULL;
CREATE INDEX "ShopifyCustomerCache_failed" ON "ShopifyCustomerCache" ("shop", "errorCode") WHERE "errorCode" IS NOT NULL;
CREATE INDEX "ShopifyInventoryCache_failed" ON "ShopifyInventoryCache" ("shop", "errorCode") WHERE "errorCode" IS NOT NULL;
CREATE UNIQUE INDEX "SyncJob_one_of_a_kind" ON "SyncJob" ("shop", "jobType") WHERE "status" IN ('pending', 'running', 'paused');

-- lz4 halves the cost of storing a payload, but not every PostgreSQL has it: then pglz stays.
DO $$
DECLARE
  cache text;
BEGIN
  FOREACH cache IN ARRAY ARRAY['ShopifyOrderCache', 'ShopifyProductCache', 'ShopifyCustomerCache',
    'ShopifyFulfillmentOrderCache', 'ShopifyInventoryCache', 'ShopifyCacheSlot', 'ShopifyPayloadHistory'] LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN "rawData" SET COMPRESSION lz4', cache);
  END LOOP;
EXCEPTION WHEN feature_not_supported OR invalid_parameter_value OR syntax_error THEN
  RAISE NOTICE 'this server has no lz4: payloads are kept with pglz';
END $$;
