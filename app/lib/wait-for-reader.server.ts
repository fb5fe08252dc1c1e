import { once } from "node:events";
import type { ServerResponse } from "node:http";

/** A reader that takes nothing for so long is given up: its export holds a connection and a snapshot of the database. */
const PATIENCE_MS = 60_000;

/**
 * Resolves once what was written to an answer has left for its reader, or the reader has gone. Remix writes an answer's stream without
 * waiting for the line, so whoever makes a long answer waits here, or all of it is in memory while a slow line takes it.
 */
export async function waitForReader(
  res: Pick<ServerResponse, "writableNeedDrain" | "destroyed" | "destroy"> & NodeJS.EventEmitter,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  if (!res.writableNeedDrain || res.destroyed) return;
  const over = new AbortController();
  const timer = setTimeout(() => {
    res.destroy();
  }, patienceMs);
  try {
    await Promise.race(["drain", "close"].map((event) => once(res, event, { signal: over.signal })));
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}
