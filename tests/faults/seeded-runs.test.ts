/**
 * A store that lives while faults come as a seed draws them: several at once, processes killed in between. `npm run faults` makes
 * many runs; a run that fails is repeated with its seed: FAULT_SEED=7 FAULT_RUNS=1.
 */
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { test } from "vitest";
import type { FaultRequest } from "#simulator/faults/fault-kinds.ts";
import { expectNothingLost } from "./expect-nothing-lost.ts";
import { startLivingShop, type LivingShop } from "./living-shop.ts";
import { startOwnPostgres, type OwnPostgres } from "./own-postgres.ts";

const RUNS = Number(process.env["FAULT_RUNS"] ?? 1);
const FIRST_SEED = Number(process.env["FAULT_SEED"] ?? 1);
const RUN_MS = 300_000;

const share = fc.double({ min: 0.05, max: 0.6, noNaN: true });
const fault: fc.Arbitrary<FaultRequest> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("webhook-lost", "webhook-doubled", "webhook-answer-lost", "webhook-forged"),
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

async function strike(what: string, { app }: LivingShop, postgres: OwnPostgres): Promise<void> {
  if (what === "kill web") await app.killWeb();
  else if (what === "kill worker") await app.killWorker();
  else if (what === "stop worker") await app.stopWorker();
  else if (what === "restart PostgreSQL") await postgres.restart();
}

const seeds = Array.from({ length: RUNS }, (_, i) => FIRST_SEED + i);
test.concurrent.each(seeds)(
  "seed %i: nothing lost, nothing doubled, the newest content",
  { timeout: RUN_MS },
  async (seed) => {
    const [drawn] = fc.sample(plan, { seed, numRuns: 1 });
    if (drawn === undefined) throw new Error("No plan was drawn");
    const postgres = await startOwnPostgres();
    try {
      const living = await startLivingShop(postgres, { seed });
      try {
        await living.live(drawn.faults, async () => {
          for (const { what, afterMs } of drawn.blows) {
            await sleep(afterMs);
            await strike(what, living, postgres);
          }
          await sleep(1_500);
        });
        await expectNothingLost(living, {
          isLost: drawn.faults.some(({ kind }) => kind === "webhook-lost"),
        });
      } finally {
        await living.close();
      }
    } catch (error) {
      throw new Error(`Drawn: ${JSON.stringify(drawn)}`, { cause: error });
    } finally {
      await postgres.close();
    }
  },
);
