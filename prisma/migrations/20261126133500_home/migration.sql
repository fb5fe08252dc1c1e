-- What Shopify listed of the orders a proof found missing or differing, so that the day's page can name them.
ALTER TABLE "DailyProof" ADD COLUMN "told" JSONB NOT NULL DEFAULT '{}';

-- Gateway names that no rule knows: few, and looked for whenever somebody opens Home or the payment rules.
CREATE INDEX "Order_unknown_gateways" ON "Order" ("shop", "orderDate") WHERE "unknownGateways" <> '{}';

-- The few customers that Home's figures leave out (test orders have an index already): the others are counted in an index without
-- reading a row.
CREATE INDEX "Customer_not_counted" ON "Customer" ("shop")
  WHERE "mergedIntoId" IS NOT NULL OR ("archivedAt" IS NOT NULL AND "shopifyUpdatedAt" IS NULL);
