import { expect, onTestFinished } from "vitest";
import { openDatabase, type Database } from "#app/lib/db.server.ts";
import { createLog } from "#app/lib/log.server.ts";
import { parseEnv } from "#app/lib/parse-env.ts";
import { exampleHappenings } from "#simulator/fixtures/example-happenings.ts";
import type { Simulator, SimulatorOptions } from "#simulator/start-simulator.ts";
import { readAppSubscriptions } from "#simulator/webhooks/app-subscriptions.ts";
import { databaseTest } from "#tests/setup/test-database.ts";
import { installInSimulatedShop } from "#tests/setup/simulated-shop.ts";
import { serveWebhookRoutes } from "#tests/webhooks/serve-webhook-routes.ts";
import { cancelJob } from "./cancel-job.server.ts";
import type { JobType } from "./job-catalogue.ts";
import { loadJob } from "./load-job.server.ts";
import { pauseJob } from "./pause-job.server.ts";
import { resumeJob } from "./resume-job.server.ts";
import { startWorker, type Worker } from "./run-worker.server.ts";
import { startJob } from "./start-job.server.ts";
import type { JobStatus } from "./sync-job.ts";

const now = () => new Date();
const PATIENCE = { timeout: 25_000, interval: 50 };

const test = databaseTest.extend("shop", ({ database }, { onCleanup }) => {
  const closing: (() => Promise<unknown>)[] = [];
  onCleanup(async () => {
    for (const close of closing.reverse()) await close();
  });
  /** A shop, workers for it, and jobs of it. */
  return async (options: SimulatorOptions = {}) => {
    const sim = await installInSimulatedShop(database, { orders: 30, ...options });
    closing.push(() => sim.simulator.close());
    const work = async (
      env = sim.env,
      { fetch = sim.fetch, ...options }: { lookEveryMs?: number; fetch?: typeof sim.fetch } = {},
    ): Promise<Worker> => {
      // A process of its own has a pool of its own.
      const own = openDatabase(database.url, { poolSize: 8, applicationName: "worker" });
      const context = { env, database: own, log: createLog("silent"), now, fetch };
      const worker = await startWorker(context, { databaseUrl: database.url, ...options });
      let stopped: Promise<void> | undefined;
      const stop = () => (stopped ??= worker.stop().then(() => own.close()));
      closing.push(stop);
      return { stop };
    };
    const ask = (jobType: JobType, jobOptions: Record<string, unknown> = {}) =>
      startJob({ database, now }, { shop: sim.shop, jobType, options: jobOptions, requestedBy: "test" });
    const look = async (id: string) => {
      const job = await loadJob(database.pool, { shop: sim.shop, id });
      if (!job) throw new Error(`no job ${id}`);
      return job;
    };
    const until = async (id: string, status: JobStatus) => {
      await expect.poll(async () => (await look(id)).status, PATIENCE).toBe(status);
      return look(id);
    };
    return { ...sim, work, ask, look, until };
  };
});

function askedOf(simulator: Simulator): string[] {
  return simulator.requests().flatMap(({ operations }) => operations);
}

async function erpCounts(database: Database) {
  const [products, customers, orders] = await Promise.all([
    database.prisma.product.count(),
    database.prisma.customer.count({ where: { shopifyCustomerId: { not: null } } }),
    database.prisma.order.count({ where: { test: false } }),
  ]);
  return { products, customers, orders };
}

test("three syncs bring the store into the ERP, every record accounted for", async ({ shop, database }) => {
  const { work, ask, until, simulator } = await shop();
  await work();
  for (const jobType of ["products", "customers", "orders"] as const) {
    const { id } = await ask(jobType);
    const job = await until(id, "completed");
    expect(job).toMatchObject({ errors: 0, errorCode: null });
    expect(job.processed).toBe(job.total);
    expect(job.created + job.updated + job.skipped).toBe(job.processed);
  }
  const { products, customers, orders } = simulator.store.expectations();
  expect(await erpCounts(database)).toEqual({ products, customers, orders });
});

