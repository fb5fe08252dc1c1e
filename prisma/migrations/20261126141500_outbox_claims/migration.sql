-- What waits, kind by kind in the order in which it was wished: a shop may have switched on one of them while many of the others wait.
CREATE INDEX "Outbox_waiting" ON "Outbox" ("shop", "kind", "seq") WHERE status = 'waiting';
