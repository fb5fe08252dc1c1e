import { createHash } from "node:crypto";

import type { Db } from "./db.server.ts";
import { AppError } from "./errors.ts";

/** A request of a caller who may have to send it twice, because no answer came. */
export type OnceRequest = { caller: string; key: string; request: unknown };

/**
 * Does the work of a request once, in the caller's transaction: the key stands or falls with what was done. The same request again gets the
 * first answer; one that comes at the same time waits for it. What is refused leaves no key behind, and may be tried again.
 * @throws AppError IDEMPOTENCY_MISMATCH for a key that stood for another request
 */
export async function answerOnce<Answer extends object>(
  tx: Db,
  { shop, once, now }: { shop: string; once: OnceRequest | undefined; now: Date },
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (once === undefined) return work();
  const own = [shop, once.caller, once.key];
  const hash = createHash("sha256").update(sortedJson(once.request)).digest("hex");
  const { rowCount } = await tx.query(
    `insert into "IdempotentAnswer" (shop, caller, "idempotencyKey", "requestHash", "createdAt") values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [...own, hash, now],
  );
  if (rowCount === 1) {
    const answer = await work();
    await tx.query(
      `update "IdempotentAnswer" set answer = $4 where shop = $1 and caller = $2 and "idempotencyKey" = $3`,
      [...own, JSON.stringify(answer)],
    );
    return answer;
  }
  const { rows } = await tx.query<{ requestHash: string; answer: Answer }>(
    `select "requestHash", answer from "IdempotentAnswer" where shop = $1 and caller = $2 and "idempotencyKey" = $3`,
    own,
  );
  const [known] = rows;
  if (known?.requestHash === hash) return known.answer;
  throw new AppError("IDEMPOTENCY_MISMATCH", "This Idempotency-Key stood for another request before.");
}

/** The same text for the same JSON, whatever the order of its keys. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
