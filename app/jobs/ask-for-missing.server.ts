import type { Pool, PoolClient } from "pg";
import { cacheTables } from "#app/cache/cache-tables.ts";
import { SURELY_SHOWN_MS } from "#app/cache/hidden-orders.server.ts";
import { wishFor } from "#app/cache/wish-for.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { untilAborted } from "#app/lib/until-aborted.ts";
import type { BulkPurpose, BulkWindow } from "#app/shopify/bulk/bulk-purpose.ts";
import { bulkShapes } from "#app/shopify/bulk/bulk-shapes.ts";
import { readLevels } from "#app/shopify/bulk/read-levels.server.ts";
import { readRootIds } from "#app/shopify/bulk/read-root-ids.server.ts";
import type { StoredFile } from "#app/shopify/bulk/run-bulk-operation.server.ts";
import type { JobContext } from "./job-context.server.ts";
import type { JobHandle } from "./job-progress.server.ts";
import { kindWords } from "./process-pending.server.ts";

const NOT_IN_THE_DUMP = "Not in the full dump";
/** Ids of the file a statement. */
const COMPARED_AT_ONCE = 10_000;
/** Wishes a transaction. */
const WISHED_AT_ONCE = 1_000;

type DumpedPurpose = Exclude<BulkPurpose, "fulfillment_orders">;
const kinds = {
  products: "product",
  customers: "customer",
  orders: "order",
  inventory: "inventory",
} as const satisfies Record<DumpedPurpose, string>;

/** What a dump was to show. */
type Scope = {
  shop: string;
  purpose: DumpedPurpose;
  /** Of creation dates, which only orders have. */
  window: BulkWindow | null;
  operationId: string;
};

/**
 * No dump shows that a record was deleted, and the webhook that told of it may have been lost. So after a dump whose counts
 * agreed (law 9), what we hold and the dump should have shown but did not is wished for: the fetch then finds it gone or
 * brings it. Nothing is archived for being absent.
 *
 * Costs one count, unless we hold more than was dumped: only then the file is read again for its ids. What can come back (stock)
 * is always looked for: one that came back would stand in the count for one that is missing.
 * @returns how many are wished for
 */
export async function askForMissing(
  { database: { pool }, now }: Pick<JobContext, "database" | "now">,
  job: Pick<JobHandle, "shop" | "step">,
  options: Omit<Scope, "shop" | "operationId"> & {
    scopes: readonly string[];
    signal: AbortSignal;
    stored: StoredFile;
  },
): Promise<number> {
  const { purpose, window, scopes, signal, stored } = options;
  const { shop } = job;
  const scope: Scope = { shop, purpose, window, operationId: stored.operationId };
  const kind = kinds[purpose];
  const words = kindWords[kind];
  if (!cacheTables[kind].comesBack) {
    const { created, updated, unchanged, superseded } = stored.result;
    const dumped = created + updated + unchanged + superseded; // without what the shop has forgotten, which we do not hold
    const held = await countHeld(pool, scope);
    if (held <= dumped) return 0;
    job.step(
      `We hold ${String(held)} ${words}, the dump ${String(dumped)}: looking for those that are not in it`,
    );
  }
  const shownSince =
    purpose === "orders" && !scopes.includes("read_all_orders")
      ? new Date(now().getTime() - SURELY_SHOWN_MS)
      : null;
  return onOneConnection(pool, signal, async (own) => {
    await own.query(`CREATE TEMP TABLE "MissingInDump" (id text PRIMARY KEY)`);
    await putExpected(own, { ...scope, shownSince });
    if (stored.path !== null)
      for await (const ids of readIds(purpose, stored.path, signal))
        await own.query(
          `DELETE FROM "MissingInDump" m USING unnest($1::text[]) AS dumped(id) WHERE m.id = dumped.id`,
          [ids],
        );
    const { rows } = await own.query<{ count: number }>(`SELECT count(*)::int AS count FROM "MissingInDump"`);
    const count = rows[0]?.count ?? 0;
    if (count === 0) return 0;
    job.step(`${String(count)} ${words} of ours are not in the dump: asking Shopify for them`, {
      level: "warn",
    });
    // Wished for page by page: no entry is locked for longer than its page takes.
    for (let ids = await nextPage(own, ""); ids.length > 0; ids = await nextPage(own, ids.at(-1) ?? "")) {
      signal.throwIfAborted();
      const wishes = ids.map((id) => ({ id, reason: NOT_IN_THE_DUMP, at: now() }));
      await own.query("BEGIN");
      await wishFor(own, { shop, kind, wishes });
      await own.query("COMMIT");
    }
    return count;
  });
}

