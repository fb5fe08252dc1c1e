-- What a call of the API was answered, by the key its caller gave it: asked again, it is done once.
CREATE TABLE "IdempotentAnswer" (
  "shop" TEXT NOT NULL,
  "caller" TEXT NOT NULL,
  "idempotencyKey" TEXT NOT NULL,
  "requestHash" TEXT NOT NULL,
  "answer" JSONB NOT NULL DEFAULT '{}',
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "IdempotentAnswer_pkey" PRIMARY KEY ("shop", "caller", "idempotencyKey")
);
CREATE INDEX "IdempotentAnswer_shop_createdAt_idx" ON "IdempotentAnswer" ("shop", "createdAt");
