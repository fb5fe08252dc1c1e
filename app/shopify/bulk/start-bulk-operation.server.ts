import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { AdminClient } from "../client/admin-client.server.ts";
import { throwUserErrors, type UserError } from "../client/user-errors.ts";
import { listKnownBulkOperations, saveBulkOperation } from "./bulk-operation-rows.server.ts";
import type { BulkPurpose, BulkWindow } from "./bulk-purpose.ts";

/** groupObjects false: grouping is slower and may time out, and children are joined by `__parentId` anyway. */
const runQuery = `mutation BulkRun($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: false) {
    bulkOperation { id status createdAt }
    userErrors { field message code }
  }
}`;

const listRecent = `query BulkRecent($search: String!) {
  bulkOperations(first: 25, query: $search) { edges { node { id status query createdAt } } }
}`;

type Started = { id: string; status: string };
type RunAnswer = { bulkOperationRunQuery: { bulkOperation: Started | null; userErrors: UserError[] } };
type RecentAnswer = { bulkOperations: { edges: { node: Started & { query: string } }[] } };

const LONGEST_SLOT_WAIT_MS = 15_000;
/** After this many starts whose outcome nobody knows, Shopify counts as unreachable. */
const MAX_UNKNOWN_STARTS = 4;

/**
 * Starts a bulk operation and stores it before it is asked about for the first time; returns its gid.
 *
 * Shopify runs five at a time for an app and shop (Shopify's docs, bulk operations). When all are taken this
 * waits its turn, as long as it takes, and never cancels somebody else's. When the answer to the start was
 * lost, or whoever heard it was killed, the operation may be running: it is looked for before another is started.
 * Throws SHOPIFY_REFUSED with Shopify's words when the document is not accepted.
 */
export async function startBulkOperation(
  db: Db,
  options: {
    client: AdminClient;
    shop: string;
    jobId: string;
    purpose: BulkPurpose;
    window: BulkWindow | null;
    query: string;
    /** Since when it may have been started already by somebody who did not live to store it. */
    begunAt?: Date | undefined;
    signal: AbortSignal;
    now: () => Date;
    onWait: (text: string) => void;
  },
): Promise<{ id: string }> {
  const { client, shop, jobId, purpose, window, query, signal, now, onWait } = options;
  const begin = now();
  let waits = 0;
  let unknown = 0;
  const keep = async ({ id, status }: Started) => {
    const row = { shop, jobId, purpose, query, window, id, status: status.toUpperCase(), now: now() };
    await saveBulkOperation(db, row);
    return { id };
  };
  const begun = options.begunAt && (await findStarted(db, { client, shop, query, since: options.begunAt }));
  if (begun) return keep(begun);
  for (;;) {
    let started: Started | null;
    try {
      const { data } = await client.graphql<RunAnswer>(runQuery, { query }, { repeatable: false });
      const { bulkOperation, userErrors } = data.bulkOperationRunQuery;
      if (
        userErrors.some((error) => error.code === "OPERATION_IN_PROGRESS" || error.code === "LIMIT_REACHED")
      ) {
        waits += 1;
        onWait("All bulk operation slots of this shop are taken: waiting for one");
        await pause(Math.min(LONGEST_SLOT_WAIT_MS, 500 * 2 ** Math.min(waits, 6)), signal);
        continue;
      }
      throwUserErrors(userErrors);
      started = bulkOperation;
    } catch (error) {
      if (!(error instanceof AppError && error.code === "SHOPIFY_UNREACHABLE")) throw error;
      unknown += 1;
      if (unknown >= MAX_UNKNOWN_STARTS) throw error;
      onWait("Shopify did not answer the start: looking whether it began");
      await pause(500 * 2 ** unknown, signal);
      started = await findStarted(db, { client, shop, query, since: begin });
    }
    if (started) return keep(started);
  }
}

/** An operation of exactly this query that began since and that no job of ours owns. Clocks may differ by a minute. */
async function findStarted(
  db: Db,
  options: { client: AdminClient; shop: string; query: string; since: Date },
): Promise<Started | null> {
  const since = new Date(options.since.getTime() - 60_000).toISOString();
  const { data } = await options.client.graphql<RecentAnswer>(listRecent, {
    search: `operation_type:query created_at:>='${since.slice(0, 19)}Z'`,
  });
  const same = data.bulkOperations.edges
    .map((edge) => edge.node)
    .filter((node) => node.query.trim() === options.query.trim());
  const known = await listKnownBulkOperations(db, { shop: options.shop, ids: same.map((node) => node.id) });
  return same.find((node) => !known.has(node.id)) ?? null;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {
    signal.throwIfAborted();
  });
}
