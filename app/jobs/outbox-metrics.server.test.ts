import { Registry } from "prom-client";
import { expect } from "vitest";
import { createLog } from "#app/lib/log.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { registerOutboxMetrics } from "./outbox-metrics.server.ts";

test("what waits, what was sent lately and what failed, and how old the oldest is that was tried", async ({
  database,
}) => {
  const now = new Date("2026-11-26T12:00:00Z");
  const register = new Registry();
  registerOutboxMetrics({ database, log: createLog("silent"), now: () => now }, register);
  await database.pool.query(
    `with shop as (insert into "Shop" (shop) values ('a.myshopify.com') returning shop)
     insert into "Outbox" (shop, id, kind, entity, "entityId", payload, "idempotencyKey", status, attempts, "createdAt", "endedAt")
     select shop, place::text, kind, 'order', place::text, '{}', place::text, status, attempts, at::timestamptz, ended::timestamptz
       from shop, (values (1, 'orderCancel', 'waiting', 0, '2026-11-26T09:00:00Z', null), (2, 'orderCancel', 'waiting', 3, '2026-11-26T11:00:00Z', null),
         (3, 'orderCancel', 'sent', 1, '2026-11-26T08:00:00Z', '2026-11-26T11:30:00Z'), (4, 'orderEdit', 'refused', 1, '2026-11-26T08:00:00Z', null),
         (5, 'orderCancel', 'sent', 1, '2026-11-26T08:00:00Z', '2026-11-26T10:59:00Z'))
         as rows (place, kind, status, attempts, at, ended)`,
  );
  const figures = (await register.metrics())
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  expect(figures).toEqual([
    'outbox_intents{kind="orderCancel",status="waiting"} 2',
    'outbox_intents{kind="orderEdit",status="refused"} 1',
    'outbox_ended_last_hour{kind="orderCancel",status="sent"} 1',
    'outbox_oldest_due_seconds{kind="orderCancel"} 3600',
  ]);
});