/** The ids of a file as the cache knows them: of its roots, or of the stock levels of its items. */
async function* readIds(purpose: DumpedPurpose, path: string, signal: AbortSignal): AsyncGenerator<string[]> {
  const size = COMPARED_AT_ONCE;
  if (purpose === "inventory")
    for await (const levels of readLevels({ path, size, signal })) yield levels.map(({ id }) => id);
  else yield* readRootIds({ path, shape: bulkShapes[purpose], size, signal });
}

/**
 * Gives `work` a connection for temporary tables and transactions of its own. It asks the pool for no second one while it
 * holds this: a pool's last connections would wait for each other. The connection is not used again, so what `work` leaves
 * (the table, an open transaction) ends with it; so does a statement that is under way when `signal` aborts, for one over a
 * million entries takes longer than a wish may wait.
 */
async function onOneConnection<T>(
  pool: Pool,
  signal: AbortSignal,
  work: (own: PoolClient) => Promise<T>,
): Promise<T> {
  const own = await pool.connect();
  // Without a listener, a connection lost between two queries would end the process; the next query says so anyway.
  own.on("error", () => undefined);
  try {
    return await untilAborted(work(own), signal);
  } finally {
    own.release(true);
  }
}

/** The entries of the scope's kind; of orders with what the ERP knows of them, which alone says when they were made. */
function entriesOf(purpose: DumpedPurpose): string {
  const { table } = cacheTables[kinds[purpose]];
  return purpose === "orders"
    ? `(SELECT c.id, c."deletedAt", o."shopifyCreatedAt" AS made, coalesce(c."shopifyUpdatedAt", c."receivedAt") AS seen
         FROM "${table}" c LEFT JOIN "Order" o ON o.shop = c.shop AND o."shopifyOrderId" = c.id WHERE c.shop = $1)`
    : `(SELECT id, "deletedAt", NULL::timestamptz AS made, coalesce("shopifyUpdatedAt", "receivedAt") AS seen
         FROM "${table}" WHERE shop = $1)`;
}

/** Shopify is asked for whole seconds, and dates what it tells in whole seconds. */
const OPERATION = `(SELECT date_trunc('second', "createdAt") AS began,
    coalesce(date_trunc('second', "windowStart"), '-infinity') AS start,
    coalesce(date_trunc('second', "windowEnd"), 'infinity') AS "end"
  FROM "ShopifyBulkOperation" WHERE shop = $1 AND id = $2)`;

/**
 * Never fewer than we hold of what the dump has shown, so that what is missing cannot hide behind what is not: all that is not
 * known to be outside. That counts entries not in the ERP in any window, and what was made, deleted or forgotten while the dump
 * ran (it may have been paused for days, half of it stored); such a one at most makes the file be read for nothing.
 */
async function countHeld(db: Db, { shop, purpose, operationId }: Scope): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::int + (SELECT count(*)::int FROM "RedactionTombstone" t, ${OPERATION} w
       WHERE t.shop = $1 AND t.kind = $3 AND t."createdAt" >= w.began) AS count
     FROM ${entriesOf(purpose)} e, ${OPERATION} w
     WHERE (e."deletedAt" IS NULL OR e."deletedAt" >= w.began) AND (e.made IS NULL OR (e.made >= w.start AND e.made < w."end"))`,
    [shop, operationId, kinds[purpose]],
  );
  return rows[0]?.count ?? 0;
}

/**
 * What the dump must have shown: there before it began, not known to be deleted, in its window, and not hidden from us. In a
 * window an order that is not in the ERP cannot be dated and is left out.
 */
async function putExpected(
  tx: Db,
  { shop, purpose, window, operationId, shownSince }: Scope & { shownSince: Date | null },
): Promise<void> {
  await tx.query(
    `INSERT INTO "MissingInDump" SELECT e.id FROM ${entriesOf(purpose)} e, ${OPERATION} w
     WHERE e."deletedAt" IS NULL AND coalesce(e.made, e.seen) < w.began
       AND (NOT $3 OR (e.made >= w.start AND e.made < w."end")) AND ($4::timestamptz IS NULL OR e.made >= $4)`,
    [shop, operationId, window !== null, shownSince],
  );
  await tx.query(`ANALYZE "MissingInDump"`);
}

async function nextPage(tx: Db, after: string): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM "MissingInDump" WHERE id > $1 ORDER BY id LIMIT $2`,
    [after, WISHED_AT_ONCE],
  );
  return rows.map(({ id }) => id);
}