test("a second dump of the same store writes nothing and says unchanged", async ({ shop, database }) => {
  const { work, ask, until } = await shop();
  await work();
  await until((await ask("products")).id, "completed");
  await until((await ask("orders")).id, "completed");
  const before = await database.prisma.order.findMany({ orderBy: { shopifyOrderId: "asc" } });
  const second = await until((await ask("orders")).id, "completed");
  expect(second).toMatchObject({ created: 0, updated: 0, errors: 0, skipped: second.total ?? -1 });
  expect(second.step).toMatch(/^Done: nothing changed, \d+ orders unchanged$/);
  expect(await database.prisma.order.findMany({ orderBy: { shopifyOrderId: "asc" } })).toEqual(before);
});

test("one of a kind at a time, even when asked for in parallel; other kinds and shops are free", async ({
  shop,
}) => {
  const { ask, until } = await shop();
  const asked = await Promise.allSettled(Array.from({ length: 5 }, () => ask("products")));
  expect(asked.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  for (const result of asked) {
    if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "JOB_ALREADY_RUNNING" });
  }
  const customers = await ask("customers");
  await until(customers.id, "pending");
});

test("pause stops a running job within seconds, resume lets it go on to its end", async ({
  shop,
  database,
}) => {
  const { work, ask, until, look, shop: domain, simulator } = await shop({ bulkRunDelayMs: 3_000 });
  await work();
  const { id } = await ask("products");
  await expect.poll(async () => database.prisma.shopifyBulkOperation.count(), PATIENCE).toBe(1);
  await pauseJob(database.pool, { by: "test", shop: domain, id });
  const begin = Date.now();
  await until(id, "paused");
  expect(Date.now() - begin).toBeLessThan(5_000);
  expect((await look(id)).wish).toBeNull();
  await resumeJob(database.pool, { by: "test", shop: domain, id });
  const job = await until(id, "completed");
  expect(job.log.map((line) => line.message)).toContain(
    "Taking up the bulk operation for products where it was",
  );
  expect(await database.prisma.shopifyBulkOperation.count()).toBe(1);
  // What is granted is asked anew: it may have changed while the job was paused.
  const asked = simulator.requests().flatMap(({ operations }) => operations);
  expect(asked.filter((operation) => operation === "currentAppInstallation")).toHaveLength(2);
});

test("cancel ends a running job and frees its slot at Shopify", async ({ shop, database }) => {
  const { work, ask, until, shop: domain, simulator } = await shop({ bulkRunDelayMs: 4_000 });
  await work();
  const { id } = await ask("products");
  await expect.poll(async () => database.prisma.shopifyBulkOperation.count(), PATIENCE).toBe(1);
  await cancelJob(database.pool, { by: "test", shop: domain, id });
  await until(id, "cancelled");
  await expect.poll(() => askedOf(simulator), PATIENCE).toContain("bulkOperationCancel");
  await expect(cancelJob(database.pool, { by: "test", shop: domain, id: "nothing" })).rejects.toMatchObject({
    code: "JOB_NOT_FOUND",
  });
});

test("what a paused job has left running at Shopify is stopped when it is cancelled, once", async ({
  shop,
  database,
}) => {
  const { work, ask, until, shop: domain, simulator } = await shop({ bulkRunDelayMs: 20_000 });
  await Promise.all([work(), work()]);
  const { id } = await ask("products");
  await expect.poll(async () => database.prisma.shopifyBulkOperation.count(), PATIENCE).toBe(1);
  await pauseJob(database.pool, { by: "test", shop: domain, id });
  await until(id, "paused");
  expect(askedOf(simulator)).not.toContain("bulkOperationCancel");
  expect(await cancelJob(database.pool, { by: "test", shop: domain, id })).toMatchObject({
    status: "cancelled",
  });
  await expect.poll(() => askedOf(simulator), PATIENCE).toContain("bulkOperationCancel");
  expect(await database.prisma.shopifyBulkOperation.findMany()).toMatchObject([{ status: "CANCELING" }]);
  expect(askedOf(simulator).filter((operation) => operation === "bulkOperationCancel")).toHaveLength(1);
});

