import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Log } from "#app/lib/log.server.ts";

export type Listener = { close(): Promise<void> };

/**
 * Listens on PostgreSQL channels with a connection of its own, for as long as the process wants. A lost
 * connection is made again; `onMessage` must not rely on every message (who listens also looks by a timer).
 */
export function listen(options: {
  databaseUrl: string;
  channels: readonly string[];
  onMessage: (channel: string, payload: string) => void;
  log: Log;
}): Listener {
  const { databaseUrl, channels, onMessage, log } = options;
  const closing = new AbortController();
  const { signal } = closing;

  async function connectOnce(): Promise<void> {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: "erp-sync-listen",
      keepAlive: true,
    });
    const lost = new Promise<void>((resolve) => {
      client.on("error", () => {
        resolve();
      });
      client.on("end", () => {
        resolve();
      });
      signal.addEventListener("abort", () => {
        resolve();
      });
    });
    try {
      await client.connect();
      client.on("notification", ({ channel, payload }) => {
        onMessage(channel, payload ?? "");
      });
      for (const channel of channels) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      await lost;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await connectOnce().catch((error: unknown) => {
        log.warn({ err: error }, "listening to the database was interrupted");
      });
      await sleep(1_000, undefined, { signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    async close() {
      closing.abort();
      await running;
    },
  };
}
