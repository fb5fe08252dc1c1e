import { expect } from "vitest";
import { openDatabase } from "#app/lib/db.server.ts";
import { createBulkWaker } from "#app/shopify/bulk/bulk-waker.ts";
import { readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import {
  connectedTest as test,
  numberOf,
  runJobOf,
  type ConnectedShop,
} from "#tests/setup/a-connected-shop.ts";
import { databaseTest } from "#tests/setup/test-database.ts";
import { askForMissing } from "./ask-for-missing.server.ts";
import { createFetchTurns } from "./fetch-between-jobs.server.ts";
import { fetchOrder } from "./fetch-order.server.ts";
import { processBetweenJobs } from "./process-between-jobs.server.ts";

const numberOfGid = (gid: string) => gid.split("/").at(-1) ?? "";

function aShop(sim: ConnectedShop) {
  const { pool, shop, context, store, simulator } = sim;
  const column = async (sql: string) =>
    (await pool.query<{ id: string }>(sql, [shop])).rows.map(({ id }) => id);
  const all = (collection: string) => {
    const records = store.collection(collection);
    return Array.from({ length: records?.count() ?? 0 }, (_, i) => records?.at(i) as SimNode);
  };
  const { signal } = new AbortController();
  return {
    ...sim,
    all,
    /** Deletes the first orders Shopify lets a merchant delete; nobody is told. Their numbers. */
    deleteOrders: (count: number, since = "") => {
      const gone: string[] = [];
      for (const order of all("orders").filter((order) => readText(order, "createdAt") >= since)) {
        if (gone.length === count) break;
        if (order["closedAt"] === null && order["cancelledAt"] === null)
          simulator.act({ act: "cancelOrder", order: order.id });
        try {
          simulator.act({ act: "deleteOrder", order: order.id });
          gone.push(numberOf(order));
        } catch {
          continue; // brokered by Shopify: it stays
        }
      }
      expect(gone).toHaveLength(count);
      return gone.sort();
    },
    /** Places an order that is not paid; its number. */
    placeOrder: () => {
      const variant = String(store.collection("productVariants")?.at(0).id);
      const lines = [{ variant, quantity: 1, price: "100.00" }];
      return numberOfGid(simulator.act({ act: "placeOrder", lines, payment: "pending" }).id);
    },
    wished: (table: string) =>
      column(
        `SELECT id FROM "${table}" WHERE shop = $1 AND "needsFetch" = 'Not in the full dump' ORDER BY id`,
      ),
    deleted: (table: string) =>
      column(`SELECT id FROM "${table}" WHERE shop = $1 AND "deletedAt" IS NOT NULL ORDER BY id`),
    archived: () =>
      column(
        `SELECT "shopifyOrderId" AS id FROM "Order" WHERE shop = $1 AND "archivedAt" IS NOT NULL ORDER BY 1`,
      ),
    requests: () => column(`SELECT id FROM "ShopifyFetchRequest" WHERE shop = $1`),
    /** What the worker does between jobs: fetches what is wished for, then processes. */
    betweenJobs: async () => {
      const turn = createFetchTurns({ ...context, waker: createBulkWaker(), workDir: "/nowhere" }, signal);
      while ((await turn()) > 0);
      await processBetweenJobs(context.database, { ...context, signal });
    },
  };
}
const looked = ({ said }: { said: string[] }) => said.some((step) => step.includes("looking for those"));

test("orders deleted without a word are asked for after the next dump, and archived; no other is asked for", async ({
  connect,
}) => {
  const sim = aShop(await connect());
  for (const job of ["products", "customers", "orders"] as const) await runJobOf(sim, job);
  const gone = sim.deleteOrders(2);
  const job = await runJobOf(sim, "orders");
  expect(job.said).toContain("2 orders of ours are not in the dump: asking Shopify for them");
  expect(await sim.wished("ShopifyOrderCache")).toEqual(gone);
  expect(await sim.archived()).toEqual([]);
  await sim.betweenJobs();
  expect(await sim.archived()).toEqual(gone);
  expect(await sim.deleted("ShopifyOrderCache")).toEqual(gone);
  // What is known to be gone is not asked for again.
  expect((await runJobOf(sim, "orders")).said.join("\n")).not.toContain("asking Shopify");
  expect(await sim.wished("ShopifyOrderCache")).toEqual([]);
  expect(await sim.requests()).toEqual([]);
});

test("with as many as Shopify counted the file is not read again", async ({ connect }) => {
  const sim = aShop(await connect());
  for (const job of ["products", "customers", "orders", "orders"] as const)
    expect(looked(await runJobOf(sim, job))).toBe(false);
});

test("a product and a customer deleted without a word are found by the jobs of their kind", async ({
  connect,
}) => {
  const sim = aShop(await connect());
  const { id: customer } = sim.simulator.act({
    act: "createCustomer",
    firstName: "Mira",
    email: "mira@example.com",
  });
  for (const job of ["products", "customers"] as const) await runJobOf(sim, job);
  const product = sim.all("products")[3];
  // Known for a while, as what is lost mostly is: entries of this second may be newer than the dump.
  await sim.pool.query(`UPDATE "ShopifyCustomerCache" SET "shopifyUpdatedAt" = '2026-01-01' WHERE id = $1`, [
    numberOfGid(customer),
  ]);
  sim.simulator.act({ act: "deleteCustomer", customer });
  sim.simulator.act({ act: "deleteProduct", product: String(product?.id) });
  for (const [job, table, gone] of [
    ["products", "ShopifyProductCache", numberOf(product)],
    ["customers", "ShopifyCustomerCache", numberOfGid(customer)],
  ] as const) {
    const { said } = await runJobOf(sim, job);
    expect(said).toContain(`1 ${job} of ours are not in the dump: asking Shopify for them`);
    expect(await sim.wished(table)).toEqual([gone]);
    await sim.betweenJobs();
    expect(await sim.deleted(table)).toEqual([gone]);
  }
});

test("a dump of a period asks only for orders of that period, even beside new ones", async ({ connect }) => {
  const sim = aShop(await connect());
  for (const job of ["products", "customers", "orders"] as const) await runJobOf(sim, job);
  const dates = sim.all("orders").map((order) => readText(order, "createdAt"));
  const middle = dates.toSorted()[15] ?? "";
  const early = sim.deleteOrders(2);
  expect(dates.indexOf(middle)).toBe(15); // they stand in the order of their dates: those are of the first half
  const late = sim.deleteOrders(2, middle);
  // As many new ones as are gone: the sums of ERP and dump would agree, but the dump's are not the ERP's.
  for (let i = 0; i < 4; i++) sim.placeOrder();
  await runJobOf(sim, "orders", { from: middle });
  expect(await sim.wished("ShopifyOrderCache")).toEqual(late);
  await runJobOf(sim, "orders", { until: middle });
  expect(await sim.wished("ShopifyOrderCache")).toEqual([...early, ...late].sort());
});

test("an order placed after the operation began is not asked for, and hides none that is gone", async ({
  connect,
}) => {
  const sim = aShop(await connect());
  for (const job of ["products", "customers", "orders"] as const) await runJobOf(sim, job);
  const gone = sim.deleteOrders(1);
  let placed: string | undefined;
  const whileDownloading: typeof fetch = async (input, init) => {
    const answer = await sim.fetch(input, init);
    const isFile = !new URL(input instanceof Request ? input.url : String(input)).hostname.endsWith(".com");
    if (isFile && placed === undefined) {
      placed = sim.placeOrder();
      await fetchOrder(sim.context, { shop: sim.shop, client: sim.client, id: placed });
    }
    return answer;
  };
  const context = { ...sim.context, fetch: whileDownloading };
  const job = await runJobOf({ ...sim, context }, "orders");
  expect(job.status).toBe("completed");
  const erp = `SELECT 1 FROM "Order" WHERE shop = $1 AND "shopifyOrderId" = $2`;
  expect((await sim.pool.query(erp, [sim.shop, placed])).rowCount).toBe(1);
  expect(await sim.wished("ShopifyOrderCache")).toEqual(gone);
});

test("without read_all_orders orders older than 59 days are not asked for: they may only be hidden", async ({
  connect,
}) => {
  const scopes = ["read_orders", "read_products", "read_customers"];
  const sim = aShop(await connect({ orders: 300, scopes }));
  const days = (count: number) => new Date(Date.now() - count * 86_400_000);
  await runJobOf(sim, "products");
  await runJobOf(sim, "orders", { from: days(60).toISOString() });
  const [older = "", younger = ""] = sim.deleteOrders(2, days(55).toISOString());
  await sim.pool.query(
    `UPDATE "Order" SET "shopifyCreatedAt" = CASE "shopifyOrderId" WHEN $2 THEN $4::timestamptz ELSE $5 END
     WHERE shop = $1 AND "shopifyOrderId" IN ($2, $3)`,
    [sim.shop, older, younger, days(59.5), days(58.5)],
  );
  const job = await runJobOf(sim, "orders", { from: days(60).toISOString() });
  expect(job.said).toContain("1 orders of ours are not in the dump: asking Shopify for them");
  expect(await sim.wished("ShopifyOrderCache")).toEqual([younger]);
});

test("when Shopify has nothing to send, all we hold are asked for", async ({ connect }) => {
  const sim = aShop(await connect());
  await runJobOf(sim, "products");
  const all = sim.all("products");
  for (const { id } of all) sim.simulator.act({ act: "deleteProduct", product: id });
  const { said } = await runJobOf(sim, "products");
  expect(said).toContain(
    `${String(all.length)} products of ours are not in the dump: asking Shopify for them`,
  );
  expect(await sim.wished("ShopifyProductCache")).toEqual(all.map(numberOf).sort());
});

test("asks with the pool's last connection, and leaves it free and clean", async ({ connect, database }) => {
  const sim = aShop(await connect());
  await runJobOf(sim, "products");
  const { rows } = await sim.pool.query<{ id: string }>(`SELECT id FROM "ShopifyBulkOperation"`);
  const operationId = String(rows[0]?.id);
  const result = { created: 0, updated: 0, unchanged: 0, superseded: 0, lines: 0, roots: 0 };
  const small = openDatabase(database.url, { poolSize: 1, applicationName: "a small pool" });
  try {
    for (let time = 1; time <= 2; time++)
      await askForMissing(
        { ...sim.context, database: small },
        { shop: sim.shop, step: () => undefined },
        {
          ...{ purpose: "products", window: null, scopes: [], signal: new AbortController().signal },
          stored: { operationId, path: null, result },
        },
      );
    await small.pool.query(`SELECT 1`);
  } finally {
    await small.close();
  }
  expect(await sim.wished("ShopifyProductCache")).toEqual(sim.all("products").map(numberOf).sort());
});

test("a stop does not wait for a statement that is under way", async ({ connect }) => {
  const { context, shop, pool } = await connect();
  const operation = { id: "operation", jobId: "job-1", purpose: "inventory", query: "", status: "COMPLETED" };
  await context.database.prisma.shopifyBulkOperation.create({
    data: { shop, ...operation, createdAt: new Date() },
  });
  const blocker = await pool.connect();
  await blocker.query("begin");
  await blocker.query(`lock table "ShopifyInventoryCache" in access exclusive mode`);
  const stop = new AbortController();
  const reason = new Error("stopped");
  const result = { created: 0, updated: 0, unchanged: 0, superseded: 0, lines: 0, roots: 0 };
  const asking = askForMissing(
    context,
    { shop, step: () => undefined },
    {
      ...{ purpose: "inventory", window: null, scopes: [], signal: stop.signal },
      stored: { operationId: "operation", path: null, result },
    },
  );
  let end: unknown;
  asking.catch((error: unknown) => {
    end = error;
  });
  try {
    const waiting = async () => (await pool.query(`select from pg_locks where not granted`)).rowCount;
    await expect.poll(waiting).toBe(1);
    stop.abort(reason);
    await expect.poll(() => end).toBe(reason);
  } finally {
    blocker.release(true); // held until here
  }
});

databaseTest(
  "a missing customer does not hide behind one who was stored and then forgotten",
  async ({ database }) => {
    const { prisma } = database;
    const shop = "one.myshopify.com";
    const began = new Date("2026-11-20T10:00:00Z");
    const operation = { jobId: "job-1", purpose: "customers", query: "", status: "COMPLETED" };
    await prisma.shopifyBulkOperation.create({
      data: { shop, id: "operation", ...operation, createdAt: began },
    });
    const entry = { rawData: "{}", contentHash: "hash", rawShape: "bulk", source: "dump" };
    await prisma.shopifyCustomerCache.create({
      data: { shop, id: "1", ...entry, shopifyUpdatedAt: new Date("2026-11-01T10:00:00Z") },
    });
    const result = { lines: 1, roots: 1, created: 1, updated: 0, unchanged: 0, superseded: 0 };
    const said: string[] = [];
    const ask = () =>
      askForMissing(
        { database, now: () => new Date() },
        { shop, step: (text) => void said.push(text) },
        {
          ...{ purpose: "customers", window: null, scopes: [], signal: new AbortController().signal },
          stored: { operationId: "operation", path: null, result },
        },
      );
    await ask();
    expect(said).toEqual([]); // as many as were dumped: it may be the one that was

    const forgotten = { shop, kind: "customer", id: "2", createdAt: new Date("2026-11-21T10:00:00Z") };
    await prisma.redactionTombstone.create({ data: forgotten });
    await ask();
    expect(said).toContain("1 customers of ours are not in the dump: asking Shopify for them");
    expect(await prisma.shopifyCustomerCache.findMany()).toMatchObject([
      { id: "1", needsFetch: "Not in the full dump" },
    ]);
  },
);
