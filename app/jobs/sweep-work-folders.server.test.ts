import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { inTransaction } from "#app/lib/db.server.ts";
import { databaseTest } from "#tests/setup/test-database.ts";
import { claimJob } from "./claim-job.server.ts";
import { folderOfJob } from "./folder-of-job.server.ts";
import { sweepWorkFolders } from "./sweep-work-folders.server.ts";

const SHOPS = ["kurta-house.myshopify.com", "saree-house.myshopify.com"] as const;
const [shop, forgetting] = SHOPS;
const STATUSES = ["pending", "running", "paused", "completed", "failed", "cancelled", "unknown"];

/** In two shops a folder of a job in every state; the second one has forgotten somebody. */
const test = databaseTest.extend("machine", async ({ database }, { onCleanup }) => {
  const { pool } = database;
  const workDir = await mkdtemp(path.join(tmpdir(), "sweep-"));
  onCleanup(() => rm(workDir, { recursive: true }));
  for (const of of SHOPS)
    for (const status of STATUSES) {
      const folder = folderOfJob({ workDir }, { shop: of, id: `job-${status}` });
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, "orders.jsonl"), "a person");
      if (status !== "unknown")
        await pool.query(
          `INSERT INTO "SyncJob" (shop, id, "jobType", status, "requestedBy") VALUES ($1, $2, 'of-' || $2, $3, 'test')`,
          [of, `job-${status}`, status],
        );
    }
  await pool.query(`INSERT INTO "RedactionTombstone" (shop, kind, id) VALUES ($1, 'customer', '7')`, [
    forgetting,
  ]);
  return {
    pool,
    sweep: (folder = workDir) => sweepWorkFolders({ database, workDir: folder }),
    left: async (of: string) => (await readdir(path.join(workDir, of))).toSorted(),
    workDir,
  };
});

test("law 12: downloads of jobs that will not go on are removed, those of jobs that may are kept", async ({
  machine: { sweep, left },
}) => {
  await sweep();
  expect(await left(shop)).toEqual(["job-paused", "job-pending", "job-running"]);
  expect(await sweep()).toBe(0);
});

test("law 12: where somebody was forgotten only a running job keeps its download, and only while it runs", async ({
  machine: { sweep, left, pool },
}) => {
  expect(await sweep()).toBe(4 + 6);
  expect(await left(forgetting)).toEqual(["job-running"]);
  await pool.query(`UPDATE "SyncJob" SET status = 'paused' WHERE status = 'running'`);
  expect(await sweep()).toBe(1);
  expect(await left(forgetting)).toEqual([]);
});

test("a job that a worker takes up meanwhile keeps its download", async ({
  machine: { sweep, left, pool },
}) => {
  const waiting = { shop: forgetting, id: "job-pending", lease: "a-lease" };
  const swept = await inTransaction(pool, async (tx) => {
    await claimJob(tx, waiting);
    const sweeping = sweep();
    await expect
      .poll(async () => {
        const { rows } = await pool.query(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return rows.length;
      })
      .toBe(1);
    return { sweeping };
  });
  await swept.sweeping;
  expect(await left(forgetting)).toEqual(["job-pending", "job-running"]);
});

test("without a folder there is nothing to remove", async ({ machine: { sweep, workDir } }) => {
  expect(await sweep(path.join(workDir, "none"))).toBe(0);
});