test("a Shopify that does not answer when an operation is to be stopped keeps no job waiting", async ({
  shop,
  database,
}) => {
  const { work, ask, look, shop: domain, fetch, env } = await shop();
  const cancelled = { shop: domain, id: "cancelled", jobType: "orders", status: "cancelled" };
  await database.prisma.syncJob.create({ data: { ...cancelled, requestedBy: "test" } });
  const operation = { id: "gid://shopify/BulkOperation/1", purpose: "orders", query: "", status: "RUNNING" };
  await database.prisma.shopifyBulkOperation.create({
    data: { shop: domain, jobId: "cancelled", ...operation, createdAt: now() },
  });
  const stop = new AbortController();
  onTestFinished(() => {
    stop.abort();
  });
  let unanswered = 0;
  const hears: typeof fetch = async (input, init) => {
    const isCancel = typeof init?.body === "string" && init.body.includes("bulkOperationCancel");
    if (!isCancel || stop.signal.aborted) return fetch(input, init);
    unanswered += 1;
    return new Promise((_, reject) => {
      const end = () => {
        unanswered -= 1;
        reject(new Error("no answer"));
      };
      AbortSignal.any([stop.signal, ...(init.signal ? [init.signal] : [])]).addEventListener("abort", end);
    });
  };
  await work(env, { fetch: hears });
  await expect.poll(() => unanswered, PATIENCE).toBe(1);
  const { id } = await ask("products");
  await expect.poll(async () => (await look(id)).status, PATIENCE).not.toBe("pending");
  expect(unanswered).toBe(1);
  stop.abort();
});

test.for(["pause", "cancel"] as const)(
  "a %s that no living worker heard is obeyed by the next one before its first step",
  async (wish, { shop, database }) => {
    const { work, ask, until, shop: domain, simulator } = await shop();
    const { id } = await ask("products");
    // As a worker leaves it that was killed a minute ago.
    await database.pool.query(
      `update "SyncJob" set status = 'running', "startedAt" = now(), "heartbeatAt" = now() - interval '1 minute' where shop = $1 and id = $2`,
      [domain, id],
    );
    await { pause: pauseJob, cancel: cancelJob }[wish](database.pool, { by: "test", shop: domain, id });
    await work();
    const job = await until(id, wish === "pause" ? "paused" : "cancelled");
    const [asked, obeyed] = wish === "pause" ? ["paused", "Paused"] : ["cancelled", "Cancelled"];
    expect(job.log.map(({ message }) => message)).toEqual([`To be ${asked}: asked for by test`, obeyed]);
    const audit = await database.pool.query(`select actor, target from "AuditLog" where action = $1`, [
      `job.${asked}`,
    ]);
    expect(audit.rows).toEqual([{ actor: "test", target: id }]);
    expect(askedOf(simulator)).not.toContain("bulkOperationRunQuery");
  },
);

test("a job that waits is cancelled and paused at once, without a worker", async ({ shop, database }) => {
  const { ask, shop: domain } = await shop();
  const { id } = await ask("products");
  expect(await pauseJob(database.pool, { by: "test", shop: domain, id })).toMatchObject({ status: "paused" });
  expect(await resumeJob(database.pool, { by: "test", shop: domain, id })).toMatchObject({
    status: "pending",
  });
  expect(await cancelJob(database.pool, { by: "test", shop: domain, id })).toMatchObject({
    status: "cancelled",
  });
  await expect(pauseJob(database.pool, { by: "test", shop: domain, id })).rejects.toMatchObject({
    code: "JOB_MOVED_ON",
  });
});

