-- The full rules of an order: holds with who may release them, what the charges and payments leave unexplained,
-- unknown words of Shopify's, exchanges, parcels that fell silent, return and RTO cases as computed rows.
ALTER TABLE "ShopifyOrderCache" ADD COLUMN "movedFulfillments" TEXT[] DEFAULT ARRAY[]::TEXT[];

ALTER TABLE "Order" DROP COLUMN "holdReasons",
ADD COLUMN "holds" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN "currentMoneyDifference" DECIMAL NOT NULL DEFAULT 0,
ADD COLUMN "presentmentCurrentMoneyDifference" DECIMAL NOT NULL DEFAULT 0,
ADD COLUMN "paymentDifference" DECIMAL NOT NULL DEFAULT 0,
ADD COLUMN "presentmentPaymentDifference" DECIMAL NOT NULL DEFAULT 0,
ADD COLUMN "unknownValues" TEXT[] DEFAULT ARRAY[]::TEXT[];

ALTER TABLE "OrderLine" ADD COLUMN "exchangeReturnId" TEXT;

ALTER TABLE "Parcel" ADD COLUMN "newsAt" TIMESTAMPTZ(3);

ALTER TABLE "Customer" ADD COLUMN "mergedIntoId" TEXT;

-- Nothing has ever been written here.
DROP TABLE "ReturnCase";
CREATE TABLE "ReturnCase" (
    "shop" TEXT NOT NULL,
    "shopifyOrderId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "name" TEXT,
    "parcelId" TEXT,
    "shopifyReturnId" TEXT,
    "reason" TEXT,
    "openedBy" TEXT NOT NULL,
    "lines" JSONB NOT NULL DEFAULT '[]',
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ReturnCase_pkey" PRIMARY KEY ("shop","shopifyOrderId","id")
);
CREATE INDEX "ReturnCase_shop_state_idx" ON "ReturnCase"("shop", "state");

-- Parcels still under way, by when they were last heard of: what fell silent is looked for by the clock.
CREATE INDEX "Parcel_under_way" ON "Parcel" ("shop", "newsAt") WHERE "state" IN ('handed_over', 'in_transit', 'out_for_delivery');

-- Orders are computed, so the new rules reach the past by computing it again.
UPDATE "ShopifyOrderCache" SET "processedAt" = NULL WHERE "processedAt" IS NOT NULL;
