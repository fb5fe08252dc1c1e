import { skipWords } from "#app/erp/inventory/stock-compare-row.ts";
import type { StockTarget } from "#app/erp/inventory/load-stock-targets.server.ts";
import { NOTHING_MOVED, type StockMoves } from "#app/erp/inventory/moves-of-order.ts";
import type { IntentEnd } from "#app/outbox/finish-intent.server.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";

/** What the ERP had to sell of a level (units, what is kept back taken off), and when it had said its number last (ISO; null: never). */
export type StockWord = { left: number; saidAt: string | null };

/** What both sides have, or were left with, and when; `word`: of the ERP's, that it stands for. Of before it was noted there is none. */
export type StockAgreed = { quantity: number; at: string; word?: StockWord | undefined };

/** What is kept of a level's wish for the next try, or for good. */
export type StockAnswer = {
  /** Sent, and nobody knows whether Shopify did it. */
  unsure?: boolean | undefined;
  /** Units that were sent, or are being sent. */
  quantity?: number | undefined;
  /** What Shopify had when they were sent, which was found to be nobody's doing then. */
  changeFrom?: number | undefined;
  /** When that was read: what has moved since is told from it. */
  pushedAt?: string | undefined;
  /** How often Shopify answered and it was not done: a new key for each. */
  round?: number | undefined;
  /** Shopify's number when it was first seen to have moved: its news may be on the way. */
  seen?: number | undefined;
  /** When that was; the ERP's next word makes a wish due at once, and news takes no less time for that. */
  seenAt?: string | undefined;
  /** Shopify's number that a person was asked about; sent again, the ERP's number counts against it. */
  asked?: number | undefined;
  /** When that was: what orders have moved since is no news to a person. */
  askedAt?: string | undefined;
  /** What of the ERP's the units that were sent stand for. */
  word?: StockWord | undefined;
  agreed?: StockAgreed | undefined;
  /** Shopify's times of what we have set there: by these its news of it is known as ours. */
  levelChanges?: string[] | undefined;
  said?: string | undefined;
  next?: string | undefined;
};

/** What Shopify has of a level right now; null: it has no such item, or does not stock it there. */
export type LiveLevel = { available: number; tracked: boolean } | null;

export type StockRule = ShopSettings["stock"]["onConflict"];

export type StockPlan =
  | { send: { quantity: number; changeFrom: number; word: StockWord }; answer: StockAnswer }
  | { end: IntentEnd };

/** How long news of a number that has just moved is waited for: an order's webhook comes within seconds. */
const NEWS_WAIT_MS = 30_000;

/**
 * What is to be done about one level. Shopify's number has been moved by somebody where it is not what orders made of the number that both
 * sides last agreed on, or of one around a push of ours whose answer was lost; of a level never pushed, where it is not what the cache has. An order's news may
 * still be on the way, so a number that has just moved is looked at once more before the shop's rule decides.
 */
export function planStock({
  target,
  isUnread = false,
  live,
  moves,
  movesSincePush,
  movesSinceAsked = NOTHING_MOVED,
  answer,
  rule,
  at,
}: {
  target: StockTarget | undefined;
  /** Whether it is not known only because no payload of it has been taken in: a new item's come one by one. */
  isUnread?: boolean | undefined;
  live: LiveLevel;
  /** What orders moved since both sides last agreed, since what our own push may have left, and since a person was asked. */
  moves: StockMoves;
  movesSincePush: StockMoves;
  movesSinceAsked?: StockMoves | undefined;
  answer: StockAnswer;
  rule: StockRule;
  /** ISO; when Shopify was read. */
  at: string;
}): StockPlan {
  const kept: StockAnswer = { ...answer, unsure: undefined };
  if (target === undefined && isUnread && live !== null)
    return {
      end: {
        ...{ status: "waiting", errorCode: "STOCK_NOT_SYNCED", answer },
        error: "Shopify stocks it there, and its number there has not been taken in yet.",
      },
    };
  if (target === undefined) return dropped("Shopify does not stock it there.", kept);
  if (target.skipped !== null) return dropped(skipWords[target.skipped], kept);
  if (live === null)
    return refused(
      "Shopify does not stock it at this location.",
      "Stock it there in Shopify, then send this again.",
      kept,
    );
  if (!live.tracked) return dropped(skipWords.untracked, kept);
  const { available } = live;
  // Our own push either came through or it did not, and orders may have moved it since.
  const isOfOurs =
    answer.unsure === true &&
    [answer.quantity, answer.changeFrom].some((had) => isExplained(had, available, movesSincePush));
  const isNobodys =
    isOfOurs || isExplained(answer.asked, available, movesSinceAsked) || !isMoved(target, available, moves);
  const { quantity, word } = isNobodys
    ? wishedNow(target, available, { answer, movesSincePush })
    : wholeWord(target);
  if (available === quantity) {
    const wasOurs = answer.unsure === true && answer.quantity === quantity;
    const said = wasOurs
      ? `Shopify shows ${String(quantity)}.`
      : `Shopify shows ${String(quantity)} already.`;
    return {
      end: {
        status: wasOurs ? "sent" : "already",
        answer: { ...kept, agreed: { quantity, at, word }, said },
      },
    };
  }
  const send: StockPlan = { send: { quantity, changeFrom: available, word }, answer };
  if (isNobodys) return send;
  const seenAt = answer.seen === available ? answer.seenAt : at;
  const waitMs = seenAt === undefined ? 0 : Date.parse(seenAt) + NEWS_WAIT_MS - Date.parse(at);
  if (waitMs > 0)
    return {
      end: {
        ...{ status: "waiting", errorCode: null, waitMs },
        error: `Shopify's number has just become ${String(available)}: its news is waited for.`,
        answer: { ...answer, seen: available, seenAt },
      },
    };
  if (rule === "erp") return send;
  const left = { quantity: available, at, word };
  if (rule === "shopify")
    return dropped(
      `Somebody set it to ${String(available)} in Shopify, and by your rule that stays. The ERP has ${sayTarget(target)}.`,
      { ...kept, agreed: left },
    );
  return {
    end: {
      ...{ status: "conflict", errorCode: "SHOPIFY_DIFFERS" },
      error: `Somebody set it to ${String(available)} in Shopify.`,
      conflict: {
        erp: sayTarget(target),
        shopify: String(available),
        next: "Send it again to have the ERP's number in Shopify; or choose not to send it, and correct the ERP's number if Shopify's is right.",
      },
      answer: { ...kept, asked: available, askedAt: at, seen: undefined, seenAt: undefined, agreed: left },
    },
  };
}

