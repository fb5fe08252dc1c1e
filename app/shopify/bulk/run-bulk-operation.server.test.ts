import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { ingestBulkFile } from "#app/cache/ingest-bulk-file.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import type { Simulator, SimulatorOptions } from "#simulator/start-simulator.ts";
import { databaseTest } from "#tests/setup/test-database.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import { shopClient } from "../client/shop-client.server.ts";
import type { BulkPurpose } from "./bulk-purpose.ts";
import { createBulkWaker } from "./bulk-waker.ts";
import { cancelBulkOperation } from "./cancel-bulk-operation.server.ts";
import { probeBulkQuery } from "./probe-bulk-query.server.ts";
import { runBulkOperation, type RunBulkOptions } from "./run-bulk-operation.server.ts";

const now = () => new Date();

const test = databaseTest.extend("road", async ({ database }, { onCleanup }) => {
  const workDir = await mkdtemp(path.join(tmpdir(), "bulk-road-"));
  const closing: (() => Promise<unknown>)[] = [() => rm(workDir, { recursive: true, force: true })];
  onCleanup(async () => {
    for (const close of closing) await close();
  });
  /** A shop and the road of one job from it into the cache. */
  return async (options: SimulatorOptions = {}) => {
    const sim = await installInSimulatedShop(database, { orders: 20, ...options });
    closing.unshift(() => sim.simulator.close());
    const steps: string[] = [];
    const stop = new AbortController();
    const clientVia = (fetch: typeof globalThis.fetch) =>
      shopClient(
        { env: sim.env, database, log: createLog("silent"), now },
        { shop: sim.shop, fetch, signal: stop.signal, maxTries: 3 },
      );
    const client = clientVia(sim.fetch);
    const run = (purpose: BulkPurpose, more: Partial<RunBulkOptions> = {}) =>
      runBulkOperation(database, {
        ...{ client, shop: sim.shop, jobId: "job-1", purpose, window: null, scopes, workDir, now },
        ...{ waker: createBulkWaker(), signal: stop.signal, onStep: (text: string) => steps.push(text) },
        ingest: (file) =>
          ingestBulkFile(database.pool, { ...file, shop: sim.shop, source: "dump", now: now() }),
        ...more,
      });
    return { ...sim, client, clientVia, run, steps };
  };
});

const scopes = [
  ...["read_products", "read_customers", "read_orders", "read_all_orders", "read_locations"],
  "read_merchant_managed_fulfillment_orders",
];

async function operations(database: Database) {
  return database.prisma.shopifyBulkOperation.findMany({ orderBy: { createdAt: "asc" } });
}

test.for(["products", "customers", "orders", "fulfillment_orders"] as const)(
  "%s arrive in the cache, every one counted",
  async (purpose, { road, database }) => {
    const { run } = await road();
    const result = await run(purpose);
    const [operation] = await operations(database);
    expect(operation).toMatchObject({ status: "COMPLETED", purpose, jobId: "job-1" });
    expect(operation?.ingestedAt).toBeInstanceOf(Date);
    expect(result).toMatchObject({
      roots: Number(operation?.rootObjectCount),
      lines: Number(operation?.objectCount),
    });
    expect(result?.created).toBe(result?.roots);
    expect(result?.roots).toBeGreaterThan(0);
  },
);

test("a second run of the same store finds nothing changed", async ({ road }) => {
  const { run } = await road();
  const first = await run("orders");
  const second = await run("orders", { jobId: "job-2" });
  expect(second).toMatchObject({ created: 0, updated: 0, unchanged: first?.roots });
});

test("the operation is stored before it is asked about", async ({ road, database }) => {
  const { run, simulator } = await road();
  simulator.faults.add({ kind: "http-5xx", operation: "bulkOperation" });
  await expect(run("products")).rejects.toMatchObject({ code: "SHOPIFY_UNREACHABLE" });
  expect(await operations(database)).toMatchObject([{ status: "CREATED", polledAt: null }]);
});

test("what a killed worker had started is taken up by its id, not started again", async ({
  road,
  database,
  expect,
}) => {
  const { run, simulator, steps } = await road();
  simulator.faults.add({ kind: "http-5xx", operation: "bulkOperation", count: 3 });
  await expect(run("products")).rejects.toMatchObject({ code: "SHOPIFY_UNREACHABLE" });
  const result = await run("products");
  expect(steps).toContain("Taking up the bulk operation for products where it was");
  expect(await operations(database)).toHaveLength(1);
  expect(result?.roots).toBeGreaterThan(0);
  expect(await run("products")).toBeNull(); // and what is in is not fetched again
});

test("a start whose answer was lost is found, not repeated", async ({ road }) => {
  const { run, simulator, fetch, clientVia } = await road();
  let lost = 0;
  const client = clientVia(async (input, init) => {
    const response = await fetch(input, init);
    if (lost > 0 || !(typeof init?.body === "string" && init.body.includes("bulkOperationRunQuery")))
      return response;
    lost += 1;
    await response.arrayBuffer();
    throw new TypeError("fetch failed", { cause: new Error("read ECONNRESET") });
  });
  expect((await run("products", { client }))?.roots).toBeGreaterThan(0);
  expect(lost).toBe(1);
  expect(countAsked(simulator, "bulkOperationRunQuery")).toBe(1);
});

