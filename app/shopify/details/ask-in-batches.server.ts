import type { AppError } from "#app/lib/errors.ts";
import { errorsOfAnswer } from "#app/shopify/client/graphql-answer.ts";

/** An id that Shopify could not be asked for, and why. */
export type FailedDetail = { id: string; error: AppError };

/**
 * Asks for ids a batch at a time. A batch that Shopify refuses (a field it fails on, too dear) is halved until the id that does
 * it stands alone, so that the others come through. What is too dear once is not asked for in that size again.
 * @param ask throws what the client throws
 * @returns the ids that were refused by themselves
 * @throws what is not about the ids: Shopify unreachable, the token refused, the store frozen
 */
export async function askInBatches(
  ids: readonly string[],
  {
    size,
    signal,
    ask,
  }: { size: number; signal?: AbortSignal | undefined; ask: (ids: readonly string[]) => Promise<void> },
): Promise<FailedDetail[]> {
  const failed: FailedDetail[] = [];
  let most = size;
  const queue: (readonly string[])[] = ids.length > 0 ? [ids] : [];
  for (let batch = queue.pop(); batch !== undefined; batch = queue.pop()) {
    signal?.throwIfAborted();
    if (batch.length > most) {
      queue.push(batch.slice(most), batch.slice(0, most));
      continue;
    }
    try {
      await ask(batch);
    } catch (thrown) {
      const errors = errorsOfAnswer(thrown);
      if (errors === null) throw thrown;
      const error = thrown as AppError;
      // A missing permission is missing for each of them.
      if (batch.length === 1 || error.code === "SCOPE_MISSING") {
        failed.push(...batch.map((id) => ({ id, error })));
        continue;
      }
      const middle = Math.ceil(batch.length / 2);
      if (errors.some(({ extensions }) => extensions?.code === "MAX_COST_EXCEEDED")) most = middle;
      queue.push(batch.slice(middle), batch.slice(0, middle));
    }
  }
  return failed;
}
