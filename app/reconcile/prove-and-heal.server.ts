import { wakeEntries } from "#app/cache/wake-entries.server.ts";
import type { DayProof } from "./day-proof.ts";
import { proveDay, type ProofContext, type ProofOfDay } from "./prove-day.server.ts";
import { saveProof } from "./save-proof.server.ts";

/** Brings the orders with these ids in from Shopify, or has it done. */
export type HealOrders = (ids: string[], proof: DayProof) => Promise<void>;

/**
 * Proves a day; where orders are missing or differ, has them fetched at once and proves the day again. Each proof is
 * stored, so that what was found stands even if the healing fails. What is in the cache of such an order already is
 * processed once more: the fault may be ours.
 * @returns the last proof
 * @throws what `heal` throws, and what `proveDay` throws
 */
export async function proveAndHeal(
  context: ProofContext & { now: () => Date },
  { heal, ...day }: Omit<ProofOfDay, "now"> & { heal: HealOrders },
): Promise<DayProof> {
  const { pool } = context.database;
  const prove = async () => {
    const proof = await proveDay(context, { ...day, now: context.now() });
    await saveProof(pool, proof);
    return proof;
  };
  const found = await prove();
  const ids = [...found.missing, ...found.differing];
  if (ids.length === 0) return found;
  await wakeEntries(pool, { shop: day.shop, kind: "order", ids });
  await heal(ids, found);
  return prove();
}
