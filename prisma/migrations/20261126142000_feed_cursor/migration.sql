-- The feed is read in the order of transactions, bounded by the oldest that runs (docs/decisions/018).
CREATE INDEX "ChangeFeed_shop_transactionId_seq_idx" ON "ChangeFeed" ("shop", "transactionId", "seq");

-- Which feed a cursor is of, and how far retention has dropped it. A row is made when a shop's feed is first read or swept.
CREATE TABLE "FeedState" (
    "shop" TEXT NOT NULL,
    "epoch" TEXT NOT NULL,
    "database" TEXT NOT NULL,
    "droppedTransactionId" BIGINT,
    "droppedSeq" BIGINT,

    CONSTRAINT "FeedState_pkey" PRIMARY KEY ("shop")
);
