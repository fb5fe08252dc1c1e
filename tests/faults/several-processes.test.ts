/** Two web processes and two workers on one database, for two shops: each thing is done once, whoever ends when. */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JobType } from "#app/jobs/job-catalogue.ts";
import { loadJob } from "#app/jobs/load-job.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import { startOwnPostgres, type OwnPostgres } from "./own-postgres.ts";
import { compareStoreWithErp } from "./compare-store-with-erp.ts";
import { startSeveralProcesses, type SeveralProcesses } from "./several-processes.ts";

const CHECKOUT = path.resolve(import.meta.dirname, "../..");
const STORY_MS = 600_000;
const PATIENCE = { timeout: 200_000, interval: 50 };

let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await startOwnPostgres();
}, STORY_MS);
afterAll(() => postgres.close(), STORY_MS);

const dumps = ["products", "customers", "orders"] as const;

type Asked = { shop: string; id: string };

/** Jobs of these kinds, of both shops, at once. */
function ask({ database, shops }: SeveralProcesses, jobTypes: readonly JobType[]): Promise<Asked[]> {
  const requests = shops.flatMap(({ shop }) => jobTypes.map((jobType) => ({ shop, jobType })));
  return Promise.all(
    requests.map((request) =>
      startJob({ database, now: () => new Date() }, { ...request, requestedBy: "test" }),
    ),
  );
}

async function look({ database }: SeveralProcesses, jobs: readonly Asked[]) {
  const found = await Promise.all(jobs.map((job) => loadJob(database.pool, job)));
  return found.filter((job) => job !== null);
}

async function completed(several: SeveralProcesses, jobs: readonly Asked[]): Promise<void> {
  const statuses = async () => new Set((await look(several, jobs)).map(({ status }) => status));
  await expect.poll(statuses, PATIENCE).toEqual(new Set(["completed"]));
}

test(
  "each delivery, job and order once, though workers end and are killed; all end in order",
  { timeout: STORY_MS },
  async () => {
    const several = await startSeveralProcesses(postgres);
    const { database, shops, lines } = several;
    const takers = (id: string) =>
      lines.filter(({ jobId, msg }) => jobId === id && /^(Started|Going on)/.test(msg));
    try {
      // Orders that webhooks bring find their products.
      await completed(several, await ask(several, ["products"]));
      // More jobs than one worker takes: both have some, all waiting for Shopify.
      const first = await ask(several, dumps);
      await expect.poll(() => first.every(({ id }) => takers(id).length === 1), PATIENCE).toBe(true);
      const holders = new Map(first.map(({ id }) => [id, takers(id)[0]?.process]));
      expect(new Set(holders.values())).toEqual(new Set(["worker 1", "worker 2"]));

      const firstOrders = several.placeOrders(30);
      expect(await several.stop("worker 1")).toBe(0);
      await several.startWorker("worker 3");
      await sleep(300);
      await several.kill("worker 2");
      await several.startWorker("worker 4");
      expect(await several.stop("web 1")).toBe(0);
      await several.startWeb("web 1");
      await firstOrders;
      await completed(several, first);
      for (const { simulator } of shops) await simulator.webhooks.idle();

      // Every job was begun once, and taken up only from a worker that ended.
      for (const { id } of first) expect(takers(id).filter(({ msg }) => msg === "Started")).toHaveLength(1);
      for (const job of await look(several, first))
        expect(job.processed).toBeGreaterThanOrEqual(job.total ?? Infinity);
      const lookBacks = await ask(several, ["look-back"]);
      await completed(several, lookBacks);
      for (const { id } of lookBacks) expect(takers(id)).toHaveLength(1);
      await several.rest();
      for (const { shop, simulator, told } of shops) {
        expect(await compareStoreWithErp({ database, shop, simulator, told })).toEqual([]);
        await expectOneOperationAJob(several, shop);
      }
      await expectDeliveriesOnce(several);

      // And all of them end in order, in the middle of everything.
      const second = await ask(several, dumps);
      const moreOrders = several.placeOrders(10);
      await expect.poll(() => second.every(({ id }) => takers(id).length === 1), PATIENCE).toBe(true);
      expect(await several.stopAll()).toEqual({ "web 1": 0, "web 2": 0, "worker 3": 0, "worker 4": 0 });
      await moreOrders;
      expect(new Set((await look(several, second)).map(({ status }) => status))).toEqual(
        new Set(["pending"]),
      );
      const { rows: left } = await database.pool.query(
        `select application_name, state, query from pg_stat_activity
       where datname = current_database() and application_name like 'erp-sync%'`,
      );
      expect(left).toEqual([]);
      await Promise.all([several.startWorker("worker 5"), several.startWeb("web 1")]);
      await completed(several, second);
    } catch (error) {
      throw new Error(`What the processes wrote is in ${await several.keepOutput()}`, { cause: error });
    } finally {
      await several.close();
    }
  },
);

