import type { Pool } from "pg";
import { loadStockMoves } from "#app/erp/inventory/load-stock-moves.server.ts";
import { loadStockTargets, type StockTarget } from "#app/erp/inventory/load-stock-targets.server.ts";
import { NOTHING_MOVED, type StockMoves } from "#app/erp/inventory/moves-of-order.ts";
import type { Log } from "#app/lib/log.server.ts";
import { LEASE_MS } from "#app/outbox/claim-intents.server.ts";
import { claimStock, type ClaimedStock } from "#app/outbox/claim-stock.server.ts";
import type { IntentEnd } from "#app/outbox/finish-intent.server.ts";
import { finishStock, keepStock } from "#app/outbox/finish-stock.server.ts";
import { missingScope } from "#app/outbox/sent-kinds.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { askForStaleLevels } from "./ask-for-stale-levels.server.ts";
import { endOfFailure } from "./end-of-failure.ts";
import { planStock, type StockAnswer, type StockWord } from "./plan-stock.ts";
import { readLevelsNow } from "./read-levels-now.server.ts";
import type { QuantityOutcome } from "./quantity-errors.ts";
import { setQuantities, type QuantityRow } from "./set-quantities.server.ts";
import type { SendTally } from "./send-tally.ts";
import { readStockAnswer, readStockPayload } from "./stock-answer.ts";

/** Most quantities that `inventorySetQuantities` takes at once (Admin API 2026-10). */
const AT_ONCE = 250;
/** Shopify is read this often in one try: it may change while it is told. */
const ROUNDS = 4;
/** When stock is looked at again that waits for orders to be taken in. */
const ORDERS_WAIT_MS = 60_000;
/** When a request that is still at work at Shopify is asked for again. */
const RUNNING_WAIT_MS = 15_000;

export type SendStockOptions = {
  shop: string;
  settings: Pick<ShopSettings, "stock" | "writeBack">;
  granted: readonly string[];
  connect: () => AdminClient;
  log: Log;
  now: () => Date;
  signal?: AbortSignal | undefined;
};

/** Whether stock leaves at all: the kind is on, its permission granted, and the ERP leads. */
function isStockPushed({ settings, granted }: Pick<SendStockOptions, "settings" | "granted">): boolean {
  const { writeBack, stock } = settings;
  return writeBack.inventorySet && stock.leads === "erp" && missingScope("inventorySet", granted) === null;
}

/**
 * Sends what waits of a shop's stock, up to 250 levels a turn in one request: computes what each is to show, reads what Shopify has,
 * sends what differs. Whatever happens to the worker on the way, the next try reads first and sets nothing twice. No transaction is
 * open while Shopify is asked.
 */
export async function sendStock(pool: Pool, options: SendStockOptions): Promise<SendTally> {
  const { shop, connect, log, now, signal } = options;
  if (!isStockPushed(options)) return { taken: 0, isDown: false };
  const claims = await claimStock(pool, { shop, limit: AT_ONCE, now: now() });
  if (claims.length === 0) return { taken: 0, isDown: false };
  const batch = new StockBatch(pool, { shop, now }, claims);
  let isDown = false;
  try {
    await pushBatch(pool, connect(), batch, options);
  } catch (error) {
    const stopped = signal?.aborted ?? false;
    const failure = endOfFailure(error, { stopped, hasLeft: true });
    if (failure.isOurs) log.error({ err: error, shop }, "stock could not be sent; it is tried again");
    isDown = failure.isDown;
    batch.endAll((answer, { isRetry }) => ({
      ...failure.end,
      answer: failure.mayBeDone || isRetry ? answer : { ...answer, unsure: undefined },
    }));
  }
  await batch.store();
  log.info({ shop, levels: claims.length, ...batch.tally }, "told Shopify of stock");
  return { taken: claims.length, isDown };
}

