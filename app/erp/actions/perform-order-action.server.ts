import type { Pool, PoolClient } from "pg";
import {
  entryColumns,
  withSlots,
  type CacheEntry,
  type ClaimedRow,
} from "#app/cache/claim-pending.server.ts";
import { markProcessed } from "#app/cache/mark-processed.server.ts";
import { answerOnce, type OnceRequest } from "#app/lib/answer-once.server.ts";
import { AppError, explainError } from "#app/lib/errors.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { recordAudit } from "#app/lib/record-audit.server.ts";
import { enqueueIntents } from "#app/outbox/enqueue-intents.server.ts";
import { wakeParcel } from "#app/outbox/wake-parcel.server.ts";
import type { OutboxIntent } from "#app/outbox/outbox-intent.ts";
import { insertFacts } from "#app/erp/facts/insert-facts.server.ts";
import type { NewFact } from "#app/erp/facts/new-fact.ts";
import { processOrders } from "#app/erp/processor/process-orders.server.ts";
import { decideOrderAction } from "./decide-order-action.ts";
import { computeStateOf } from "./load-action-state.server.ts";
import type { OrderAction } from "./order-action.ts";
import { restockGoods } from "./restock-goods.server.ts";

export type PerformedAction = {
  /** What was done, for a person. */
  words: string;
  /** Of what Shopify will be told once those kinds are on. */
  intentIds: string[];
  /** The parcel or case that the action made. */
  madeId: string | null;
};

/**
 * Does one action: facts, what Shopify is to be told, the order's rows, the feed and the audit log in one transaction, or
 * nothing. Whoever acts on the same order at the same time waits, and then sees what was done.
 * @param once of a caller who may have to ask twice: the same request again is done once, and gets the first answer
 * @throws AppError NOT_FOUND where the shop has no such order; ACTION_NOT_ALLOWED with the reason and the next step; IDEMPOTENCY_MISMATCH
 */
export function performOrderAction(
  pool: Pool,
  {
    shop,
    orderId,
    action,
    actor,
    now,
    once,
  }: {
    shop: string;
    orderId: string;
    action: OrderAction;
    actor: string;
    now: Date;
    once?: OnceRequest | undefined;
  },
): Promise<PerformedAction> {
  return inRepeatedTransaction(pool, (tx) =>
    answerOnce(tx, { shop, once, now }, () => performIn(tx, { shop, orderId, action, actor, now })),
  );
}

async function performIn(
  tx: PoolClient,
  {
    shop,
    orderId,
    action,
    actor,
    now,
  }: { shop: string; orderId: string; action: OrderAction; actor: string; now: Date },
): Promise<PerformedAction> {
  const entry = await lockOrderEntry(tx, { shop, orderId });
  if (entry === null) throw new AppError("NOT_FOUND", `There is no order ${orderId} in ${shop}`);
  const state = await computeStateOf(tx, { shop, entry, now, keepSettings: true });
  const decided = decideOrderAction(state, action);
  if ("refused" in decided)
    throw new AppError("ACTION_NOT_ALLOWED", decided.refused.message, { next: decided.refused.next });
  const { facts, intents, restock } = decided;
  const at = state.rules.now;
  const told = await writeDecision(tx, { shop, entry, facts, intents, actor, at });
  const back = facts.find(({ kind }) => kind === "taken_back")?.parcelId;
  if (back) await wakeParcel(tx, { shop, orderId, parcelId: back });
  const shelved = restock && (await restockGoods(tx, { shop, orderId, restock, actor, now: at }));
  const intentIds = [...told, ...(shelved?.intentIds ?? [])];
  const words = [decided.words, ...(shelved?.words ?? [])].join(". ");
  await recordAudit(tx, {
    ...{ shop, actor, now, action: `order.${action.action}`, target: orderId },
    details: { words, asked: withoutFreeText(action) },
  });
  return { words, intentIds, madeId: madeIdOf(action, state.newId) };
}

/** What it made: a parcel has the id that it was given, else it gets one here, as a return does. */
function madeIdOf(action: OrderAction, newId: string): string | null {
  if (action.action === "hand_over") return action.parcelId ?? newId;
  return action.action === "open_return" ? newId : null;
}

/** The order's cache entry, held against workers and other people until the transaction ends; null where the shop has none. */
export async function lockOrderEntry(
  tx: PoolClient,
  { shop, orderId }: { shop: string; orderId: string },
): Promise<CacheEntry | null> {
  const { rows } = await tx.query<ClaimedRow>(
    `select ${entryColumns("order")} from "ShopifyOrderCache" where shop = $1 and id = $2 for update`,
    [shop, orderId],
  );
  const [entry] = await withSlots(tx, { shop, kind: "order", rows });
  return entry ?? null;
}

/** Facts, intents, and the order computed anew with them, in the caller's transaction that holds the order's entry. */
export async function writeDecision(
  tx: PoolClient,
  {
    shop,
    entry,
    facts,
    intents,
    actor,
    at,
  }: {
    shop: string;
    entry: CacheEntry;
    facts: readonly NewFact[];
    intents: readonly OutboxIntent[];
    actor: string;
    at: Date;
  },
): Promise<string[]> {
  await insertFacts(tx, { shop, orderId: entry.id, facts, actor, at });
  // Shopify has nothing left that could be told.
  const wished = entry.deletedAt === null ? intents : [];
  const intentIds = await enqueueIntents(tx, { shop, intents: wished, actor, now: at });
  const { done, failed } = await processOrders(tx, { shop, entries: [entry], now: at });
  const [problem] = failed;
  if (problem)
    throw new AppError("ACTION_NOT_ALLOWED", `The order cannot be processed: ${problem.text}`, {
      next: explainError(problem.code).next,
    });
  await markProcessed(tx, { shop, kind: "order", now: at, done, failed: [] });
  return intentIds;
}

/** What was asked, without what a person wrote freely: that stands in the fact, where it can be forgotten. */
function withoutFreeText(action: OrderAction): object {
  const texts = new Set(["note", "reason", "trackingUrl"]);
  return Object.fromEntries(Object.entries(action).filter(([key]) => !texts.has(key)));
}
