import type { Db } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { CacheEntry } from "#app/cache/claim-pending.server.ts";
import { loadOrderFacts } from "#app/erp/facts/load-order-facts.server.ts";
import { paymentFactsOf } from "#app/erp/processor/payment-facts-of.ts";
import { readOrderEntry } from "#app/erp/processor/read-order-entry.ts";
import { determinePaymentMethod, type PaymentFacts } from "#app/settings/determine-payment-method.ts";
import { loadSettings, type LoadedSettings } from "#app/settings/load-settings.server.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { loadWholeEntries } from "./load-whole-entries.server.ts";

type Kept = { id: string; method: "COD" | "Prepaid" };

/**
 * A shop may tell COD from prepaid by an order's attributes and tags, of which the person's go. Where the rules would judge an
 * order otherwise without them, what they say now is kept as a fact, so that what is to be collected stays; so it is of an order
 * that still waits in the delivery log. An order that waits for somebody to say how it is paid goes on waiting, and whatever a
 * person said stands.
 * @param naming whether a tag names the person, and goes
 */
export async function keepPaymentMethods(
  tx: Db,
  { shop, orderIds, now }: { shop: string; orderIds: readonly string[]; now: Date },
  naming: (text: string) => boolean,
): Promise<void> {
  const settings = await settingsOf(tx, shop);
  if (settings !== null && settings.paymentRules.every((rule) => rule.on === "gateway")) return;
  const kept =
    settings === null
      ? await methodsAsTheyStand(tx, shop, orderIds)
      : await methodsThatWouldChange(tx, shop, orderIds, settings, naming);
  await tx.query(
    `INSERT INTO "ErpFact" (shop, "shopifyOrderId", kind, details, actor, at)
     SELECT $1, id, 'payment_method', jsonb_build_object('method', method), 'privacy', $4
     FROM unnest($2::text[], $3::text[]) AS u(id, method) ORDER BY id`,
    [shop, kept.map(({ id }) => id), kept.map(({ method }) => method), now],
  );
}

/** Null where they cannot be read, which must not keep a person from being forgotten. */
async function settingsOf(tx: Db, shop: string): Promise<LoadedSettings | null> {
  try {
    return await loadSettings(tx, { shop });
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

async function methodsThatWouldChange(
  tx: Db,
  shop: string,
  orderIds: readonly string[],
  settings: LoadedSettings,
  naming: (text: string) => boolean,
): Promise<Kept[]> {
  const facts = await loadOrderFacts(tx, { shop, orderIds });
  const entries = await loadWholeEntries(tx, { shop, orderIds });
  return entries.flatMap(({ id, whole, alone }) => {
    const order = snapshotOf(whole) ?? (alone && snapshotOf(alone));
    if (order === null) return [];
    const told = paymentFactsOf(order, facts.get(id)?.correction ?? null);
    const left = {
      ...{ ...told, attributes: [] },
      tags: told.tags.filter((tag) => !naming(tag)),
    };
    // Nothing holds history and test orders.
    const isHistory =
      settings.cutOverAt !== null && Date.parse(order.createdAt) < settings.cutOverAt.getTime();
    const judge = (given: PaymentFacts) => {
      const { paymentMethod: method, hold } = determinePaymentMethod(given, settings.paymentRules);
      return { method, hold: hold && !isHistory && !order.test };
    };
    const [before, after] = [judge(told), judge(left)];
    if (before.hold || (before.method === after.method && !after.hold)) return [];
    return [{ id, method: before.method }];
  });
}

/** Null for an order that cannot be read, with or without its person: it is not computed. */
function snapshotOf(entry: CacheEntry): OrderSnapshot | null {
  try {
    return readOrderEntry(entry, []);
  } catch {
    return null;
  }
}

/** By rules nobody can read just now: what they had said of the orders that nothing keeps waiting for a word on their payment. */
async function methodsAsTheyStand(tx: Db, shop: string, orderIds: readonly string[]): Promise<Kept[]> {
  const { rows } = await tx.query<Kept>(
    `SELECT "shopifyOrderId" AS id, "paymentMethod" AS method FROM "Order" o
     WHERE shop = $1 AND "shopifyOrderId" = ANY($2) AND (attributes <> '[]' OR tags <> '{}')
       AND NOT holds @> '[{"kind": "unknown_gateway"}]' AND NOT holds @> '[{"kind": "payment_unknown"}]'
       AND NOT EXISTS (SELECT 1 FROM "ErpFact" f WHERE f.shop = $1 AND f."shopifyOrderId" = o."shopifyOrderId" AND f.kind = 'payment_method')`,
    [shop, orderIds],
  );
  return rows;
}
