import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { writeBackKinds, type ShopSettings, type WriteBackKind } from "#app/settings/settings-schema.ts";

import { MOVED_FOR } from "./count-waiting.server.ts";
import { missingScope } from "./sent-kinds.ts";

/** One kind of write-back as it stands. */
export type KindStanding = {
  kind: WriteBackKind;
  on: boolean;
  /** How many wait; of moving, how many parcels name the location they left from. */
  waiting: number;
  /** The permission it lacks; null where it has what it needs. */
  missingScope: string | null;
};

/** Every kind of write-back as it stands in a shop, and whose stock leads there. @throws AppError NOT_FOUND */
export async function listKinds(
  db: Db,
  { shop }: { shop: string },
): Promise<{ kinds: KindStanding[]; stockLeads: ShopSettings["stock"]["leads"] }> {
  const [{ writeBack, stock }, granted, counted] = await Promise.all([
    loadSettings(db, { shop }),
    db.query<{ scopes: string[] }>(`select scopes from "Shop" where shop = $1`, [shop]),
    db.query<{ kind: string; waiting: number; moved: number }>(
      `select kind, count(*) as waiting,
         count(*) filter (where kind = '${MOVED_FOR}' and payload->>'locationId' is not null) as moved
       from "Outbox" where shop = $1 and status = 'waiting' group by kind`,
      [shop],
    ),
  ]);
  const [known] = granted.rows;
  if (known === undefined) throw new AppError("NOT_FOUND", `${shop} has not installed the app`);
  const waits = new Map(counted.rows.map(({ kind, waiting }) => [kind, waiting]));
  const moved = counted.rows.find(({ kind }) => kind === MOVED_FOR)?.moved ?? 0;
  return {
    kinds: writeBackKinds.map((kind) => ({
      ...{ kind, on: writeBack[kind], missingScope: missingScope(kind, known.scopes) },
      waiting: kind === "fulfillmentOrderMove" ? moved : (waits.get(kind) ?? 0),
    })),
    stockLeads: stock.leads,
  };
}