test("a worker that is stopped lets its job go on in another", async ({ shop, database }) => {
  const { work, ask, until } = await shop({ bulkRunDelayMs: 2_000 });
  const first = await work();
  const { id } = await ask("products");
  await expect.poll(async () => database.prisma.shopifyBulkOperation.count(), PATIENCE).toBe(1);
  await first.stop();
  await until(id, "pending");
  await work();
  const job = await until(id, "completed");
  expect(job.log.map((line) => line.message)).toContain("Going on where it stopped");
  expect(await database.prisma.shopifyBulkOperation.count()).toBe(1);
});

test("what fails says why, in the job, and the next run completes", async ({ shop, database }) => {
  const { work, ask, until, simulator } = await shop();
  await work();
  simulator.faults.add({ kind: "bulk-failed", count: 1, errorCode: "TIMEOUT", partialData: true });
  const failed = await until((await ask("products")).id, "failed");
  expect(failed).toMatchObject({
    errorCode: "BULK_FAILED",
    errorMessage: expect.stringContaining("it took too long") as string,
  });
  expect(failed.log.at(-1)).toMatchObject({
    level: "error",
    message: expect.stringContaining("Run the sync again") as string,
  });
  await until((await ask("products")).id, "completed");
  expect((await erpCounts(database)).products).toBe(simulator.store.expectations().products);
});

test("a token Shopify no longer takes is replaced; when it takes none, the job says what to do", async ({
  shop,
  database,
}) => {
  const { work, ask, until, simulator } = await shop();
  await work();
  simulator.faults.add({ kind: "token-refused", count: 1 });
  await until((await ask("products")).id, "completed");

  simulator.faults.add({ kind: "token-refused" });
  const failed = await until((await ask("customers")).id, "failed");
  expect(failed.errorCode).toBe("TOKEN_REFUSED");
  expect(failed.log.at(-1)?.message).toContain("Open the app in Shopify Admin");
  simulator.faults.clear();
  await until((await ask("customers")).id, "completed");
  expect((await erpCounts(database)).customers).toBe(simulator.store.expectations().customers);
});

test("a slow Shopify is only slow", async ({ shop }) => {
  const { work, ask, until, simulator } = await shop();
  await work();
  simulator.faults.add({ kind: "slow", delayMs: 500 });
  await until((await ask("products")).id, "completed");
});

test("single-shop mode: a fixed token is enough for the worker", async ({ shop, database }) => {
  const token = "shpat_0123456789abcdef0123456789abcdef";
  const { work, ask, until, shop: domain, simulator } = await shop({ staticToken: token });
  await database.prisma.session.deleteMany();
  const env = parseEnv({
    ...{ SHOPIFY_SHOP_DOMAIN: domain, SHOPIFY_ACCESS_TOKEN: token, SHOPIFY_WEBHOOK_SECRET: "secret" },
    DATABASE_URL: database.url,
  });
  await work(env);
  await until((await ask("products")).id, "completed");
  expect((await erpCounts(database)).products).toBe(simulator.store.expectations().products);

  simulator.faults.add({ kind: "token-refused" });
  const failed = await until((await ask("customers")).id, "failed");
  expect(failed.log.at(-1)?.message).toContain("Set a new SHOPIFY_ACCESS_TOKEN");
});

test("what comes into the cache between jobs is brought into the ERP by itself", async ({
  shop,
  database,
}) => {
  const { work, ask, until, shop: domain } = await shop();
  await work();
  await until((await ask("products")).id, "completed");
  await database.prisma.product.deleteMany({ where: { shop: domain } });
  await database.prisma.shopifyProductCache.updateMany({
    where: { shop: domain },
    data: { processedAt: null },
  });
  const waiting = () =>
    database.prisma.shopifyProductCache.count({ where: { shop: domain, processedAt: null } });
  await expect.poll(waiting, PATIENCE).toBe(0);
});

