import type { Db } from "#app/lib/db.server.ts";
import { explainError } from "#app/lib/errors.ts";
import type { ListAt, ListPage } from "#app/lib/list-page.ts";
import { earlierOpen } from "#app/outbox/earlier-open.ts";
import {
  kindsThatLeave,
  standingOf,
  type IntentStanding,
  type KindSwitches,
} from "#app/outbox/intent-standing.ts";
import type { IntentRow } from "#app/outbox/intent-row.ts";
import { listIntents, type IntentFilter } from "#app/outbox/list-intents.server.ts";
import { loadKindSwitches } from "#app/outbox/load-kind-switches.server.ts";
import { findOutboxRecords } from "./find-outbox-records.server.ts";
import { nameIntents } from "./name-intents.server.ts";
import type { NamedIntent, OutboxRow } from "./outbox-row.ts";
import type { Conflict } from "./plan.ts";

export type OutboxQuestion = Omit<IntentFilter, "entityIds"> & {
  /** An order's number, AWB or SKU; empty: of all. */
  search?: string | undefined;
};

/**
 * One page of what was wished in Shopify, in words.
 * @throws AppError VALIDATION where the shop's stored settings cannot be read
 */
export async function listOutbox(
  db: Db,
  {
    search = "",
    now,
    ...options
  }: { shop: string; sort?: string; at?: ListAt; limit: number; now: Date } & OutboxQuestion,
): Promise<ListPage<OutboxRow>> {
  const { shop } = options;
  const entityIds = search === "" ? undefined : await findOutboxRecords(db, { shop, search });
  const page = await listIntents(db, { ...options, entityIds });
  const switches = await loadKindSwitches(db, { shop });
  const behind = await findBehind(db, { shop, rows: page.rows, switches });
  const named = await nameIntents(db, { shop, rows: page.rows });
  return {
    ...page,
    rows: named.map((row) =>
      toOutboxRow(row, standingOf({ ...row, isBehind: behind.has(row.id) }, switches, now)),
    ),
  };
}

/** Those of them before which something of the same record, of a kind that leaves, is still open. */
async function findBehind(
  db: Db,
  { shop, rows, switches }: { shop: string; rows: readonly IntentRow[]; switches: KindSwitches },
): Promise<ReadonlySet<string>> {
  const waiting = rows.filter(({ status }) => status === "waiting").map(({ id }) => id);
  if (waiting.length === 0) return new Set();
  const found = await db.query<{ id: string }>(
    `select o.id from "Outbox" o where o.shop = $1 and o.id = any($2) and ${earlierOpen("o", "$3")}`,
    [shop, waiting, kindsThatLeave(switches)],
  );
  return new Set(found.rows.map(({ id }) => id));
}

function toOutboxRow(
  { payload: _, conflict, answer, leasedUntil: __, ...row }: IntentRow & NamedIntent,
  standing: IntentStanding,
): OutboxRow {
  const both = conflict as Conflict | null;
  const { said = null, next = null } = (answer ?? {}) as { said?: string; next?: string };
  const usual = row.errorCode === null ? null : explainError(row.errorCode).next;
  return { ...row, standing, conflict: both, said, next: both?.next ?? next ?? usual };
}
