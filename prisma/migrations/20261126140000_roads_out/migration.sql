-- What the worker needs to send intents in their order, one at a time for each order, and to say how each ended.
ALTER TABLE "Outbox"
  ADD COLUMN "seq" BIGSERIAL NOT NULL,
  ADD COLUMN "actor" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "leasedUntil" TIMESTAMPTZ(3),
  ADD COLUMN "conflict" JSONB;

-- Only what is still open is looked for; what was sent is most of the table.
CREATE INDEX "Outbox_open" ON "Outbox" ("shop", "entity", "entityId", "seq") WHERE status IN ('waiting', 'conflict', 'refused');
