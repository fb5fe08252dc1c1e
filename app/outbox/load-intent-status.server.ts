import type { Db } from "#app/lib/db.server.ts";

import type { IntentKind, OutboxStatus } from "./outbox-intent.ts";

/** How far a wish is on its way to Shopify. */
export type IntentStatus = { id: string; kind: IntentKind; status: OutboxStatus };

/** These wishes of a shop, in the order in which the ERP had them. */
export async function loadIntentStatus(
  db: Db,
  { shop, ids }: { shop: string; ids: readonly string[] },
): Promise<IntentStatus[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.query<IntentStatus>(
    `select id, kind, status from "Outbox" where shop = $1 and id = any($2) order by seq`,
    [shop, ids],
  );
  return rows;
}
