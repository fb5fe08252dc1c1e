import { access, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { databaseTest } from "#tests/setup/test-database.ts";
import { folderOfJob } from "./folder-of-job.server.ts";
import { sweepWorkFolders } from "./sweep-work-folders.server.ts";

const test = databaseTest.extend("workDir", async ({ database: _ }, { onCleanup }) => {
  const folder = await mkdtemp(path.join(tmpdir(), "sweep-"));
  onCleanup(() => rm(folder, { recursive: true }));
  return folder;
});

test("law 12: downloads of jobs that will not go on are removed, those of jobs that may are kept", async ({
  database,
  workDir,
}) => {
  const jobs = ["pending", "running", "paused", "completed", "failed", "cancelled", "unknown"].map(
    (status) => ({
      ...{ status, id: `job-${status}` },
      shop: status === "failed" ? "saree-house.myshopify.com" : "kurta-house.myshopify.com",
    }),
  );
  for (const { shop, id, status } of jobs) {
    await mkdir(folderOfJob({ workDir }, { shop, id }), { recursive: true });
    await writeFile(path.join(folderOfJob({ workDir }, { shop, id }), "orders.jsonl"), "a person");
    if (status !== "unknown")
      await database.pool.query(
        `INSERT INTO "SyncJob" (shop, id, "jobType", status, "requestedBy") VALUES ($1, $2, 'of-' || $2, $3, 'test')`,
        [shop, id, status],
      );
  }
  expect(await sweepWorkFolders({ database, workDir })).toBe(4);
  const left = await Promise.all(
    jobs.map(async ({ shop, id, status }) => {
      const there = await access(folderOfJob({ workDir }, { shop, id })).then(
        () => true,
        () => false,
      );
      return there ? [status] : [];
    }),
  );
  expect(left.flat()).toEqual(["pending", "running", "paused"]);
  expect(await sweepWorkFolders({ database, workDir })).toBe(0);
});

test("without a folder there is nothing to remove", async ({ database, workDir }) => {
  expect(await sweepWorkFolders({ database, workDir: path.join(workDir, "none") })).toBe(0);
});
