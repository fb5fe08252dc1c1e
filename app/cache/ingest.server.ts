/**
 * The one door into the cache: webhook, dump, look-back and single fetch all come through here. What Shopify
 * sent is stored raw in a committed transaction before anything else happens to it (law 1), each payload in the
 * slot of its shape (law 3), and its entry becomes pending.
 */
import type { Pool, PoolClient } from "pg";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import { askAboutDeleted } from "./ask-about-deleted.server.ts";
import { askAboutLevels } from "./ask-about-levels.server.ts";
import type { CacheKind, PayloadSource } from "./cache-tables.ts";
import { insertEntries } from "./insert-entries.server.ts";
import { keepWhatOnlyGrows } from "./keep-what-only-grows.server.ts";
import { loadStamps } from "./load-stamps.server.ts";
import type { IncomingPayload, PreparedPayload } from "./payload.ts";
import { preparePayload } from "./prepare-payload.server.ts";
import { placePayload, type Placement } from "./place-payload.ts";
import { replacePayloads } from "./replace-payloads.server.ts";
import { withoutForgotten } from "./without-forgotten.server.ts";

export type IngestOptions = {
  shop: string;
  kind: CacheKind;
  source: PayloadSource;
  payloads: readonly IncomingPayload[];
  now: Date;
};

/** Entries by what became of them. `superseded`: older than what is known, kept in history only. */
export type IngestResult = { created: number; updated: number; unchanged: number; superseded: number };

/**
 * Stores payloads, all of them or (when the database refuses) none. Two roads that bring the same new record at
 * the same instant meet on its key: the second one then finds the first one's row and is compared with it.
 * @throws only what the database throws.
 */
export async function ingestPayloads(pool: Pool, options: IngestOptions): Promise<IngestResult> {
  return inRepeatedTransaction(pool, (tx) => ingestInTransaction(tx, options));
}

/**
 * As `ingestPayloads`, inside the caller's transaction (`inRepeatedTransaction`). A payload that
 * is not counted anywhere is of somebody the shop has forgotten, and was not stored.
 */
export async function ingestInTransaction(tx: PoolClient, options: IngestOptions): Promise<IngestResult> {
  const result = { created: 0, updated: 0, unchanged: 0, superseded: 0 };
  for (const round of roundsOfDistinctIds(await withoutForgotten(tx, options))) {
    const one = await ingestRound(tx, options, round.map(preparePayload));
    result.created += one.created;
    result.updated += one.updated;
    result.unchanged += one.unchanged;
    result.superseded += one.superseded;
  }
  return result;
}

/** Several payloads of one record in one call are taken one after the other. */
function roundsOfDistinctIds(payloads: readonly IncomingPayload[]): IncomingPayload[][] {
  const rounds: IncomingPayload[][] = [];
  const seen = new Map<string, number>();
  for (const payload of payloads) {
    const round = seen.get(payload.id) ?? 0;
    seen.set(payload.id, round + 1);
    (rounds[round] ??= []).push(payload);
  }
  return rounds;
}

async function ingestRound(
  tx: PoolClient,
  options: IngestOptions,
  payloads: readonly PreparedPayload[],
): Promise<IngestResult> {
  const { shop, kind, source, now } = options;
  // One alone (a webhook) is mostly news: it locks at once. A dump is mostly known: it looks before it locks.
  const alone = payloads.length === 1;
  const known = await loadStamps(tx, { shop, kind, ids: payloads.map((payload) => payload.id), lock: alone });
  const unknown = payloads.filter((payload) => !known.has(payload.id));
  const taken = await insertEntries(tx, { shop, kind, source, payloads: unknown, now });
  const fresh = unknown.filter(({ id }) => !taken.has(id));
  await askAboutDeleted(tx, { shop, kind, ids: fresh.map(({ id }) => id) });
  const changing = payloads.filter((payload) => {
    const stamps = known.get(payload.id);
    return taken.has(payload.id) || (stamps && placePayload(stamps, payload.stamp).action !== "unchanged");
  });
  const result = {
    created: fresh.length,
    updated: 0,
    unchanged: payloads.length - fresh.length - changing.length,
    superseded: 0,
  };
  if (changing.length === 0) {
    if (kind === "fulfillment_order") await wakeOrders(tx, shop, fresh);
    if (kind === "inventory") await askAboutLevels(tx, { shop, now, fresh, told: [] });
    return result;
  }
  // Locked now, so that what is decided is what is written, whoever else is here.
  const locked =
    alone && taken.size === 0
      ? known
      : await loadStamps(tx, { shop, kind, ids: changing.map((payload) => payload.id), lock: true });
  const placed = changing.map((payload) => {
    const stamps = locked.get(payload.id) ?? [];
    const placement: Placement = placePayload(stamps, payload.stamp);
    if (placement.action === "stored") result.updated++;
    else if (placement.action === "superseded") result.superseded++;
    else result.unchanged++;
    return { payload, placement, known: stamps };
  });
  if (kind === "order") await keepWhatOnlyGrows(tx, { shop, placed });
  await replacePayloads(tx, { shop, kind, source, now, placed });
  if (kind === "fulfillment_order") await wakeOrders(tx, shop, [...fresh, ...changing]);
  if (kind === "inventory") {
    const told = placed.filter(({ placement: { action } }) => action === "stored" || action === "touched");
    await askAboutLevels(tx, { shop, now, fresh, told: told.map(({ payload }) => payload) });
  }
  return result;
}

/** News of a fulfilment order is news of its order: the order is computed again. */
async function wakeOrders(tx: PoolClient, shop: string, payloads: readonly PreparedPayload[]): Promise<void> {
  const orderIds = [
    ...new Set(payloads.map((payload) => payload.header?.["orderId"]).filter((id) => id != null)),
  ].sort();
  if (orderIds.length === 0) return;
  await tx.query(
    `UPDATE "ShopifyOrderCache" SET "processedAt" = NULL, "quarantinedAt" = NULL, "nextRetryAt" = NULL
     WHERE shop = $1 AND id IN (SELECT id FROM "ShopifyOrderCache" WHERE shop = $1 AND id = ANY($2)
       AND ("processedAt" IS NOT NULL OR "quarantinedAt" IS NOT NULL) ORDER BY id FOR UPDATE)`,
    [shop, orderIds],
  );
}
