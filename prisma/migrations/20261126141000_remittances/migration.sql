-- What couriers paid out, AWB by AWB, and the queue of what does not fit.
CREATE TABLE "Remittance" (
    "shop" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "awbNumber" TEXT NOT NULL,
    "awbKey" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "amount" DECIMAL NOT NULL,
    "deduction" DECIMAL NOT NULL,
    "paidOn" DATE NOT NULL,
    "copy" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL,
    "problem" TEXT,
    "words" TEXT NOT NULL,
    "parts" JSONB NOT NULL DEFAULT '[]',
    "createdBy" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settledBy" TEXT,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Remittance_pkey" PRIMARY KEY ("shop","id")
);

-- The same line of the same statement is one row, however often it is sent.
CREATE UNIQUE INDEX "Remittance_shop_awbKey_reference_amount_deduction_paidOn_co_key" ON "Remittance"("shop", "awbKey", "reference", "amount", "deduction", "paidOn", "copy");
CREATE INDEX "Remittance_shop_status_createdAt_idx" ON "Remittance"("shop", "status", "createdAt");

-- The parcels of an AWB, however it is spelled (normalise-awb.ts, to the letter).
CREATE INDEX "Parcel_awb_key" ON "Parcel" ("shop", upper(regexp_replace("awbNumber", '[\s-]+', '', 'g'))) WHERE "awbNumber" IS NOT NULL;
