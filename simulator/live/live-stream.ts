import { RecordRandom, STREAM } from "#simulator/store/random.ts";
import type { Happening } from "#simulator/webhooks/happening.ts";
import { drawAct, drawNewOrder } from "./draw-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { performAct } from "./perform-act.ts";
import { RefusedAct } from "./refused-act.ts";

/** Orders that may still live: the newest of the store at the start, and all that come. */
const FIRST_POOL = 300;
const MOST_POOL = 2_000;
const TRIES = 6;
const TICK_MS = 20;
/** What a machine that fell behind makes up for at once. */
const MOST_AT_ONCE = 50;

export type LiveStream = {
  /** Lets the next act happen, at once. @returns null when the store sells nothing. */
  step(): ActDone | null;
  /** @throws RangeError unless 0 < perSecond <= 1000. */
  start(perSecond: number, seed: number): void;
  stop(): void;
  /** How it runs: 0 acts a second = it does not. `acts` counts since the simulator began. */
  state(): { perSecond: number; seed: number; acts: number };
};

/** Plausible acts, one after another: which follows from the seed, the store and how many there were. */
export function createLiveStream(
  shop: LiveShop,
  tell: (happenings: readonly Happening[]) => void,
): LiveStream {
  let pool: string[] | null = null;
  let timer: NodeJS.Timeout | null = null;
  let perSecond = 0;
  let seed = 1;
  let acts = 0;

  function firstPool(): string[] {
    const orders = shop.store.collection("orders");
    const count = orders?.count() ?? 0;
    const size = Math.min(count, FIRST_POOL);
    return Array.from({ length: size }, (_, i) => orders?.at(count - size + i).id ?? "");
  }

  function attempt(random: RecordRandom): ActDone | null {
    pool ??= firstPool();
    for (let k = 0; k <= TRIES; k++) {
      const act = k < TRIES ? drawAct(shop, random, pool, acts) : drawNewOrder(shop, random, acts);
      if (act === null) continue;
      try {
        const done = performAct(shop, act);
        if (act.act === "placeOrder") pool.push(done.id);
        if (pool.length > MOST_POOL) pool = pool.slice(-MOST_POOL / 2);
        return done;
      } catch (error) {
        if (!(error instanceof RefusedAct)) throw error;
      }
    }
    return null;
  }

  function step(): ActDone | null {
    const done = attempt(new RecordRandom(seed, STREAM.live, acts));
    if (done === null) return null;
    acts++;
    tell(done.happenings);
    return done;
  }

  return {
    step,
    start(rate, withSeed) {
      if (!(rate > 0 && rate <= 1_000))
        throw new RangeError("Acts a second must be above 0 and at most 1000.");
      this.stop();
      perSecond = rate;
      seed = withSeed;
      let due = 0;
      let last = performance.now();
      timer = setInterval(
        () => {
          const now = performance.now();
          due = Math.min(due + ((now - last) * rate) / 1_000, MOST_AT_ONCE);
          last = now;
          for (; due >= 1; due--) step();
        },
        Math.max(TICK_MS, Math.min(1_000 / rate, 1_000)),
      );
      timer.unref();
    },
    stop() {
      if (timer) clearInterval(timer);
      timer = null;
      perSecond = 0;
    },
    state: () => ({ perSecond, seed, acts }),
  };
}
