import type { ShopifySide } from "./both-sides.ts";
import { DeedsJudge } from "./judge-deeds.ts";
import { GoodsJudge } from "./judge-goods.ts";
import { WordsJudge } from "./judge-words.ts";
import type { Judged } from "./side-by-side.ts";

/**
 * Where the two sides of an order at rest do not agree by the table of docs/order-status.md and nothing that is shown says just that:
 * a change that Shopify did not take, a case, packed goods that must not leave. Empty when all is well.
 */
export function judgeOrder(of: Judged): string[] {
  const [goods, words, deeds] = [new GoodsJudge(of), new WordsJudge(of), new DeedsJudge(of)];
  return [
    ...[...goods.fulfilments(), ...goods.parcels(), ...goods.lines()],
    ...[...words.header(), ...words.courierWords(), ...words.tracking(), ...words.shown()],
    ...[...deeds.money(), ...deeds.collection(), ...deeds.ownFacts()],
  ];
}

/** As judgeOrder, for differences that were tried again: each that is left is about something. */
export function judgeLeft(of: Judged): string[] {
  return [...new WordsJudge(of).genuine()];
}

/** Of an order that Shopify has no more the ERP keeps what it did, and nothing waits for it without a word. */
export function judgeDeleted({ erp, ledger }: Pick<Judged, "erp" | "ledger">): string[] {
  const of: Judged = { shopify: NOTHING, erp, ledger, money: ledger.foreign };
  const [words, deeds] = [new WordsJudge(of), new DeedsJudge(of)];
  return [
    ...(erp.archived ? [] : ["Shopify deleted the order, the ERP does not know it"]),
    ...erp.lines.flatMap((line) => {
      const packed = erp.stopShip === null ? 0 : line.packed;
      const [over, left] = [line.cancelled + line.shipped + packed, line.qty - line.rto];
      return over < left ? [`line ${line.id}: ${String(over)} of ${String(left)} are over`] : [];
    }),
    ...[...words.status(), ...words.shown(), ...deeds.money(), ...deeds.ownFacts()],
  ];
}

const NOTHING: ShopifySide = {
  ...{ cancelled: false, financial: "", outstanding: 0, held: false },
  ...{ lines: [], fulfillments: [], forgiven: new Map() },
};
