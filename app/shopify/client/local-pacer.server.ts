import type { Pacer } from "./pacer.ts";
import { throttleWaitMs, type QueryCost } from "./throttle.ts";

/** Paces the requests of one client by its own last answer, for who has nobody to share a bucket with. */
export function createLocalPacer(): Pacer {
  let last: { cost: QueryCost; at: number } | undefined;
  return {
    reserve(points) {
      const waitMs = last ? throttleWaitMs(last.cost, points, Date.now() - last.at) : 0;
      return Promise.resolve(waitMs > 0 ? { waitMs } : { points, sentAt: new Date() });
    },
    settle(_reservation, spent) {
      if (spent.kind === "answered") last = { cost: spent.cost, at: Date.now() };
      return Promise.resolve();
    },
  };
}
