import { expect } from "vitest";
import { openDatabase, type Database } from "#app/lib/db.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import { startSimulator, type Simulator, type SimulatorOptions } from "#simulator/start-simulator.ts";
import { fetchFromSimulator } from "#tests/setup/simulated-shop.ts";
import { databaseTest } from "#tests/setup/test-database.ts";
import { createAdminClient, type AdminClient, type Wait } from "./admin-client.server.ts";
import { sharedPacer } from "./shared-pacer.server.ts";

const TOKEN = "shpat_0123456789abcdef0123456789abcdef";
const EXPENSIVE = "{ orders(first: 50) { nodes { id lineItems(first: 20) { nodes { id title } } } } }";
const CHEAP = "{ shop { name } }";
/** Room for three of the expensive ones at once. */
const BUCKET = 450;
const RATE = 900;

const test = databaseTest.extend("shops", ({ database }, { onCleanup }) => {
  const closing: (() => Promise<unknown>)[] = [];
  onCleanup(async () => {
    for (const close of closing.reverse()) await close();
  });
  const log = createLog("silent");
  return {
    async shop(options: SimulatorOptions = {}) {
      const simulator = await startSimulator({
        ...{ orders: 40, staticToken: TOKEN, bucketSize: BUCKET, restoreRate: RATE },
        ...options,
      });
      closing.push(() => simulator.close());
      return simulator;
    },
    /** A client as a process of its own has it: with its own pool, and nothing in common but the database. */
    process(
      simulator: Simulator,
      more: { signal?: AbortSignal; patienceMs?: number } = {},
    ): { client: AdminClient; waits: Wait[] } {
      const own: Database = openDatabase(database.url, { poolSize: 4, applicationName: "process" });
      closing.push(() => own.close());
      const waits: Wait[] = [];
      const client = createAdminClient({
        ...{ shop: simulator.domain, apiVersion: "2026-10", log },
        getAccessToken: () => Promise.resolve(TOKEN),
        fetch: fetchFromSimulator(simulator.url),
        pacer: sharedPacer(own.pool, { shop: simulator.domain, log }),
        onWait: (wait) => waits.push(wait),
        ...more,
      });
      return { client, waits };
    },
  };
});

const throttled = (simulator: Simulator) =>
  simulator.requests().filter(({ errors }) => errors.includes("Throttled")).length;

test("two processes that hammer one shop are never told THROTTLED, and all they ask is answered", async ({
  shops,
}) => {
  const simulator = await shops.shop();
  const [one, other] = [shops.process(simulator), shops.process(simulator)];
  // What a document costs is known after its first answer, and where the bucket stands too.
  const { extensions } = await one.client.graphql(EXPENSIVE);
  expect(extensions.cost?.requestedQueryCost).toBeGreaterThan(BUCKET / 4);
  const begin = Date.now();
  const asked = await Promise.all(
    Array.from({ length: 24 }, (_, turn) =>
      (turn % 2 ? one : other).client.graphql(turn % 3 ? EXPENSIVE : CHEAP),
    ),
  );
  const seconds = (Date.now() - begin) / 1000;
  expect(asked).toHaveLength(24);
  expect(throttled(simulator)).toBe(0);
  const points = simulator
    .requests()
    .slice(1)
    .reduce((sum, { cost }) => sum + cost, 0);
  expect(points).toBeGreaterThan(BUCKET); // more than could go at once: without waiting some had been refused
  expect(points).toBeLessThanOrEqual(BUCKET + seconds * RATE);
  for (const { waits } of [one, other])
    expect(waits.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^Rate limited: waiting \d+ s$/),
    );
});

test("a dear request comes through a stream of cheap ones of another process", async ({ shops }) => {
  const simulator = await shops.shop({ bucketSize: 200, restoreRate: 150 });
  const stop = new AbortController();
  const page = shops.process(simulator, { signal: stop.signal });
  const worker = shops.process(simulator);
  await worker.client.graphql(EXPENSIVE);
  const stream = async () => {
    for (;;) await page.client.graphql("{ orders(first: 10) { nodes { id } } }");
  };
  const streaming = Promise.allSettled(Array.from({ length: 6 }, stream));
  await expect.poll(() => page.waits.length, { timeout: 10_000 }).toBeGreaterThan(0);
  await worker.client.graphql(EXPENSIVE);
  stop.abort();
  await streaming;
  expect(throttled(simulator)).toBe(0);
});

test("law 11: a shop whose bucket is empty keeps no other shop waiting", async ({ shops }) => {
  const stop = new AbortController();
  const busy = shops.process(await shops.shop({ restoreRate: 1 }), { signal: stop.signal });
  const idle = shops.process(await shops.shop({ seed: 2 }));
  const asking = Promise.allSettled(Array.from({ length: 8 }, () => busy.client.graphql(EXPENSIVE)));
  await expect.poll(() => busy.waits.length, { timeout: 10_000 }).toBeGreaterThan(0);
  await idle.client.graphql(EXPENSIVE);
  await idle.client.graphql(EXPENSIVE);
  expect(idle.waits).toEqual([]);
  stop.abort();
  await asking;
});

test("somebody who waits at a page is told, when another process has used up what there is", async ({
  shops,
}) => {
  const simulator = await shops.shop({ bucketSize: 160, restoreRate: 1 });
  const worker = shops.process(simulator);
  const page = shops.process(simulator, { patienceMs: 5_000 });
  await worker.client.graphql(EXPENSIVE);
  await expect(page.client.graphql(EXPENSIVE)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  expect(simulator.requests()).toHaveLength(1);
});
