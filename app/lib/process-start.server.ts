import { inspect } from "node:util";
import type { Db } from "./db.server.ts";
import type { Log } from "./log.server.ts";
import { explainStartFailure } from "./start-failure.ts";

/** Ends a process that could not start, with 1: in words where whoever runs it can do something, else with the stack. */
export function failStart(error: unknown): never {
  const explained = explainStartFailure(error);
  process.stderr.write(
    explained === null ? `${inspect(error)}\n` : `${explained.words}\nWhat to do: ${explained.next}\n`,
  );
  process.exit(1);
}

/** @throws where the database does not answer, refuses, or has no tables */
export async function expectDatabase(db: Db): Promise<void> {
  await db.query(`select from "SyncJob" limit 0`);
}

/** For a process that is up all the same: its log says so at once, and not with the first request. */
export function warnOfDatabase(db: Db, log: Log): void {
  expectDatabase(db).catch((error: unknown) => {
    const explained = explainStartFailure(error);
    log.warn({ err: error, next: explained?.next }, explained?.words ?? "the database could not be asked");
  });
}
