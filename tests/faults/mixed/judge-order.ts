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
    ...[...words.header(), ...words.courierWords(), ...words.shown()],
    ...[...deeds.money(), ...deeds.ownFacts()],
  ];
}

/** As judgeOrder, for differences that were tried again: each that is left is about something. */
export function judgeLeft(of: Judged): string[] {
  return [...new WordsJudge(of).genuine()];
}