type Wished = { quantity: number; word: StockWord };

/** The ERP's number as it is: its word counts against whatever Shopify has. */
function wholeWord({ sellableQty, safetyQty, targetQty, saidAt }: StockTarget): Wished {
  return {
    quantity: targetQty,
    word: { left: sellableQty - safetyQty, saidAt: saidAt?.toISOString() ?? null },
  };
}

/**
 * What a level is to show whose number nobody but orders has moved. A word that the ERP has said since both sides agreed counts as it is,
 * and so does what a person was asked about, or sends as a difference. Else no number is new: what is kept back was changed, or goods were
 * put back. What orders took since the ERP's word is not in that, and Shopify has taken it off already: its number moves by the
 * change, or what was sold would be sold again. Never above the ERP's number.
 */
function wishedNow(
  target: StockTarget,
  available: number,
  { answer, movesSincePush }: { answer: StockAnswer; movesSincePush: StockMoves },
): Wished {
  const whole = wholeWord(target);
  const agreed = target.agreed?.word;
  if (answer.asked !== undefined || agreed === undefined || agreed.saidAt !== whole.word.saidAt) return whole;
  const before = standsFor(available, { answer, movesSincePush }, agreed.left);
  // Where a push of ours may have come through or not, the least: what is too little is mended by the ERP's next word.
  const least = Math.min(...before.map((left) => available + whole.word.left - left));
  return {
    quantity: Math.max(0, Math.min(least, target.targetQty)),
    // What could not be taken off because none is left is not put back later either.
    word: { ...whole.word, left: whole.word.left + Math.max(0, -least) },
  };
}

/** What of the ERP's the number that Shopify shows may stand for: the agreed one, or that of our push whose answer was lost. */
function standsFor(
  available: number,
  { answer, movesSincePush }: { answer: StockAnswer; movesSincePush: StockMoves },
  agreed: number,
): number[] {
  const { unsure, quantity, changeFrom, word } = answer;
  if (unsure !== true || word === undefined) return [agreed];
  if (available === quantity) return [word.left];
  if (available === changeFrom) return [agreed];
  return isExplained(quantity, available, movesSincePush) ? [word.left, agreed] : [agreed];
}

/** Whether orders do not explain what Shopify has. */
function isMoved(target: StockTarget, available: number, moves: StockMoves): boolean {
  const { agreed, cachedQty } = target;
  if (agreed === null) return cachedQty !== null && available !== cachedQty;
  return !isExplained(agreed.quantity, available, moves);
}

/** Whether it is what orders have made of a number that Shopify had: the agreed one, one that a person knows, or one around a lost push. */
function isExplained(had: number | undefined, available: number, { least, most }: StockMoves): boolean {
  return had !== undefined && available >= had + least && available <= had + most;
}

/** "12 to sell (15 − 2 kept back − 1 of orders not taken in yet)". */
export function sayTarget({ targetQty, sellableQty, safetyQty, unprocessedQty }: StockTarget): string {
  const less = [
    ...(safetyQty > 0 ? [`${String(safetyQty)} kept back`] : []),
    ...(unprocessedQty > 0 ? [`${String(unprocessedQty)} of orders not taken in yet`] : []),
  ];
  const how = less.length > 0 ? ` (${[String(sellableQty), ...less].join(" − ")})` : "";
  return `${String(targetQty)} to sell${how}`;
}

function dropped(words: string, answer: StockAnswer): StockPlan {
  return { end: { status: "dropped", words, answer: { ...answer, said: words } } };
}

function refused(error: string, next: string, answer: StockAnswer): StockPlan {
  return { end: { status: "refused", errorCode: "WRITE_BACK_REFUSED", error, answer: { ...answer, next } } };
}
