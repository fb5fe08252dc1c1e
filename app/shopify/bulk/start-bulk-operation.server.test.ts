import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { openDatabase } from "#app/lib/db.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { shopClient } from "../client/shop-client.server.ts";
import { createBulkWaker } from "./bulk-waker.ts";
import { fetchBulkOperation, pollBulkOperation } from "./poll-bulk-operation.server.ts";
import { startBulkOperation, type StartMark } from "./start-bulk-operation.server.ts";

/** A simulated shop's own client, and what starts an operation of products through it. */
const startTest = test.extend("road", async ({ database }, { onCleanup }) => {
  const sim = await installInSimulatedShop(database, { orders: 5 });
  onCleanup(() => sim.simulator.close());
  const stop = new AbortController();
  const client = shopClient(
    { env: sim.env, database, log: createLog("silent"), now },
    { shop: sim.shop, fetch: sim.fetch, signal: stop.signal },
  );
  const query = "{ products { edges { node { id } } } }";
  /** As a worker does it that is killed before it can store the id. */
  const leaveBehind = async (text = query) => {
    for (;;) {
      const { data } = await client.graphql<{
        bulkOperationRunQuery: { bulkOperation: { id: string } | null };
      }>(
        `mutation ($query: String!) { bulkOperationRunQuery(query: $query) { bulkOperation { id } userErrors { message } } }`,
        { query: text },
      );
      const { bulkOperation } = data.bulkOperationRunQuery;
      if (bulkOperation) return bulkOperation.id;
      await sleep(10); // five run at a time
    }
  };
  const start = (startMark: StartMark, onWait: (text: string) => void = () => undefined) =>
    startBulkOperation(database.pool, {
      ...{ client, shop: sim.shop, jobId: "job-1", purpose: "products", window: null },
      ...{ query, startMark, signal: stop.signal, now, onWait },
    });
  const started = () =>
    sim.simulator.requests().filter(({ operations }) => operations.includes("bulkOperationRunQuery")).length;
  return { ...sim, client, stop, leaveBehind, start, started };
});

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

startTest(
  "what an earlier worker started and could not store is used, not started again",
  async ({ road, database }) => {
    const since = now();
    const left = await road.leaveBehind();
    const leftBy = now();
    for (let other = 0; other < 30; other++) await road.leaveBehind(`{ orders { edges { node { id } } } }`);
    const asked = road.started();
    const keep = () => Promise.reject(new Error("nothing is to be started"));
    expect(await road.start({ since, keep })).toEqual({ id: left });
    expect(road.started()).toBe(asked);
    const [row] = await database.prisma.shopifyBulkOperation.findMany();
    expect(row).toMatchObject({ id: left, jobId: "job-1" });
    // What changed while nobody knew of it came after it began.
    const began = row?.createdAt.getTime() ?? 0; // in whole seconds, as Shopify says it
    expect(began).toBeGreaterThan(since.getTime() - 1_000);
    expect(began).toBeLessThanOrEqual(leftBy.getTime());
  },
);

startTest(
  "what is another job's, has ended badly or began long before is not taken up",
  async ({ road, database }) => {
    const { shop, client } = road;
    const others = await road.leaveBehind();
    const common = { jobId: "job-0", purpose: "products", query: "", status: "RUNNING" };
    await database.prisma.shopifyBulkOperation.create({ data: { shop, id: others, ...common } });
    const ended = (id: string) =>
      expect.poll(async () => (await fetchBulkOperation(database.pool, { client, shop, id, now })).status, {
        timeout: 20_000,
      });
    await ended(others).toBe("COMPLETED"); // or it would be the one that fails
    road.simulator.faults.add({ kind: "bulk-failed", count: 1 });
    const failed = await road.leaveBehind();
    await ended(failed).toBe("FAILED");
    const kept: Date[] = [];
    const keep = (since: Date) => Promise.resolve(void kept.push(since));
    const { id } = await road.start({ since: new Date(Date.now() - 1_000), keep });
    expect([others, failed]).not.toContain(id);
    expect(kept).toHaveLength(1);

    const old = await road.leaveBehind();
    const later = await road.start({ since: new Date(Date.now() + 90_000), keep });
    expect(later.id).not.toBe(old);
  },
);

startTest(
  "a start is marked before Shopify is asked, and a worker that has lost its job asks nothing",
  async ({ road }) => {
    const keep = () => {
      expect(road.started()).toBe(0);
      road.stop.abort(new Error("lost"));
      return Promise.resolve();
    };
    await expect(road.start({ since: null, keep })).rejects.toThrow("lost");
    expect(road.started()).toBe(0);
  },
);

startTest("a start under way when all is to end is still stored", async ({ road, database }) => {
  road.simulator.faults.add({ kind: "slow", operation: "bulkOperationRunQuery", delayMs: 200 });
  const keep = () => Promise.resolve();
  const started = road.start({ since: null, keep });
  await expect.poll(() => road.started(), { timeout: 20_000 }).toBe(1);
  road.stop.abort(new Error("paused"));
  const { id } = await started;
  expect(await database.prisma.shopifyBulkOperation.findMany()).toMatchObject([{ id }]);
});
