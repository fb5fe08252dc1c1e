-- When an intent was over (sent, found done, or not to be sent): it is kept for a time from then on.
ALTER TABLE "Outbox" ADD COLUMN "endedAt" TIMESTAMPTZ(3);
UPDATE "Outbox" SET "endedAt" = coalesce("sentAt", "createdAt") WHERE status IN ('sent', 'already', 'dropped');
-- The whole list, newest or oldest first.
CREATE INDEX "Outbox_shop_createdAt_id_idx" ON "Outbox"("shop", "createdAt", "id");
-- What is over, for retention and for what was sent lately.
CREATE INDEX "Outbox_shop_endedAt_id_idx" ON "Outbox"("shop", "endedAt", "id");
-- What waits for a person, among a million that were sent.
CREATE INDEX "Outbox_to_decide" ON "Outbox" ("shop", "createdAt", "id") WHERE status IN ('conflict', 'refused');
