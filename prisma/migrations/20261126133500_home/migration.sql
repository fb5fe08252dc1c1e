-- What Shopify listed of the orders a proof found missing or differing, so that the day's page can name them.
ALTER TABLE "DailyProof" ADD COLUMN "told" JSONB NOT NULL DEFAULT '{}';

-- Gateway names that no rule knows: few, and looked for whenever somebody opens Home or the payment rules.
CREATE INDEX "Order_unknown_gateways" ON "Order" ("shop", "orderDate") WHERE "unknownGateways" <> '{}';