async function expectOneOperationAJob({ database, shops }: SeveralProcesses, shop: string): Promise<void> {
  const known = await database.prisma.shopifyBulkOperation.findMany({ where: { shop } });
  expect(new Set(known.map(({ jobId, purpose }) => `${jobId} ${purpose}`)).size).toBe(known.length);
  const url = shops.find((one) => one.shop === shop)?.simulator.url ?? "";
  const answer = (await (await fetch(`${url}/control/bulk`)).json()) as { operations: { id: string }[] };
  expect(new Set(answer.operations.map(({ id }) => id))).toEqual(new Set(known.map(({ id }) => id)));
}

/** What came to both web processes at once stands in the log once, with the other time counted. */
async function expectDeliveriesOnce({ database, shops, sent }: SeveralProcesses): Promise<void> {
  expect(sent.toBoth.size).toBeGreaterThan(0);
  const { rows } = await database.pool.query<{ id: string; times: number; duplicates: number }>(
    `select "webhookId" as id, count(*)::int as times, sum(duplicates)::int as duplicates from "WebhookDelivery" group by 1`,
  );
  const logged = new Map(rows.map((row) => [row.id, row]));
  expect(rows.filter(({ times }) => times !== 1)).toEqual([]);
  for (const id of sent.toBoth) expect(logged.get(id)?.duplicates).toBeGreaterThanOrEqual(1);
  const answered = shops.flatMap(({ simulator }) =>
    simulator.webhooks.deliveries().filter(({ status }) => status === 200),
  );
  expect(answered.filter(({ webhookId }) => !logged.has(webhookId))).toEqual([]);
}

test(
  "three processes migrate an empty database at once: each migration once; again, nothing is done",
  { timeout: STORY_MS },
  async () => {
    const { pool, url } = await postgres.newDatabase();
    const name = `empty_${randomUUID().replaceAll("-", "")}`;
    await pool.query(`create database ${name}`);
    const target = new URL(url);
    target.pathname = `/${name}`;
    const migrate = () =>
      promisify(execFile)(process.execPath, ["scripts/db.ts", "migrate"], {
        cwd: CHECKOUT,
        env: { ...process.env, DATABASE_URL: target.href },
      });
    const applied = async () => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [
          "--input-type=module",
          "-e",
          `import pg from "pg"; const client = new pg.Client({ connectionString: process.env.DATABASE_URL }); await client.connect();
         const { rows } = await client.query("select * from _prisma_migrations order by migration_name"); await client.end();
         console.log(JSON.stringify(rows));`,
        ],
        { cwd: CHECKOUT, env: { ...process.env, DATABASE_URL: target.href } },
      );
      return JSON.parse(stdout) as { migration_name: string; finished_at: string | null }[];
    };
    await Promise.all([migrate(), migrate(), migrate()]);
    const first = await applied();
    const entries = await readdir(path.join(CHECKOUT, "prisma", "migrations"), { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    expect(first.map((row) => row.migration_name)).toEqual(names.sort());
    expect(first.filter((row) => row.finished_at === null)).toEqual([]);
    await Promise.all([migrate(), migrate(), migrate()]);
    expect(await applied()).toEqual(first);
  },
);
