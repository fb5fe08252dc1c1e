import { wakeEntries } from "#app/cache/wake-entries.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { DayProof } from "./day-proof.ts";
import { refusalWords } from "./explain-refusal.ts";
import { proveDay, type ProofContext, type ProofOfDay } from "./prove-day.server.ts";
import { saveProof } from "./save-proof.server.ts";

/**
 * Brings the orders with these ids in from Shopify, or has it done.
 * @throws AppError why some of them could not be: the proof says so, no more
 */
export type HealOrders = (ids: string[], proof: DayProof) => Promise<void>;

/**
 * Proves a day; where orders are missing or differ, has them fetched at once and proves the day again. Each proof is
 * stored, so that what was found stands even if the healing fails. What is in the cache of such an order already is
 * processed once more: the fault may be ours.
 * @returns the last proof; of a healing that Shopify was in the way of, with the reason as its `problem`
 * @throws what `heal` throws beside AppError, and what `proveDay` throws
 */
export async function proveAndHeal(
  context: ProofContext & { now: () => Date },
  { heal, ...day }: Omit<ProofOfDay, "now"> & { heal: HealOrders },
): Promise<DayProof> {
  const { pool } = context.database;
  const prove = () => proveDay(context, { ...day, now: context.now() });
  const found = await prove();
  await saveProof(pool, found);
  const ids = [...found.missing, ...found.differing];
  if (ids.length === 0) return found;
  await wakeEntries(pool, { shop: day.shop, kind: "order", ids });
  const hindrance = await hindranceTo(() => heal(ids, found), day.signal);
  const again = await prove();
  const proof = hindrance === null ? again : withHindrance(found, again, hindrance);
  await saveProof(pool, proof);
  return proof;
}

/** What Shopify had against it. A wish to stop goes to the top, and so does a bug. */
async function hindranceTo(heal: () => Promise<void>, signal?: AbortSignal): Promise<AppError | null> {
  try {
    await heal();
    return null;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** Where Shopify could not be asked the second time either, what was found the first time stands. */
function withHindrance(found: DayProof, again: DayProof, hindrance: AppError): DayProof {
  const proof = again.refusal === null ? again : found;
  if (proof.missing.length + proof.differing.length === 0) return proof;
  const words = `Not everything could be fetched: ${refusalWords(hindrance)}`;
  return { ...proof, problem: proof.problem === null ? words : `${proof.problem} ${words}` };
}
