-- That a person was shown what a kind of write-back would send.
CREATE TABLE "WriteBackPreview" (
  "shop" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "actor" TEXT NOT NULL,
  "figures" JSONB NOT NULL,
  "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "WriteBackPreview_pkey" PRIMARY KEY ("shop", "id")
);
CREATE INDEX "WriteBackPreview_shop_kind_seenAt_idx" ON "WriteBackPreview" ("shop", "kind", "seenAt");
