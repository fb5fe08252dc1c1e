import type { Pool, PoolClient } from "pg";
import type { CacheEntry } from "#app/cache/claim-pending.server.ts";
import { claimProcessed } from "#app/cache/claim-processed.server.ts";
import type { QueuedKind } from "#app/cache/cache-tables.ts";
import { handleOrHalve } from "#app/cache/handle-or-halve.server.ts";
import { markProcessed } from "#app/cache/mark-processed.server.ts";
import { describeFailure, type BatchHandler } from "#app/cache/process-batches.server.ts";
import { foreseeByHandler } from "#app/erp/backfill/foresee-by-handler.server.ts";
import { foreseeOrders, refillOrders } from "#app/erp/backfill/foresee-orders.server.ts";
import type { Foreseen } from "#app/erp/backfill/foreseen.ts";
import { processProducts } from "#app/erp/catalog/process-products.server.ts";
import { processCustomers } from "#app/erp/customers/process-customers.server.ts";
import { processInventory } from "#app/erp/inventory/process-inventory.server.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";

type Batch = { shop: string; entries: readonly CacheEntry[]; now: Date };
type Backfiller = {
  foresee: (tx: PoolClient, batch: Batch) => Promise<Foreseen>;
  handle: BatchHandler;
};

const backfillers: Record<QueuedKind, Backfiller> = {
  product: { foresee: foreseeByHandler("product", processProducts), handle: processProducts },
  customer: { foresee: foreseeByHandler("customer", processCustomers), handle: processCustomers },
  order: { foresee: foreseeOrders, handle: refillOrders },
  inventory: { foresee: foreseeByHandler("inventory", processInventory), handle: processInventory },
};

/** What was found; after a real run also what was done. `passedOver`: another worker holds them, or they wait for the processor. */
export type BackfilledPage = Foreseen & { passedOver: string[] };

/**
 * One page of a backfill in one transaction: what processing these entries again would change is found and taken back; in a real
 * run those that would change are then processed for good. What cannot be processed is counted and stays as it is: an entry
 * that once was processed does not become a failure.
 * @param save called last in the transaction, with what happened
 */
export async function backfillPage(
  pool: Pool,
  {
    shop,
    kind,
    ids,
    now,
    dryRun,
    save,
  }: {
    shop: string;
    kind: QueuedKind;
    ids: readonly string[];
    now: Date;
    dryRun: boolean;
    save: (tx: PoolClient, page: BackfilledPage) => Promise<void>;
  },
): Promise<void> {
  await inRepeatedTransaction(pool, async (tx) => {
    const entries = await claimProcessed(tx, { shop, kind, ids });
    const foreseen = await foresee(tx, kind, { shop, entries, now });
    const page = dryRun ? foreseen : await fill(tx, kind, { shop, entries, now }, foreseen);
    const held = new Set(entries.map(({ id }) => id));
    await save(tx, { ...page, passedOver: ids.filter((id) => !held.has(id)) });
  });
}

async function foresee(tx: PoolClient, kind: QueuedKind, { shop, entries, now }: Batch): Promise<Foreseen> {
  await tx.query("SAVEPOINT look");
  const { results, failed } = await handleOrHalve(tx, entries, (part) =>
    backfillers[kind].foresee(tx, { shop, entries: part, now }),
  );
  // Locks that were taken for the look go with it; the entries stay held.
  await tx.query("ROLLBACK TO SAVEPOINT look");
  await tx.query("RELEASE SAVEPOINT look");
  const columns: Record<string, number> = {};
  for (const result of results)
    for (const [name, count] of Object.entries(result.columns)) columns[name] = (columns[name] ?? 0) + count;
  return {
    entries: results.flatMap((result) => result.entries),
    failed: [
      ...results.flatMap((result) => result.failed),
      ...failed.map(({ item, error }) => ({ id: item.id, ...describeFailure(error) })),
    ],
    columns,
  };
}

async function fill(
  tx: PoolClient,
  kind: QueuedKind,
  { shop, entries, now }: Batch,
  foreseen: Foreseen,
): Promise<Foreseen> {
  const changing = new Set(
    foreseen.entries.filter(({ outcome }) => outcome !== "unchanged").map(({ id }) => id),
  );
  const { results, failed } = await handleOrHalve(
    tx,
    entries.filter(({ id }) => changing.has(id)),
    (part) => backfillers[kind].handle(tx, { shop, entries: part, now }),
  );
  const done = results.flatMap((result) => result.done);
  await markProcessed(tx, { shop, kind, now, done, failed: [] });
  return {
    ...foreseen,
    entries: [...foreseen.entries.filter(({ id }) => !changing.has(id)), ...done],
    failed: [
      ...foreseen.failed,
      ...results.flatMap((result) => result.failed),
      ...failed.map(({ item, error }) => ({ id: item.id, ...describeFailure(error) })),
    ],
  };
}
