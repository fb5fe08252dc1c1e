/**
 * A store that lives while faults come as a seed draws them: several at once, processes killed in between. `npm run faults` makes
 * many runs; a run that fails is repeated with its seed: FAULT_SEED=7 FAULT_RUNS=1.
 */
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FaultRequest } from "#simulator/faults/fault-kinds.ts";
import type { Child } from "../../scripts/start-child.ts";
import { compareStoreWithErp } from "./compare-store-with-erp.ts";
import { startLivingShop, type LivingShop } from "./living-shop.ts";
import { startOwnPostgres, type OwnPostgres } from "./own-postgres.ts";

const RUNS = Number(process.env["FAULT_RUNS"] ?? 2);
/** Deliveries lost for good need dumps to be found: that is for the long runs. In the short ones all that is told arrives in the end. */
const LOST = process.env["FAULT_RUNS"] === undefined ? [] : (["webhook-lost"] as const);
const FIRST_SEED = Number(process.env["FAULT_SEED"] ?? 1);
const RUN_MS = 300_000;

let postgres: OwnPostgres;
let living: LivingShop;
let web: Child;
let worker: Child;
/** What was told to nobody stays untold for the runs that follow in the same shop. */
let wasLost = false;

beforeAll(async () => {
  postgres = await startOwnPostgres();
  living = await startLivingShop(postgres.database, { orders: 40, seed: 23 });
  const [first, second] = living.children;
  if (first === undefined || second === undefined) throw new Error("The processes did not start");
  [web, worker] = [first, second];
}, RUN_MS);
afterAll(async () => {
  await living.close();
  await postgres.close();
}, RUN_MS);

const share = fc.double({ min: 0.05, max: 0.6, noNaN: true });
const fault: fc.Arbitrary<FaultRequest> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(...LOST, "webhook-doubled", "webhook-answer-lost", "webhook-forged"),
    share,
  }),
  fc.record({ kind: fc.constant("webhook-late"), share, delayMs: fc.integer({ min: 50, max: 2_500 }) }),
  fc.record({
    kind: fc.constant("webhook-reordered"),
    share,
    after: fc.integer({ min: 1, max: 12 }),
    delayMs: fc.constant(3_000),
  }),
  fc.record({
    kind: fc.constantFrom("throttled", "http-429", "http-5xx"),
    share: fc.double({ min: 0.05, max: 0.3, noNaN: true }),
  }),
);
const blow = fc.record({
  what: fc.constantFrom("kill web", "kill worker", "stop worker", "restart PostgreSQL", "nothing"),
  afterMs: fc.integer({ min: 100, max: 1_200 }),
});
const plan = fc.record({
  faults: fc.array(fault, { minLength: 1, maxLength: 4 }),
  blows: fc.array(blow, { minLength: 0, maxLength: 3 }),
});

async function strike(what: string): Promise<void> {
  if (what === "kill web") {
    await web.kill();
    web = await living.startWeb();
  } else if (what === "kill worker" || what === "stop worker") {
    await (what === "kill worker" ? worker.kill() : worker.stop());
    worker = await living.startWorker();
  } else if (what === "restart PostgreSQL") await postgres.restart();
}

const seeds = Array.from({ length: RUNS }, (_, i) => FIRST_SEED + i);
test.each(seeds)(
  "seed %i: nothing lost, nothing doubled, the newest content",
  { timeout: RUN_MS },
  async (seed) => {
    const [drawn] = fc.sample(plan, { seed, numRuns: 1 });
    if (drawn === undefined) throw new Error("No plan was drawn");
    for (const one of drawn.faults) living.simulator.faults.add(one);
    living.simulator.live(25, seed);
    for (const { what, afterMs } of drawn.blows) {
      await sleep(afterMs);
      await strike(what);
    }
    await sleep(1_500);
    living.simulator.stopLive();
    living.simulator.faults.clear();
    const isLost = drawn.faults.some(({ kind }) => kind === "webhook-lost");
    wasLost ||= isLost;
    await living.settle({ isLost });
    const differences = await compareStoreWithErp(postgres.database, living.shop, living.simulator.store, {
      isLost: wasLost,
    });
    expect({ drawn, differences }).toEqual({ drawn, differences: [] });
  },
);
