import { listFailed } from "#app/cache/list-failed.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { explainError } from "#app/lib/errors.ts";

const MOST = 10;

/** Which entries of a store failed, why, and what to do: two lines each, of ten entries at most. Empty where none did. */
export async function loadFailingLines(db: Db, shop: string): Promise<string[]> {
  const entries = await listFailed(db, { shop, limit: MOST + 1 });
  const lines = entries.slice(0, MOST).flatMap(({ kind, id, label, errorCode, processingError }) => {
    const { words, next } = explainError(errorCode);
    const name = label === id ? id : `${label} (${id})`;
    return [`${kind} ${name}: ${processingError || words} (${errorCode})`, `  What to do: ${next}`];
  });
  return [
    ...(lines.length > 0 ? ["Failed:"] : []),
    ...lines,
    ...(entries.length > MOST ? ["and more: `npm run sync -- status` tells of them"] : []),
  ];
}