test("a delivery wakes a worker that has nothing to do: a record is processed, news is followed", async ({
  shop,
  database,
}) => {
  const paths = readAppSubscriptions("shopify.app.toml");
  const { work, env, shop: domain, simulator } = await shop({ webhookPaths: paths });
  const served = await serveWebhookRoutes({ env, database, log: createLog("silent"), now });
  onTestFinished(() => served.close());
  simulator.webhooks.targets.appUrl = served.url;
  await work(env, { lookEveryMs: 3_600_000 }); // nothing but being woken can explain what it does
  const { pool } = database;
  // It listens, and none of its connections has been asked anything for a moment: its first turns are over.
  const isIdle = async () => {
    const { rows } = await pool.query<{ idle: boolean }>(
      `select bool_or(application_name = 'erp-sync-listen' and query ilike 'listen%')
         and bool_and(state = 'idle' and state_change < clock_timestamp() - interval '300 ms') as idle
       from pg_stat_activity where datname = current_database() and application_name in ('erp-sync-listen', 'worker')`,
    );
    return rows[0]?.idle;
  };
  const deliver = (topic: string) => {
    simulator.webhooks.tell(exampleHappenings(simulator.store, topic).slice(0, 1));
    return expect
      .poll(() => database.prisma.webhookDelivery.findFirst({ where: { shop: domain, topic } }), PATIENCE)
      .toMatchObject({ processedAt: expect.any(Date) as Date, errorCode: null });
  };
  await expect.poll(isIdle, PATIENCE).toBe(true);
  await deliver("products/update");
  expect(await database.prisma.product.count({ where: { shop: domain } })).toBe(1);
  await expect.poll(isIdle, PATIENCE).toBe(true);
  await deliver("orders/edited");
  // Only Shopify can tell what the order is now: it is asked for.
  await expect
    .poll(() => database.prisma.shopifyOrderCache.findMany({ where: { shop: domain } }), PATIENCE)
    .toMatchObject([{ source: "fetch" }]);
});

test("a worker that starts keeps house", async ({ shop, database }) => {
  const { work, shop: domain } = await shop();
  const old = { topic: "orders/updated", outcome: "stored", receivedAt: new Date("2020-01-01T00:00:00Z") };
  await database.prisma.webhookDelivery.create({ data: { shop: domain, webhookId: "1", ...old } });
  await work();
  await expect.poll(() => database.prisma.webhookDelivery.count(), PATIENCE).toBe(0);
});

test("being rate limited is a step of the job, never a failure", async ({ shop }) => {
  const { work, ask, until, simulator } = await shop();
  await work();
  simulator.faults.add({ kind: "throttled", count: 2 });
  const job = await until((await ask("products")).id, "completed");
  expect(job.log.map((line) => line.message).join("\n")).toMatch(/Rate limited: waiting \d+ s/);
});

test("without read_all_orders more than 60 days are refused before anything starts", async ({
  shop,
  database,
}) => {
  const { ask } = await shop({ scopes: ["read_orders", "read_products", "read_customers"] });
  await expect(ask("orders")).rejects.toMatchObject({ code: "PERIOD_NEEDS_ALL_ORDERS" });
  const day = 86_400_000;
  await expect(ask("orders", { from: new Date(Date.now() - 90 * day).toISOString() })).rejects.toMatchObject({
    code: "PERIOD_NEEDS_ALL_ORDERS",
  });
  expect(await database.prisma.syncJob.count()).toBe(0);
  expect(await ask("orders", { from: new Date(Date.now() - 60 * day).toISOString() })).toMatchObject({
    status: "pending",
  });
});

test("a job cannot be asked with what it does not have", async ({ shop }) => {
  const { ask } = await shop();
  await expect(ask("orders", { from: "yesterday" })).rejects.toMatchObject({
    code: "VALIDATION",
    message: expect.stringMatching(/^from: /) as string,
  });
  await expect(ask("products", { all: true })).rejects.toMatchObject({ code: "VALIDATION" });
});
