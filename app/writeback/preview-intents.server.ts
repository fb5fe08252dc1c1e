import type { Db } from "#app/lib/db.server.ts";
import { listIntents } from "#app/outbox/list-intents.server.ts";
import type { IntentKind } from "#app/outbox/outbox-intent.ts";
import { missingScope } from "#app/outbox/sent-kinds.ts";
import { nameIntents } from "./name-intents.server.ts";

export type IntentPreview = {
  /** How many of this kind wait. */
  waiting: number;
  /** The oldest of them: "Order #1042: mark 2 × Shirt as fulfilled, AWB 123 by Delhivery". */
  examples: { id: string; orderId: string; words: string; createdAt: string }[];
  /** The permission that has to be granted before this kind can be switched on; null: none. */
  missingScope: string | null;
};

const EXAMPLES = 20;

/** What would leave if this kind were switched on now; Shopify is not asked, and nothing is changed. */
export async function previewIntents(
  db: Db,
  { shop, kind }: { shop: string; kind: IntentKind },
): Promise<IntentPreview> {
  const counted = await db.query<{ waiting: number }>(
    `select count(*) as waiting from "Outbox" where shop = $1 and kind = $2 and status = 'waiting'`,
    [shop, kind],
  );
  const oldest = await listIntents(db, {
    ...{ shop, kinds: [kind], statuses: ["waiting"], sort: "created asc", limit: EXAMPLES },
  });
  const named = await nameIntents(db, { shop, rows: oldest.rows });
  const granted = await db.query<{ scopes: string[] }>(`select scopes from "Shop" where shop = $1`, [shop]);
  return {
    waiting: counted.rows[0]?.waiting ?? 0,
    examples: named.map(({ id, entityId, orderNumber, words, createdAt }) => ({
      ...{ id, orderId: entityId, createdAt },
      words: orderNumber === null ? words : `Order ${orderNumber}: ${words}`,
    })),
    missingScope: missingScope(kind, granted.rows[0]?.scopes ?? []),
  };
}
