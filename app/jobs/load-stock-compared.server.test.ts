import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { loadStockCompared } from "./load-stock-compared.server.ts";

const shop = "a-shop.myshopify.com";
const found = {
  shown: 12,
  fresh: 2,
  different: 3,
  quantities: 4,
  same: 6,
  newer: 0,
  unreadable: 1,
  missing: null,
};

test("the last compare that found anything is told, of this shop and this kind of job", async ({
  database: { pool },
}) => {
  expect(await loadStockCompared(pool, { shop })).toBeNull();
  const job = (id: string, day: number, { of = shop, jobType = "inventory", checkpoint = {} }) =>
    pool.query(
      `insert into "SyncJob" (shop, id, "jobType", status, "requestedBy", checkpoint, "createdAt", "finishedAt")
       values ($1, $2, $3, 'completed', 'page', $4, $5, $5)`,
      [of, id, jobType, JSON.stringify(checkpoint), `2026-11-${String(day)}T00:00:00Z`],
    );
  await job("older", 10, { checkpoint: { compared: { ...found, shown: 11, same: 5 } } });
  await job("wanted", 11, { checkpoint: { compared: found } });
  await job("cancelled-early", 12, {});
  await job("other-kind", 13, { jobType: "look-back", checkpoint: { compared: found } });
  await job("other-shop", 14, { of: "another.myshopify.com", checkpoint: { compared: found } });
  expect(await loadStockCompared(pool, { shop })).toEqual({
    jobId: "wanted",
    at: new Date("2026-11-11T00:00:00Z"),
    found,
  });
});
