import { expect } from "vitest";

import { AppError } from "#app/lib/errors.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";

import { listNewestLog } from "./list-newest-log.server.ts";
import { listOpenJobs } from "./list-open-jobs.server.ts";
import { loadWatchedJob } from "./load-watched-job.server.ts";
import { runAgain } from "./run-again.server.ts";

const shop = "a.myshopify.com";
const other = "b.myshopify.com";

test("a job comes with its own bulk operations, oldest first, without their addresses", async ({
  database,
}) => {
  const { prisma, pool } = database;
  await prisma.syncJob.create({ data: { shop, id: "1", jobType: "orders", requestedBy: "page" } });
  const operation = (id: string, minute: number, jobId = "1") => ({
    ...{ shop, id, jobId, purpose: "orders", query: "q", status: "COMPLETED", url: "https://files/secret" },
    ...{ objectCount: 10n, rootObjectCount: 4n, fileSize: 5_000_000_000n },
    createdAt: new Date(Date.UTC(2026, 10, 26, 10, minute)),
  });
  await prisma.shopifyBulkOperation.createMany({
    data: [operation("b", 2), operation("a", 1), operation("c", 0, "2")],
  });
  const found = await loadWatchedJob(pool, { shop, id: "1" });
  expect(found?.job.jobType).toBe("orders");
  expect(found?.operations.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(found?.operations[0]).toMatchObject({ fileSize: 5_000_000_000, hasFile: true });
  expect(JSON.stringify(found)).not.toContain("secret");
  expect(await loadWatchedJob(pool, { shop: other, id: "1" })).toBeNull();
});

test("only what is not over is open", async ({ database }) => {
  const { prisma, pool } = database;
  const job = (id: string, jobType: string, status: string) => ({
    shop,
    id,
    jobType,
    status,
    requestedBy: "page",
  });
  await prisma.syncJob.createMany({
    data: [
      ...[job("1", "orders", "paused"), job("2", "products", "running"), job("3", "customers", "pending")],
      ...[job("4", "orders", "completed"), job("5", "orders", "failed"), job("6", "orders", "cancelled")],
    ],
  });
  expect((await listOpenJobs(pool, { shop })).map(({ id }) => id).sort()).toEqual(["1", "2", "3"]);
  expect(await listOpenJobs(pool, { shop: other })).toEqual([]);
});

test("a log is read from its newest line, in parts, and by what a line says", async ({
  database: { pool },
}) => {
  await pool.query(
    `insert into "SyncJobLog" (shop, "jobId", message) select $1, '1', case when n = 3 then '100% of Ärmel_x' else 'step ' || n end
     from generate_series(1, 7) n order by n`,
    [shop],
  );
  const messages = (part: { lines: { message: string }[] }) => part.lines.map(({ message }) => message);
  const newest = await listNewestLog(pool, { shop, id: "1", limit: 3 });
  expect(messages(newest)).toEqual(["step 7", "step 6", "step 5"]);
  expect(newest.hasOlder).toBe(true);
  const older = await listNewestLog(pool, { shop, id: "1", limit: 4, before: newest.lines.at(-1)?.id });
  expect(messages(older)).toEqual(["step 4", "100% of Ärmel_x", "step 2", "step 1"]);
  expect(older.hasOlder).toBe(false);
  const found = async (search: string) =>
    messages(await listNewestLog(pool, { shop, id: "1", search, limit: 9 }));
  expect(await found("STEP 6")).toEqual(["step 6"]);
  // Marks that mean something in a pattern mean themselves here.
  expect(await found("100% of ärmel_")).toEqual(["100% of Ärmel_x"]);
  expect(await found("step_")).toEqual([]);
  expect(messages(await listNewestLog(pool, { shop: other, id: "1", limit: 9 }))).toEqual([]);
});

test("run again, a job is another with the same options; while one is under way it is refused", async ({
  database,
}) => {
  const context = { database, now: () => new Date("2026-11-26T10:00:00Z") };
  const options = { from: "2026-11-01T00:00:00.000Z", until: null };
  await database.prisma.syncJob.create({
    data: { shop, id: "1", jobType: "orders", status: "failed", requestedBy: "page", options },
  });
  const again = await runAgain(context, { shop, id: "1", requestedBy: "page" });
  expect(again).toMatchObject({ jobType: "orders", status: "pending", options });
  expect(again.id).not.toBe("1");
  const refused = async (id: string) => {
    const error: unknown = await runAgain(context, { shop, id, requestedBy: "page" }).catch(
      (reason: unknown) => reason,
    );
    return error instanceof AppError ? error.code : error;
  };
  expect(await refused("1")).toBe("JOB_ALREADY_RUNNING");
  expect(await refused("none")).toBe("JOB_NOT_FOUND");
});
