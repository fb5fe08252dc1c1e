/**
 * ERP actions and what other people do in Shopify in any order, with faults in between: in the end both sides agree, or the difference
 * is shown. `npm run faults` draws more of them; one that fails is repeated by what it says: MIX_RUNS=1 FAULT_SEED=… MIX_PATH=….
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mixes } from "./mixed/draw-mix.ts";
import { liveMix } from "./mixed/live-mix.ts";
import { startMixedShop, type MixedShop } from "./mixed/mixed-shop.ts";
import { startOwnPostgres, type OwnPostgres } from "./own-postgres.ts";

const RUNS = Number(process.env["MIX_RUNS"] ?? 12);
const SEED = Number(process.env["FAULT_SEED"] ?? 1);
/** Where in the draw a counterexample stands, as fast-check says it; empty: all of it. */
const PATH = process.env["MIX_PATH"] ?? "";

let postgres: OwnPostgres;
let at: MixedShop;
beforeAll(async () => {
  // What is killed is tested elsewhere; this is about many.
  postgres = await startOwnPostgres({ fsync: "off", synchronous_commit: "off", full_page_writes: "off" });
  at = await startMixedShop(await postgres.newDatabase());
}, 120_000);
afterAll(async () => {
  await at.close();
  await postgres.close();
});

test(
  `${String(RUNS)} mixes from seed ${String(SEED)}: both sides agree, or it is shown why not`,
  { timeout: 60_000 + RUNS * 5_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(mixes, async (mix) => {
        expect(await liveMix(at, mix)).toEqual([]);
      }),
      { numRuns: RUNS, seed: SEED, ...(PATH === "" ? {} : { path: PATH, endOnFailure: true }) },
    );
  },
);
