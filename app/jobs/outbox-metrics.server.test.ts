import { Registry } from "prom-client";
import { expect } from "vitest";
import { createLog } from "#app/lib/log.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { registerOutboxMetrics } from "./outbox-metrics.server.ts";

test("what waits, what was sent and what failed, and how old the oldest is that was tried", async ({
  database,
}) => {
  const now = new Date("2026-11-26T12:00:00Z");
  const register = new Registry();
  registerOutboxMetrics({ database, log: createLog("silent"), now: () => now }, register);
  await database.pool.query(
    `insert into "Outbox" (shop, id, kind, entity, "entityId", payload, "idempotencyKey", status, attempts, "createdAt")
     select 'a.myshopify.com', place::text, kind, 'order', place::text, '{}', place::text, status, attempts, at::timestamptz
       from (values (1, 'orderCancel', 'waiting', 0, '2026-11-26T09:00:00Z'), (2, 'orderCancel', 'waiting', 3, '2026-11-26T11:00:00Z'),
         (3, 'orderCancel', 'sent', 1, '2026-11-26T08:00:00Z'), (4, 'orderEdit', 'refused', 1, '2026-11-26T08:00:00Z'))
         as rows (place, kind, status, attempts, at)`,
  );
  const figures = (await register.metrics())
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(figures).toEqual([
    'outbox_intents{kind="orderCancel",status="sent"} 1',
    'outbox_intents{kind="orderCancel",status="waiting"} 2',
    'outbox_intents{kind="orderEdit",status="refused"} 1',
    'outbox_oldest_due_seconds{kind="orderCancel"} 3600',
  ]);
});
