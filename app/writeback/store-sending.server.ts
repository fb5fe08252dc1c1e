import type { Pool } from "pg";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { lockOrderEntry } from "#app/erp/actions/perform-order-action.server.ts";
import type { NewFact } from "#app/erp/facts/new-fact.ts";
import type { ClaimedIntent } from "#app/outbox/claim-intents.server.ts";
import { finishIntent, type IntentEnd } from "#app/outbox/finish-intent.server.ts";
import { learnFacts } from "./learn-facts.server.ts";

/** Who the facts are by that sending makes. */
const SENDER = "write-back";

/**
 * How a try ended, what the ERP learnt by it, and the order computed anew, in one transaction or not at all: where the intent is in
 * another worker's hands meanwhile, that one finds by reading what Shopify has.
 * @returns whether it was stored
 */
export async function storeSending(
  pool: Pool,
  {
    intent,
    end,
    facts,
    now,
  }: { intent: ClaimedIntent; end: IntentEnd; facts: readonly NewFact[]; now: Date },
): Promise<boolean> {
  const { shop, entityId: orderId } = intent;
  return inRepeatedTransaction(pool, async (tx) => {
    // The order before its outbox: as actions take them.
    const entry = facts.length > 0 ? await lockOrderEntry(tx, { shop, orderId }) : null;
    if (!(await finishIntent(tx, intent, end, now))) return false;
    if (entry !== null) await learnFacts(tx, { shop, entry, facts, actor: SENDER, now });
    return true;
  });
}
