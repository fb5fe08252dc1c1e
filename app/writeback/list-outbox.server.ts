import type { Db } from "#app/lib/db.server.ts";
import { explainError } from "#app/lib/errors.ts";
import type { ListAt, ListPage } from "#app/lib/list-page.ts";
import { listIntents, type IntentFilter, type IntentRow } from "#app/outbox/list-intents.server.ts";
import type { Conflict } from "./plan.ts";
import { nameIntents, type NamedIntent } from "./name-intents.server.ts";

/** An intent for a page: what was wished of which order, how it stands, and what a person can do. Times ISO. */
export type OutboxRow = Omit<IntentRow, "payload" | "conflict" | "answer"> &
  NamedIntent & {
    /** Both sides, where they differ. */
    conflict: Conflict | null;
    /** What came of it, in words; null where there is no more to say than its status. */
    said: string | null;
    /** What to do about `errorCode`. */
    next: string | null;
  };

/** One page of what was wished in Shopify, in words. */
export async function listOutbox(
  db: Db,
  options: { shop: string; sort?: string; at?: ListAt; limit: number } & IntentFilter,
): Promise<ListPage<OutboxRow>> {
  const page = await listIntents(db, options);
  const named = await nameIntents(db, { shop: options.shop, rows: page.rows });
  return { ...page, rows: named.map(toOutboxRow) };
}

function toOutboxRow({ payload: _, conflict, answer, ...row }: IntentRow & NamedIntent): OutboxRow {
  const both = conflict as Conflict | null;
  const { said = null, next = null } = (answer ?? {}) as { said?: string; next?: string };
  const usual = row.errorCode === null ? null : explainError(row.errorCode).next;
  return { ...row, conflict: both, said, next: both?.next ?? next ?? usual };
}