async function pushBatch(
  pool: Pool,
  client: AdminClient,
  batch: StockBatch,
  { shop, settings, now, signal }: SendStockOptions,
): Promise<void> {
  const rule = settings.stock.onConflict;
  for (let round = 1; batch.open.size > 0; round++) {
    if (round > ROUNDS) {
      batch.endAll((answer) => ({ status: "waiting", errorCode: null, error: null, answer }));
      return;
    }
    const open = [...batch.open.values()];
    const { targets, unread, waits } = await loadStockTargets(pool, {
      shop,
      ids: open.map(({ level }) => level),
    });
    if (waits !== null) {
      batch.endAll((answer) => ({
        ...{ status: "waiting", errorCode: null, error: waits, waitMs: ORDERS_WAIT_MS, answer },
      }));
      return;
    }
    const at = now().toISOString();
    // An ERP's location that only looks like one of Shopify's is nothing to ask Shopify about: it might refuse the question of all.
    const known = open.filter(({ level }) => targets.has(level) || unread.has(level));
    const live = await readLevelsNow(client, known);
    const moves = await loadMoves(pool, { shop, open, targets });
    const rows = open.flatMap((one): QuantityRow[] => {
      const { claim, level, answer, inventoryItemId, locationId } = one;
      const plan = planStock({
        ...{ target: targets.get(level), isUnread: unread.has(level) },
        ...{ live: live.get(level) ?? null, answer, rule, at },
        moves: moves.agreed.get(claim.id) ?? NOTHING_MOVED,
        movesSincePush: moves.pushed.get(claim.id) ?? moves.agreed.get(claim.id) ?? NOTHING_MOVED,
        movesSinceAsked: moves.asked.get(claim.id),
      });
      if ("end" in plan) batch.end(claim.id, plan.end);
      if (!("send" in plan)) return [];
      const { word, ...sent } = plan.send;
      one.word = word;
      return [{ id: claim.id, inventoryItemId, locationId, round: answer.round ?? 0, ...sent }];
    });
    await batch.store();
    await askForStaleLevels(pool, { shop, targets, live, now: now() });
    if (rows.length === 0) return;
    signal?.throwIfAborted();
    await setQuantities(client, rows, {
      shop,
      beforeSending: (some) => batch.note(some, at),
      onOutcome: (row, outcome, changedAt) => {
        batch.hear(row, outcome, { at, changedAt });
      },
    });
  }
}

/** What orders' moves are counted from. */
const SINCE = ["agreed", "pushed", "asked"] as const;

/** What orders have moved of the levels, also of those that show the agreed number: what was sold may have been counted back; by wish. */
async function loadMoves(
  pool: Pool,
  {
    shop,
    open,
    targets,
  }: { shop: string; open: readonly OpenStock[]; targets: ReadonlyMap<string, StockTarget> },
): Promise<Record<(typeof SINCE)[number], Map<string, StockMoves>>> {
  const asked = open.flatMap(({ claim: { id }, level, locationId, answer }) => {
    const target = targets.get(level);
    if (target === undefined) return [];
    const pushed = answer.unsure === true ? answer.pushedAt : undefined;
    const since = { agreed: target.agreed?.at, pushed, asked: answer.askedAt };
    return SINCE.flatMap((which) => {
      const at = since[which];
      return at === undefined ? [] : { id, which, skuId: target.skuId, locationId, at };
    });
  });
  const found = await loadStockMoves(pool, { shop, levels: asked });
  const moves = {
    agreed: new Map<string, StockMoves>(),
    pushed: new Map<string, StockMoves>(),
    asked: new Map<string, StockMoves>(),
  };
  for (const [place, { id, which }] of asked.entries()) moves[which].set(id, found[place] ?? NOTHING_MOVED);
  return moves;
}

type OpenStock = {
  claim: ClaimedStock;
  /** "{item}@{location}". */
  level: string;
  inventoryItemId: string;
  locationId: string;
  answer: StockAnswer;
  /** What of the ERP's it is sent for. */
  word?: StockWord;
  /** An earlier try's answer was lost: that this one's says "done" may be an echo of that, so Shopify is read once more. */
  isRetry: boolean;
};

