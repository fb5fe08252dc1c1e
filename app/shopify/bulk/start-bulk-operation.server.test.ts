import { expect } from "vitest";
import { openDatabase, type Database } from "#app/lib/db.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { shopClient } from "../client/shop-client.server.ts";
import { createBulkWaker } from "./bulk-waker.ts";
import { pollBulkOperation } from "./poll-bulk-operation.server.ts";
import { startBulkOperation } from "./start-bulk-operation.server.ts";

const now = () => new Date();
const TAKEN = "All bulk operation slots of this shop are taken: waiting for one";

test("seven starts at once in two processes: five run, two wait their turn, all end, none is cancelled", async ({
  database,
  onTestFinished,
}) => {
  const sim = await installInSimulatedShop(database, { orders: 5, bulkRunDelayMs: 3_000 });
  onTestFinished(() => sim.simulator.close());
  const other = openDatabase(database.url, { poolSize: 4, applicationName: "another process" });
  onTestFinished(() => other.close());
  const { signal } = new AbortController();
  const waits = new Set<string>();

  const run = async (index: number) => {
    const db = index % 2 ? database : other;
    const jobId = `job-${String(index)}`;
    const client = shopClient(
      { env: sim.env, database: db, log: createLog("silent"), now },
      { shop: sim.shop, fetch: sim.fetch, signal },
    );
    const { id } = await startBulkOperation(db.pool, {
      ...{ client, shop: sim.shop, jobId, purpose: "products", window: null, signal, now },
      query: `{ products(query: "title:*${String(index)}*") { edges { node { id } } } }`,
      onWait: (text) => {
        if (text === TAKEN) waits.add(jobId);
      },
    });
    return pollBulkOperation(db.pool, {
      ...{ client, shop: sim.shop, id, signal, now, waker: createBulkWaker() },
    });
  };
  const ended = await Promise.all(Array.from({ length: 7 }, (_, index) => run(index)));
  // Five is Shopify's limit: it refuses the others, who must not take that for a failure.
  expect(waits.size).toBe(2);
  expect(ended.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => "COMPLETED"));
  expect(new Set(ended.map(({ id }) => id)).size).toBe(7);
  const asked = sim.simulator.requests().flatMap(({ operations }) => operations);
  expect(asked).not.toContain("bulkOperationCancel");
});

/** A query nobody else asks, started for a job of a shop. */
async function aStart(database: Database, onTestFinished: (close: () => Promise<void>) => void) {
  const sim = await installInSimulatedShop(database, { orders: 5 });
  onTestFinished(() => sim.simulator.close());
  const ending = new AbortController();
  const client = shopClient(
    { env: sim.env, database, log: createLog("silent"), now },
    { shop: sim.shop, fetch: sim.fetch, signal: ending.signal },
  );
  const start = (begunAt?: Date) =>
    startBulkOperation(database.pool, {
      ...{ client, shop: sim.shop, jobId: "a job", purpose: "products", window: null, now, begunAt },
      ...{ signal: ending.signal, query: "{ products { edges { node { id } } } }" },
      onWait: () => undefined,
    });
  return { ...sim, start, ending };
}

test("what a killed worker started and did not store is found, not started again", async ({
  database,
  onTestFinished,
}) => {
  const { start, simulator } = await aStart(database, onTestFinished);
  const begunAt = now();
  const { id } = await start();
  await database.prisma.shopifyBulkOperation.deleteMany();
  expect(await start(begunAt)).toEqual({ id });
  const asked = simulator.requests().flatMap(({ operations }) => operations);
  expect(asked.filter((operation) => operation === "bulkOperationRunQuery")).toHaveLength(1);
  expect(await database.prisma.shopifyBulkOperation.findMany()).toMatchObject([{ id, jobId: "a job" }]);
});

test("a start under way when all is to end is still stored", async ({ database, onTestFinished }) => {
  const { start, simulator, ending } = await aStart(database, onTestFinished);
  simulator.faults.add({ kind: "slow", operation: "bulkOperationRunQuery", delayMs: 200 });
  const started = start();
  await expect.poll(() => simulator.requests().length).toBe(1);
  ending.abort(new Error("paused"));
  const { id } = await started;
  expect(await database.prisma.shopifyBulkOperation.findMany()).toMatchObject([{ id }]);
});