test("when all five slots are taken it waits its turn and cancels nobody", async ({ road }) => {
  const { run, simulator, steps, client } = await road({ bulkRunDelayMs: 1_500 });
  const other = `mutation { bulkOperationRunQuery(query: "{ products { edges { node { id } } } }") { userErrors { message } } }`;
  for (let slot = 0; slot < 5; slot += 1) await client.graphql(other);
  expect((await run("customers"))?.roots).toBeGreaterThan(0);
  expect(steps).toContain("All bulk operation slots of this shop are taken: waiting for one");
  expect(countAsked(simulator, "bulkOperationCancel")).toBe(0);
});

test("S15: a file that is cut in the middle is continued where it broke", async ({ road }) => {
  const { run, simulator, steps } = await road();
  simulator.faults.add({ kind: "file-cut", count: 2 });
  const result = await run("orders");
  expect(result).toMatchObject({ roots: 20, created: 20 });
  expect(steps.filter((step) => step.startsWith("Download interrupted"))).toHaveLength(2);
});

test("S15: a file that is cut every time at the same place fails and stores nothing", async ({
  road,
  database,
}) => {
  const { run, simulator } = await road();
  simulator.faults.add({ kind: "file-cut", afterBytes: 0 });
  await expect(run("orders")).rejects.toMatchObject({ code: "SHOPIFY_UNREACHABLE" });
  expect(await database.prisma.shopifyOrderCache.count()).toBe(0);
  simulator.faults.clear();
  expect(await run("orders")).toMatchObject({ roots: 20 });
}, 60_000);

test("S15: an address that has expired is asked for again", async ({ road }) => {
  const { run, simulator, steps } = await road();
  simulator.faults.add({ kind: "file-expired", count: 1 });
  expect(await run("orders")).toMatchObject({ roots: 20 });
  expect(steps).toContain("The address of the file has expired: asking Shopify for it again");
});

test("S15: a file that is gone for good fails as expired, and a new job completes", async ({
  road,
  database,
}) => {
  const { run, simulator } = await road();
  simulator.faults.add({ kind: "file-expired" });
  await expect(run("orders")).rejects.toMatchObject({ code: "BULK_EXPIRED" });
  expect(await database.prisma.shopifyOrderCache.count()).toBe(0);
  simulator.faults.clear();
  expect(await run("orders", { jobId: "job-2" })).toMatchObject({ roots: 20 });
});

test("S15: no file at all is an empty success", async ({ road, database }) => {
  const { run } = await road();
  const window = { by: "created" as const, from: new Date("2001-01-01"), until: new Date("2001-01-02") };
  expect(await run("orders", { window })).toMatchObject({ lines: 0, roots: 0 });
  expect(await operations(database)).toMatchObject([
    { status: "COMPLETED", url: null, ingestedAt: expect.any(Date) as Date },
  ]);
});

test.for([
  [{ partialData: true, errorCode: "TIMEOUT" }, "BULK_FAILED", /it took too long.*were not used/],
  [{ partialData: false, errorCode: "INTERNAL_SERVER_ERROR" }, "BULK_FAILED", /INTERNAL_SERVER_ERROR/],
  [{ partialData: false, errorCode: "ACCESS_DENIED" }, "SCOPE_MISSING", /access denied/],
] as const)(
  "S15: FAILED with %o says why and uses no partial data",
  async ([fault, code, message], { road, database }) => {
    const { run, simulator } = await road();
    simulator.faults.add({ kind: "bulk-failed", count: 1, ...fault });
    await expect(run("orders")).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
    expect(await database.prisma.shopifyOrderCache.count()).toBe(0);
    expect(await run("orders", { jobId: "job-2" })).toMatchObject({ roots: 20, created: 20 });
  },
);

test("cancelled at Shopify, it is submitted once more", async ({ road, database }) => {
  const { run, steps, client } = await road({ bulkRunDelayMs: 400 });
  const running = run("products");
  await expect.poll(() => operations(database)).toHaveLength(1);
  const [operation] = await operations(database);
  await cancelBulkOperation(client, operation?.id ?? "");
  expect((await running)?.roots).toBeGreaterThan(0);
  expect(steps).toContain("The bulk operation for products was cancelled at Shopify: starting it once more");
  expect((await operations(database)).map((row) => row.status)).toEqual(["CANCELED", "COMPLETED"]);
});

test("law 9: a file with other counts than Shopify's is not stored", async ({ road, database, expect }) => {
  const { run } = await road();
  const shorten = run("orders", {
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      const lines = (await response.text()).trimEnd().split("\n");
      // Same size, one order less: only counting notices.
      const short = lines.slice(1).join("\n");
      return new Response(short.padEnd(Number(response.headers.get("Content-Length"))), {
        headers: response.headers,
      });
    },
  });
  await expect(shorten).rejects.toMatchObject({ code: "BULK_INCOMPLETE" });
  expect(await database.prisma.shopifyOrderCache.count()).toBe(0);
  expect(await operations(database)).toMatchObject([{ ingestedAt: null }]);
});

test("a search that Shopify would ignore is refused before everything comes", async ({ road }) => {
  const { client } = await road();
  // Customers have no created_at: Shopify ignores it and sends everybody.
  const probe = `{ customers(first: 1, query: "created_at:>='2026-01-01'") { edges { node { id } } } }`;
  await expect(probeBulkQuery(client, probe)).rejects.toMatchObject({ code: "SHOPIFY_REFUSED" });
});

function countAsked(simulator: Simulator, operation: string): number {
  return simulator.requests().filter((request) => request.operations.includes(operation)).length;
}
