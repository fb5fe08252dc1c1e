import type { PoolClient } from "pg";
import { isConflict } from "#app/lib/in-repeated-transaction.server.ts";

/** What became of some items: a result for each part that went through together, and each item that cannot go through. */
export type Halved<Item, Result> = { results: Result[]; failed: { item: Item; error: unknown }[] };

/**
 * Handles items together, inside the caller's transaction. What throws is undone and halved until the item that does it stands
 * alone; that one is told, the others go through (law 6).
 * @throws what is no item's fault: a conflict with another transaction (the caller's is to be done again), a lost connection
 */
export async function handleOrHalve<Item, Result>(
  tx: PoolClient,
  items: readonly Item[],
  handle: (items: readonly Item[]) => Promise<Result>,
): Promise<Halved<Item, Result>> {
  if (items.length === 0) return { results: [], failed: [] };
  await tx.query("SAVEPOINT part");
  try {
    const result = await handle(items);
    await tx.query("RELEASE SAVEPOINT part");
    return { results: [result], failed: [] };
  } catch (error) {
    if (isConflict(error)) throw error;
    await tx.query("ROLLBACK TO SAVEPOINT part"); // throws when the connection is gone: then nothing was decided
    await tx.query("RELEASE SAVEPOINT part");
    const [only] = items;
    if (items.length === 1 && only !== undefined) return { results: [], failed: [{ item: only, error }] };
    const middle = Math.ceil(items.length / 2);
    const first = await handleOrHalve(tx, items.slice(0, middle), handle);
    const second = await handleOrHalve(tx, items.slice(middle), handle);
    return {
      results: [...first.results, ...second.results],
      failed: [...first.failed, ...second.failed],
    };
  }
}
