import fc from "fast-check";
import type { FaultRequest } from "#simulator/faults/fault-kinds.ts";

/** Where in a dump a blow falls. */
const moments = ["waiting", "downloading", "storing", "processing"] as const;
export type Moment = (typeof moments)[number];

/**
 * What is done to a job under way or to the worker that has it. `resume at once` takes a pause back before it can be obeyed;
 * `cancel paused` cancels what is paused; `cancel orphan` what no living worker has.
 */
export type BlowKind =
  "pause" | "resume at once" | "cancel" | "cancel paused" | "cancel orphan" | "kill" | "terminate";

const dumps = ["products", "customers", "orders"] as const;
export type Dump = (typeof dumps)[number];

export type Blow = { dump: Dump; moment: Moment; afterMs: number; what: BlowKind; restMs: number };

export type StopPlan = {
  orders: number;
  workers: number;
  /** How long the simulated Shopify collects, and how long it thinks before it sends a file. */
  bulkRunMs: number;
  fileWaitMs: number;
  troubles: FaultRequest[];
  /** In the order in which they can fall. */
  blows: Blow[];
};

/** After a kill nobody takes the job until its heartbeat is stale: more of them make a run long, not hard. */
const MOST_KILLS = 1;

const blow: fc.Arbitrary<Blow> = fc.record({
  dump: fc.constantFrom("products" as const, "customers" as const, "orders" as const, "orders" as const),
  moment: fc.constantFrom(...moments),
  afterMs: fc.integer({ min: 0, max: 300 }),
  what: fc.constantFrom<BlowKind>(
    ...(["pause", "pause", "resume at once", "cancel", "cancel paused", "cancel orphan"] as const),
    ...(["kill", "kill", "terminate"] as const),
  ),
  restMs: fc.integer({ min: 50, max: 1_500 }),
});

const plan: fc.Arbitrary<StopPlan> = fc
  .record({
    orders: fc.integer({ min: 300, max: 2_000 }),
    workers: fc.integer({ min: 1, max: 2 }),
    bulkRunMs: fc.integer({ min: 300, max: 1_500 }),
    fileWaitMs: fc.integer({ min: 100, max: 800 }),
    troubles: fc.subarray<FaultRequest>([
      { kind: "throttled", share: 0.15 },
      { kind: "http-5xx", share: 0.1 },
      { kind: "file-cut", share: 0.3 },
    ]),
    // Each count as likely as the others: an array drawn by itself prefers to be short.
    blows: fc
      .constantFrom(1, 2, 3, 4)
      .chain((count) => fc.array(blow, { minLength: count, maxLength: count })),
  })
  .map((drawn) => ({ ...drawn, blows: inOrder(withFewKills(drawn.blows)) }));

export function drawStops(seed: number): StopPlan {
  const [drawn] = fc.sample(plan, { seed, numRuns: 1 });
  if (drawn === undefined) throw new Error("No plan was drawn");
  return drawn;
}

function withFewKills(blows: readonly Blow[]): Blow[] {
  let kills = 0;
  return blows.map((one) =>
    (one.what === "kill" || one.what === "cancel orphan") && ++kills > MOST_KILLS
      ? { ...one, what: one.what === "kill" ? "terminate" : "cancel" }
      : one,
  );
}

function inOrder(blows: readonly Blow[]): Blow[] {
  const place = ({ dump, moment }: Blow) => dumps.indexOf(dump) * moments.length + moments.indexOf(moment);
  return [...blows].sort((a, b) => place(a) - place(b));
}
