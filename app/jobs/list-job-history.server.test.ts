import { expect } from "vitest";

import type { Database } from "#app/lib/db.server.ts";
import { readCursorText } from "#app/lib/cursor.ts";
import type { ListAt } from "#app/lib/list-page.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";

import { jobSorts, listJobHistory, type JobHistoryFilter, type JobSort } from "./list-job-history.server.ts";

const shop = "a.myshopify.com";

async function add(database: Database, minute: number, job: Record<string, unknown> = {}) {
  await database.prisma.syncJob.create({
    data: {
      ...{
        shop,
        id: `job-${String(minute)}`,
        jobType: "look-back",
        status: "completed",
        requestedBy: "schedule",
      },
      createdAt: new Date(Date.UTC(2026, 10, 26, 10, minute)),
      ...job,
    },
  });
}

const minutes = (page: { rows: { id: string }[] }) => page.rows.map(({ id }) => Number(id.slice(4)));
const at = (side: "after" | "before", cursor: string | null): ListAt =>
  cursor === null ? null : { side, key: readCursorText(cursor) as string[] };

test("a job is found by kind, status, who asked for it and when; never another shop's", async ({
  database,
}) => {
  await add(database, 1, { jobType: "orders", requestedBy: "page" });
  await add(database, 2, { jobType: "orders", requestedBy: "7912345" });
  await add(database, 3, { status: "failed" });
  await add(database, 4, { requestedBy: "key 0192" });
  await add(database, 5, { requestedBy: "command line" });
  await add(database, 6, { shop: "b.myshopify.com" });
  const found = async (filter: JobHistoryFilter) =>
    minutes(await listJobHistory(database.pool, { shop, filter, sort: "created desc", at: null, limit: 10 }));
  expect(await found({})).toEqual([5, 4, 3, 2, 1]);
  expect(await found({ jobTypes: ["orders"] })).toEqual([2, 1]);
  expect(await found({ statuses: ["failed", "running"] })).toEqual([3]);
  expect(await found({ askers: ["page"] })).toEqual([2, 1]);
  expect(await found({ askers: ["api", "command-line"] })).toEqual([5, 4]);
  expect(await found({ askers: ["schedule"] })).toEqual([3]);
  const [from, until] = [2, 4].map((minute) => new Date(Date.UTC(2026, 10, 26, 10, minute)));
  expect(await found({ from, until })).toEqual([3, 2]);
});

test("every order is paged without losing or repeating a job, both ways", async ({ database }) => {
  for (let minute = 0; minute < 12; minute++)
    await add(database, minute, { processed: minute % 3, errors: minute % 2 });
  for (const sort of Object.keys(jobSorts) as JobSort[]) {
    const load = (position: ListAt) =>
      listJobHistory(database.pool, { shop, filter: {}, sort, at: position, limit: 5 });
    const first = await load(null);
    const second = await load(at("after", first.next));
    const third = await load(at("after", second.next));
    const all = [first, second, third].flatMap(minutes);
    expect(new Set(all).size, sort).toBe(12);
    expect(third.next, sort).toBeNull();
    expect(minutes(await load(at("before", third.previous))), sort).toEqual(minutes(second));
  }
});

test("ten thousand jobs are listed, and filtered down to a few, in an instant", async ({ database }) => {
  await database.pool.query(
    `insert into "SyncJob" (shop, id, "jobType", "requestedBy", status, "createdAt", processed)
     select $1, 'job-' || n, 'look-back', 'schedule', case when n % 1000 = 0 then 'failed' else 'completed' end,
       timestamptz '2026-01-01' + n * interval '1 hour', n % 97 from generate_series(1, 10000) n`,
    [shop],
  );
  await database.pool.query(`analyze "SyncJob"`);
  for (const filter of [{}, { statuses: ["failed"] }, { askers: ["api"] }] satisfies JobHistoryFilter[])
    for (const sort of Object.keys(jobSorts) as JobSort[]) {
      const took: number[] = [];
      // The quickest of some: a busy machine may hold up any of them.
      while (took.length < 5 && Math.min(...took) >= 500) {
        const began = performance.now();
        await listJobHistory(database.pool, { shop, filter, sort, at: null, limit: 50 });
        took.push(performance.now() - began);
      }
      expect(Math.min(...took), `${sort} ${JSON.stringify(filter)}`).toBeLessThan(500);
    }
});
