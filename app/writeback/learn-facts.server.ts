import type { PoolClient } from "pg";
import type { CacheEntry } from "#app/cache/claim-pending.server.ts";
import { markProcessed } from "#app/cache/mark-processed.server.ts";
import { insertFacts } from "#app/erp/facts/insert-facts.server.ts";
import { loadFactRows } from "#app/erp/facts/load-fact-rows.server.ts";
import type { NewFact } from "#app/erp/facts/new-fact.ts";
import { processOrders } from "#app/erp/processor/process-orders.server.ts";
import { noteToldPayments } from "#app/outbox/note-told-payments.server.ts";

/**
 * What the ERP learnt of an order in Shopify, and the order computed anew, in the caller's transaction that holds its entry. What is
 * known already is not learnt twice. An order that cannot be processed keeps the facts, and is tried again like any other.
 */
export async function learnFacts(
  tx: PoolClient,
  {
    shop,
    entry,
    facts,
    actor,
    now,
  }: { shop: string; entry: CacheEntry; facts: readonly NewFact[]; actor: string; now: Date },
): Promise<void> {
  const orderId = entry.id;
  const fresh = await findFresh(tx, { shop, orderId, facts });
  if (fresh.length === 0) return;
  await insertFacts(tx, { shop, orderId, facts: fresh, actor, at: now });
  const receiptIds = fresh.flatMap(({ kind, details }) =>
    kind === "receipt_written_back" ? String(details["receiptId"]) : [],
  );
  await noteToldPayments(tx, { shop, orderId, receiptIds, now });
  const { done, failed } = await processOrders(tx, { shop, entries: [entry], now });
  const tries = failed.map((one) => ({ ...one, attempts: entry.attempts }));
  await markProcessed(tx, { shop, kind: "order", now, done, failed: tries });
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
