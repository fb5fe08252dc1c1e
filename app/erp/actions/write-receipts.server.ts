import type { PoolClient } from "pg";
import { fromMinor } from "#app/lib/money.ts";
import { apportion } from "#app/erp/orders/apportion.ts";
import type { NewFact } from "#app/erp/facts/new-fact.ts";
import type { OutboxIntent } from "#app/outbox/outbox-intent.ts";
import { writeDecision } from "./perform-order-action.server.ts";
import type { Collecting } from "./remitted-parcels.server.ts";

/** What one remittance was booked as. */
export type BookedPart = { orderId: string; parcelId: string | null; receiptId: string; amount: string };

/**
 * Books money as received, apportioned to what each part was to collect, to the exact sum: a receipt for each, and the wish that Shopify
 * hears of it.
 */
export async function writeReceipts(
  tx: PoolClient,
  {
    shop,
    parts,
    collected,
    remittance,
    actor,
  }: {
    shop: string;
    parts: readonly Collecting[];
    collected: { currency: string; minor: number };
    remittance: { id: string; reference: string };
    actor: string;
  },
): Promise<{ booked: BookedPart[]; intentIds: string[] }> {
  const shares = apportion(
    collected.minor,
    parts.map(({ dueMinor }) => dueMinor),
  );
  const booked = parts.flatMap(({ entry, parcelId }, i): BookedPart[] => {
    const minor = shares[i] ?? 0;
    const receiptId = parts.length === 1 ? remittance.id : `${remittance.id}-${String(i + 1)}`;
    return minor === 0
      ? []
      : [{ orderId: entry.id, parcelId, receiptId, amount: fromMinor(minor, collected.currency) }];
  });
  const intentIds: string[] = [];
  for (const [orderId, own] of Map.groupBy(booked, (part) => part.orderId)) {
    const order = parts.find(({ entry }) => entry.id === orderId);
    if (!order) continue;
    const facts = own.map(({ parcelId, receiptId, amount }): NewFact => ({
      ...{ kind: "receipt", lineId: null, parcelId, qty: null },
      details: { receiptId, amount, reference: remittance.reference },
    }));
    const intents = own.map(({ receiptId, amount }): OutboxIntent => ({
      ...{ kind: "orderMarkAsPaid", entity: "order", entityId: orderId },
      payload: { receiptId, amount, currency: collected.currency },
    }));
    const at = order.state.rules.now;
    intentIds.push(...(await writeDecision(tx, { shop, entry: order.entry, facts, intents, actor, at })));
  }
  return { booked, intentIds };
}
