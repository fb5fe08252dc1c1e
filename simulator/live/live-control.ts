import type { LiveStore, SimStore } from "#simulator/store/types.ts";
import type { Happening } from "#simulator/webhooks/happening.ts";
import { openLiveShop, type LiveShop } from "./live-shop.ts";
import { createLiveStream, type LiveStream } from "./live-stream.ts";
import { performAct, type Act } from "./perform-act.ts";
import { refuse } from "./refused-act.ts";

/** What one act came to: the topics Shopify tells, in order, and the gid of what it was about. */
export type ActAnswer = { happenings: string[]; id: string };

export type LiveControl = {
  /** Lets an act happen and tells it. @throws RefusedAct */
  act(act: Act): ActAnswer;
  /** What mutations work on; null = a store written by hand. */
  shop: LiveShop | null;
  stream: LiveStream;
};

/**
 * The hand on a living store.
 * @param tell is handed the happenings of every act, of those of the stream too.
 */
export function createLiveControl(
  store: SimStore & { domain: string },
  now: () => Date,
  tell: (happenings: readonly Happening[]) => void,
): LiveControl {
  if (!isLive(store)) {
    const dead = (): never => refuse("This store was written by hand: nothing can happen in it.");
    return {
      act: dead,
      shop: null,
      stream: {
        step: dead,
        start: dead,
        stop: () => undefined,
        state: () => ({ perSecond: 0, seed: 1, acts: 0 }),
      },
    };
  }
  const shop = openLiveShop(store, now);
  return {
    shop,
    act(act) {
      const done = performAct(shop, act);
      tell(done.happenings);
      return { happenings: done.happenings.map((one) => one.topic), id: done.id };
    },
    stream: createLiveStream(shop, tell),
  };
}

function isLive(store: SimStore & { domain: string }): store is LiveStore {
  return "putOrder" in store;
}
