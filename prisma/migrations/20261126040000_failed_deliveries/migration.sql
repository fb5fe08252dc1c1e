-- Deliveries that could not be read, and news that could not be handled: few of many, listed and counted by pages that look often.
CREATE INDEX "WebhookDelivery_failed" ON "WebhookDelivery" ("shop", "receivedAt") WHERE "errorCode" IS NOT NULL AND ("outcome" = 'failed' OR ("outcome" = 'news' AND "processedAt" IS NULL));