/** The claimed wishes that have not ended yet, and the ends that are not stored yet. */
class StockBatch {
  readonly open = new Map<string, OpenStock>();
  readonly tally: Record<string, number> = {};
  readonly pool: Pool;
  readonly shop: string;
  readonly now: () => Date;
  ends: { lease: ClaimedStock; end: IntentEnd }[] = [];

  constructor(pool: Pool, { shop, now }: { shop: string; now: () => Date }, claims: readonly ClaimedStock[]) {
    this.pool = pool;
    this.shop = shop;
    this.now = now;
    for (const claim of claims) {
      const payload = readStockPayload(claim.payload);
      const answer = readStockAnswer(claim.answer);
      if (payload === null)
        this.ends.push({
          lease: claim,
          end: {
            status: "refused",
            errorCode: "WRITE_BACK_REFUSED",
            error: "It cannot be read.",
            answer: { next: "Choose not to send this." },
          },
        });
      else
        this.open.set(claim.id, {
          claim,
          level: claim.entityId,
          ...payload,
          answer,
          isRetry: answer.unsure === true,
        });
    }
  }

  end(id: string, end: IntentEnd): void {
    const one = this.open.get(id);
    if (one === undefined) return;
    this.open.delete(id);
    this.ends.push({ lease: one.claim, end });
    this.tally[end.status] = (this.tally[end.status] ?? 0) + 1;
  }

  endAll(endOf: (answer: StockAnswer, one: OpenStock) => IntentEnd): void {
    for (const [id, one] of [...this.open]) this.end(id, endOf(one.answer, one));
  }

  async store(): Promise<void> {
    const { ends } = this;
    this.ends = [];
    await finishStock(this.pool, { shop: this.shop, ends, now: this.now() });
  }

  /** Right before rows leave. @returns those that may: one that another worker has taken over is that one's. */
  async note(rows: readonly QuantityRow[], at: string): Promise<readonly QuantityRow[]> {
    const until = new Date(this.now().getTime() + LEASE_MS);
    const kept = rows.flatMap((row) => {
      const one = this.open.get(row.id);
      if (one === undefined) return [];
      const { quantity, changeFrom } = row;
      one.answer = { ...one.answer, unsure: true, quantity, changeFrom, word: one.word, pushedAt: at };
      return [{ lease: one.claim, answer: one.answer }];
    });
    const ours = await keepStock(this.pool, { shop: this.shop, kept, until });
    return rows.filter(({ id }) => {
      const one = this.open.get(id);
      if (one && ours.has(id)) one.claim = { ...one.claim, leasedUntil: until };
      else this.open.delete(id);
      return ours.has(id);
    });
  }

  hear(
    { id, quantity, round }: QuantityRow,
    outcome: QuantityOutcome,
    { at, changedAt }: { at: string; changedAt: string | null },
  ): void {
    const one = this.open.get(id);
    if (one === undefined) return;
    if (outcome.as === "done" && changedAt !== null)
      one.answer = {
        ...one.answer,
        levelChanges: [...new Set([...(one.answer.levelChanges ?? []), new Date(changedAt).toISOString()])],
      };
    const answer = { ...one.answer, unsure: undefined, round: round + 1 };
    const { isRetry } = one;
    one.isRetry = false;
    if (outcome.as === "done" && isRetry) one.answer = { ...one.answer, round: round + 1 };
    else if (outcome.as === "done")
      this.end(id, {
        status: "sent",
        answer: {
          ...answer,
          agreed: { quantity, at, word: one.word },
          said: `Shopify shows ${String(quantity)}.`,
        },
      });
    else if (outcome.as === "refused")
      this.end(id, {
        ...{ status: "refused", errorCode: "WRITE_BACK_REFUSED", error: `Shopify: ${outcome.message}` },
        answer: { ...answer, next: outcome.next },
      });
    else if (outcome.as === "running")
      this.end(id, {
        status: "waiting",
        errorCode: null,
        error: null,
        waitMs: RUNNING_WAIT_MS,
        answer: one.answer,
      });
    else one.answer = answer;
  }
}
