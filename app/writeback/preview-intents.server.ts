import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { countWaiting, MOVED_FOR, type WaitingCounts } from "#app/outbox/count-waiting.server.ts";
import { listIntents } from "#app/outbox/list-intents.server.ts";
import { missingScope } from "#app/outbox/sent-kinds.ts";
import type { WriteBackKind } from "#app/settings/settings-schema.ts";
import { effectsOfIntent, type CustomerEffects } from "./describe-intent.ts";
import { nameIntents } from "./name-intents.server.ts";
import { nameMoves } from "./name-moves.server.ts";

/** Kinds whose preview is what waits; stock's is the comparison of all of it. */
export type PreviewedKind = Exclude<WriteBackKind, "inventorySet">;

export type IntentPreview = WaitingCounts & {
  /** The oldest of them: "Order #1042: mark 2 × Shirt as fulfilled, AWB 123 by Delhivery". */
  examples: (CustomerEffects & { id: string; orderId: string; words: string; createdAt: string })[];
  /** The permission that has to be granted before this kind can be switched on; null: none. */
  missingScope: string | null;
};

const EXAMPLES = 20;

/** What would leave if this kind were switched on now; Shopify is not asked, and nothing is changed. */
export async function previewIntents(
  db: Db,
  { shop, kind }: { shop: string; kind: PreviewedKind },
): Promise<IntentPreview> {
  const moves = kind === "fulfillmentOrderMove";
  const counts = await countWaiting(db, { shop, kind });
  const oldest = await listIntents(db, {
    ...{
      shop,
      kinds: [moves ? MOVED_FOR : kind],
      statuses: ["waiting"],
      sort: "created asc",
      limit: EXAMPLES,
    },
    namesLocation: moves ? true : undefined,
  });
  const named = await nameIntents(db, { shop, rows: oldest.rows });
  const moved = moves ? await nameMoves(db, { shop, rows: oldest.rows }) : null;
  const granted = await db.query<{ scopes: string[] }>(`select scopes from "Shop" where shop = $1`, [shop]);
  return {
    ...counts,
    examples: named.map(({ id, entityId, orderNumber, createdAt, ...intent }) => {
      const words = moved?.get(id) ?? intent.words;
      return {
        ...{ id, orderId: entityId, createdAt },
        // A move itself tells the customer nothing: the parcel's own preview says what that does.
        ...(moves ? { refunds: false, notifies: false } : effectsOfIntent(intent)),
        words: orderNumber === null ? words : `Order ${orderNumber}: ${words}`,
      };
    }),
    missingScope: missingScope(kind, granted.rows[0]?.scopes ?? []),
  };
}

/** @throws AppError PREVIEW_NEEDED for stock, whose preview is the comparison */
export function previewedKind(kind: WriteBackKind): PreviewedKind {
  if (kind !== "inventorySet") return kind;
  throw new AppError("PREVIEW_NEEDED", "What would be sent of stock is seen by comparing all of it", {
    next: "Compare the ERP's stock with Shopify's, on the page Inventory.",
  });
}
