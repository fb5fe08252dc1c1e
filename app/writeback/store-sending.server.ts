import type { Pool, PoolClient } from "pg";
import { markProcessed } from "#app/cache/mark-processed.server.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { lockOrderEntry } from "#app/erp/actions/perform-order-action.server.ts";
import { insertFacts } from "#app/erp/facts/insert-facts.server.ts";
import { loadFactRows } from "#app/erp/facts/load-fact-rows.server.ts";
import type { NewFact } from "#app/erp/facts/new-fact.ts";
import { processOrders } from "#app/erp/processor/process-orders.server.ts";
import type { ClaimedIntent } from "#app/outbox/claim-intents.server.ts";
import { finishIntent, type IntentEnd } from "#app/outbox/finish-intent.server.ts";

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
    if (entry === null) return true;
    const fresh = await findFresh(tx, { shop, orderId, facts });
    if (fresh.length === 0) return true;
    await insertFacts(tx, { shop, orderId, facts: fresh, actor: SENDER, at: now });
    const { done, failed } = await processOrders(tx, { shop, entries: [entry], now });
    const tries = failed.map((one) => ({ ...one, attempts: entry.attempts }));
    await markProcessed(tx, { shop, kind: "order", now, done, failed: tries });
    return true;
  });
}

/** Facts that are not known yet: what a retry finds was perhaps written down before. */
async function findFresh(
  tx: PoolClient,
  { shop, orderId, facts }: { shop: string; orderId: string; facts: readonly NewFact[] },
): Promise<NewFact[]> {
  const rows = await loadFactRows(tx, { shop, orderId });
  const keyOf = ({ kind, parcelId, details }: Pick<NewFact, "kind" | "parcelId"> & { details: unknown }) => {
    const { fulfillmentId, receiptId } = details as { fulfillmentId?: string; receiptId?: string };
    return JSON.stringify([kind, parcelId, fulfillmentId ?? receiptId]);
  };
  const known = new Set(rows.map(keyOf));
  return facts.filter((fact) => !known.has(keyOf(fact)));
}
