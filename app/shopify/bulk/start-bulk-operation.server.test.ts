import { expect } from "vitest";
import { openDatabase } from "#app/lib/db.server.ts";
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
