-- The delivery log as people look into it. Both indexes are partial, for every webhook pays for what it has to be written into: what
-- most deliveries become (stored, known, news) is near in the index by time.
CREATE INDEX "WebhookDelivery_rare_outcome" ON "WebhookDelivery" ("shop", "outcome", "receivedAt") WHERE "outcome" <> 'stored' AND "outcome" <> 'known' AND "outcome" <> 'news';

-- Which deliveries were about a record.
CREATE INDEX "WebhookDelivery_record" ON "WebhookDelivery" ("shop", "recordId") WHERE "recordId" IS NOT NULL;
