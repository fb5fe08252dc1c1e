import { Gauge, type Registry } from "prom-client";
import type { Database } from "#app/lib/db.server.ts";
import type { Log } from "#app/lib/log.server.ts";
import { loadOutboxFigures } from "#app/outbox/load-outbox-figures.server.ts";

/**
 * What all shops' ERPs wished in Shopify and how it stands, read from the database when it is asked for: the same in every web
 * process, and true though no worker runs. When the database does not answer there are none.
 */
export function registerOutboxMetrics(
  { database, log, now }: { database: Pick<Database, "pool">; log: Log; now: () => Date },
  register: Registry,
): void {
  const ask = () =>
    loadOutboxFigures(database.pool, now()).catch((error: unknown) => {
      log.warn({ err: error }, "the figures of the outbox could not be read from the database");
      return { open: [], ended: [] };
    });
  // The gauges of one scrape are read by one question.
  let asked: ReturnType<typeof ask> | null = null;
  const look = () =>
    (asked ??= ask().finally(() => {
      asked = null;
    }));
  new Gauge({
    ...{ name: "outbox_intents", help: "What was wished in Shopify and is open, by kind and how it stands." },
    ...{ labelNames: ["kind", "status"], registers: [register] },
    async collect() {
      this.reset();
      for (const { kind, status, intents } of (await look()).open) this.set({ kind, status }, intents);
    },
  });
  new Gauge({
    ...{ name: "outbox_ended_last_hour", help: "What was sent, found done or dropped in the last hour." },
    ...{ labelNames: ["kind", "status"], registers: [register] },
    async collect() {
      this.reset();
      for (const { kind, status, intents } of (await look()).ended) this.set({ kind, status }, intents);
    },
  });
  new Gauge({
    name: "outbox_oldest_due_seconds",
    help: "Of what was tried and still waits, the longest time since it was wished.",
    ...{ labelNames: ["kind"], registers: [register] },
    async collect() {
      this.reset();
      for (const { kind, status, oldestTriedSeconds } of (await look()).open)
        if (status === "waiting" && oldestTriedSeconds !== null) this.set({ kind }, oldestTriedSeconds);
    },
  });
}
