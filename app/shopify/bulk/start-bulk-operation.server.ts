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

/** Shopify lists the newest first. */
const listRecent = `query BulkRecent($search: String!, $after: String) {
  bulkOperations(first: 25, after: $after, query: $search) {
    edges { node { id status query createdAt } }
    pageInfo { hasNextPage endCursor }
  }
}`;

type Started = { id: string; status: string; createdAt: string };
type RunAnswer = { bulkOperationRunQuery: { bulkOperation: Started | null; userErrors: UserError[] } };
type RecentAnswer = {
  bulkOperations: {
    edges: { node: Started & { query: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

/**
 * What is kept, outside this process, of a start that is under way: a worker killed before it could store the operation's id
 * leaves one at Shopify that nobody else knows of.
 */
export type StartMark = {
  /** When an earlier worker began to start it; null when none did. */
  since: Date | null;
  /** Called before Shopify is asked to start: it must be on disk when this returns. */
  keep: (since: Date) => Promise<void>;
};

const LONGEST_SLOT_WAIT_MS = 15_000;
/** After this many starts whose outcome nobody knows, Shopify counts as unreachable. */
const MAX_UNKNOWN_STARTS = 4;
/** A start that was under way when its worker ended may show in the list only now. */
const LAST_START_SHOWS_MS = 1_000;
/** A start that nobody stored may be followed by others, of other queries, for as long as its job was paused. */
const MOST_RECENT_PAGES = 20;
/** Those that may still lead to a file; the others are as good as never started. */
const USABLE = ["CREATED", "RUNNING", "COMPLETED"];

/**
 * Starts a bulk operation and stores it before it is asked about for the first time; returns its gid.
 *
 * Shopify runs five at a time for an app and shop (Shopify's docs, bulk operations). When all are taken this
 * waits its turn, as long as it takes, and never cancels somebody else's. When the answer to the start was
 * lost, or an earlier worker of this job ended before it had stored one, the operation may be running: it is looked
 * for before another is started.
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
    startMark?: StartMark;
    signal: AbortSignal;
    now: () => Date;
    onWait: (text: string) => void;
  },
): Promise<{ id: string }> {
  const { shop, jobId, purpose, window, query } = options;
  const left = await findLeftBehind(db, options);
  const { id, status, at } = left ?? (await start(db, options));
  await saveBulkOperation(db, {
    ...{ shop, jobId, purpose, query, window, id },
    status: status.toUpperCase(),
    now: at,
  });
  return { id };
}

type StartOptions = Parameters<typeof startBulkOperation>[1];
type StartedAt = { id: string; status: string; at: Date };

/** The operation that an earlier worker of this job had started and could not store. */
async function findLeftBehind(db: Db, options: StartOptions): Promise<StartedAt | null> {
  const since = options.startMark?.since;
  if (!since) return null;
  options.onWait("Looking whether Shopify had begun when the worker stopped");
  await pause(LAST_START_SHOWS_MS, options.signal);
  const started = await findStarted(db, { ...options, since });
  return started && { ...started, at: new Date(started.createdAt) };
}

async function start(db: Db, options: StartOptions): Promise<StartedAt> {
  const { client, query, startMark, signal, now, onWait } = options;
  const begin = now();
  await startMark?.keep(begin);
  signal.throwIfAborted(); // a worker that finds out here that its job is another's starts nothing
  let waits = 0;
  let unknown = 0;
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
      started = await findStarted(db, { ...options, since: begin });
    }
    if (started) return { ...started, at: now() };
  }
}

/** An operation of exactly this query that began since and that no job of ours owns. Clocks may differ by a minute. */
async function findStarted(
  db: Db,
  options: { client: AdminClient; shop: string; query: string; since: Date },
): Promise<Started | null> {
  const { shop, client } = options;
  const query = options.query.trim();
  const since = new Date(options.since.getTime() - 60_000).toISOString();
  const search = `operation_type:query created_at:>='${since.slice(0, 19)}Z'`;
  const page = (after: string | null) => client.graphql<RecentAnswer>(listRecent, { search, after });
  let recent = (await page(null)).data.bulkOperations;
  for (let pages = 1; ; pages++) {
    const same = recent.edges
      .map((edge) => edge.node)
      .filter((node) => node.query.trim() === query && USABLE.includes(node.status.toUpperCase()));
    const known = await listKnownBulkOperations(db, { shop, ids: same.map((node) => node.id) });
    const found = same.find((node) => !known.has(node.id));
    if (found) return found;
    if (!recent.pageInfo.hasNextPage || pages === MOST_RECENT_PAGES) return null;
    recent = (await page(recent.pageInfo.endCursor)).data.bulkOperations;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {
    signal.throwIfAborted();
  });
}
