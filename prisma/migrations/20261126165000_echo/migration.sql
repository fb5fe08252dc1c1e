-- When Shopify says that an order was changed, by the delivery that told it: by that our own changes are known where they come back.
ALTER TABLE "WebhookDelivery" ADD COLUMN "changedAt" TIMESTAMPTZ(3);
-- What Shopify tells of one act has one event id, an order's record among it.
CREATE INDEX "WebhookDelivery_event" ON "WebhookDelivery" ("shop", "eventId") WHERE "changedAt" IS NOT NULL;
