-- The request that has waited longest for a shop's points: nobody later takes what it needs.
-- AlterTable
ALTER TABLE "ShopifyRateLimit" ADD COLUMN     "waitingPoints" DOUBLE PRECISION,
ADD COLUMN     "waitingSince" TIMESTAMPTZ(3),
ADD COLUMN     "waitingUntil" TIMESTAMPTZ(3);
