import type { Db } from "#app/lib/db.server.ts";

/** The channel on which the worker hears that something is to be sent; it looks by a timer as well. */
export const outboxChannel = "outbox_waiting";

/** Heard when the caller's transaction commits. */
export async function notifyOutbox(tx: Db): Promise<void> {
  await tx.query("select pg_notify($1, '')", [outboxChannel]);
}
