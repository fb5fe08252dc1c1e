import type { Db } from "#app/lib/db.server.ts";
import type { WriteBackKind } from "#app/settings/settings-schema.ts";

/** What waits of a kind, as a person is told of it before they switch it on. */
export type WaitingCounts = {
  waiting: number;
  /** Of those, how many give money back to the customer. */
  refunds: number;
  /** Of those, how many make Shopify write to the customer. */
  messages: number;
};

/** Moving is no intent of its own: it happens for parcels that name the location they left from. */
export const MOVED_FOR = "fulfillmentCreate" as const;

/** SQL: of kind $2, the intents that switching it on would let leave. */
function isOfKind(kind: WriteBackKind): string {
  return kind === "fulfillmentOrderMove"
    ? `kind = '${MOVED_FOR}' and payload->>'locationId' is not null and $2 = '${kind}'`
    : `kind = $2`;
}

/** How many intents of a kind wait, and how many of them touch the customer or their money. */
export async function countWaiting(
  db: Db,
  { shop, kind }: { shop: string; kind: WriteBackKind },
): Promise<WaitingCounts> {
  const { rows } = await db.query<WaitingCounts>(
    `select count(*) as waiting,
       count(*) filter (where payload->>'refund' = 'true') as refunds,
       count(*) filter (where payload->>'notifyCustomer' = 'true') as messages
     from "Outbox" where shop = $1 and ${isOfKind(kind)} and status = 'waiting'`,
    [shop, kind],
  );
  return rows[0] ?? { waiting: 0, refunds: 0, messages: 0 };
}
