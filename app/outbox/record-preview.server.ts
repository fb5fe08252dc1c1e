import type { Db } from "#app/lib/db.server.ts";
import { uuidV7 } from "#app/lib/uuid-v7.ts";
import type { WriteBackKind } from "#app/settings/settings-schema.ts";

/**
 * Notes that `actor` was shown what this kind would send, and answers with the id by which it can be switched on (law: nothing leaves
 * without a shop having turned it on after seeing what it would send). `figures` is what was shown, counted; no person stands in it.
 */
export async function recordPreview(
  db: Db,
  {
    shop,
    kind,
    actor,
    figures,
    now,
  }: { shop: string; kind: WriteBackKind; actor: string; figures: Record<string, number>; now: Date },
): Promise<string> {
  const id = uuidV7(now.getTime());
  await db.query(
    `insert into "WriteBackPreview" (shop, id, kind, actor, figures, "seenAt") values ($1, $2, $3, $4, $5, $6)`,
    [shop, id, kind, actor, figures, now],
  );
  return id;
}
