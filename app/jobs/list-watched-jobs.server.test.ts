import { expect } from "vitest";
import { uuidV7 } from "#app/lib/uuid-v7.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { listWatchedJobs } from "./list-watched-jobs.server.ts";

const shop = "a.myshopify.com";

test("the last ones, and every one that is not over however old; of this shop, the newest first", async ({
  database: { pool },
}) => {
  const add = (jobType: string, status: string, minute: number, of = shop) => {
    const at = new Date(Date.UTC(2026, 10, 26, 10, minute));
    return pool.query(
      `insert into "SyncJob" (shop, id, "jobType", "requestedBy", options, status, "createdAt") values ($1, $2, $3, 'test', '{}', $4, $5)`,
      [of, uuidV7(at.getTime()), jobType, status, at],
    );
  };
  await add("products", "paused", 0);
  await add("customers", "completed", 1);
  await add("orders", "running", 2);
  await add("look-back", "completed", 3);
  await add("look-back", "failed", 4);
  await add("look-back", "pending", 5);
  await add("inventory", "paused", 6, "b.myshopify.com");
  const jobs = await listWatchedJobs(pool, { shop, recent: 2 });
  expect(jobs.map(({ jobType, status }) => `${jobType} ${status}`)).toEqual([
    ...["look-back pending", "look-back failed"],
    ...["orders running", "products paused"],
  ]);
});
