import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "pg";
import { afterEach, beforeEach, expect } from "vitest";
import {
  markBulkOperationIngested,
  saveBulkOperation,
} from "#app/shopify/bulk/bulk-operation-rows.server.ts";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { countCache } from "./cache-counts.server.ts";
import { ingestBulkFile, type IngestBulkOptions } from "./ingest-bulk-file.server.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ingest-"));
});
afterEach(() => rm(folder, { recursive: true }));

const shop = "one.myshopify.com";
const operationId = "gid://shopify/BulkOperation/1";
const BATCH = 500;

/** A file of products as an operation brings it. A note of 14 kB on each makes 2,600 of them three partitions. */
async function aFile(
  count: number,
  { note = "", updatedAt = "2026-11-01T10:00:00Z" } = {},
): Promise<IngestBulkOptions> {
  const path = join(folder, "file.jsonl");
  const lines = Array.from({ length: count }, (_, i) => {
    const id = `gid://shopify/Product/${String(7_204_118_503_424 + i * 32_771)}`;
    return `${JSON.stringify({ __typename: "Product", id, updatedAt, title: "T", handle: null, note })}\n`;
  });
  await writeFile(path, lines.join(""));
  const expected = { objectCount: count, rootObjectCount: count };
  const common = { shop, operationId, purpose: "products", source: "dump", path, expected } as const;
  return { ...common, workDir: join(folder, "work"), now: new Date("2026-11-22T10:00:00Z") };
}

/** Stores the file until `batches` are in, then is stopped; returns how many roots those held. */
async function stopAfter(batches: number, pool: Pool, file: IngestBulkOptions): Promise<number> {
  const stop = new AbortController();
  let calls = 0;
  const onProgress = () => {
    calls++;
    if (calls >= batches) stop.abort();
  };
  await expect(ingestBulkFile(pool, { ...file, signal: stop.signal, onProgress })).rejects.toThrow();
  return sumRoots(pool);
}

async function sumRoots(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ roots: number }>(
    `select coalesce(sum("roots"), 0)::int as "roots" from "ShopifyBulkBatch" where "shop" = $1`,
    [shop],
  );
  return rows[0]?.roots ?? 0;
}

/** Each stored batch with the transaction that wrote it. */
async function writtenBatches(pool: Pool): Promise<Record<string, unknown>[]> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `select b.*, b.xmin::text as "transaction" from "ShopifyBulkBatch" b where "shop" = $1 order by "partition", "batch"`,
    [shop],
  );
  return rows;
}

const total = async (pool: Pool) => (await countCache(pool, shop)).product.total;

const files = [
  ["one partition", 1_200, {}],
  ["three partitions", 2_600, { note: "x".repeat(14_000) }],
] as const;

test.for(files)(
  "stopped in the middle of a file of %s, it goes on where it stopped: nothing is stored twice, all is counted",
  async ([, count, content], { database: { pool } }) => {
    const file = await aFile(count, content);
    const first = await stopAfter(1, pool, file);
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(count);
    expect(await total(pool)).toBe(first);
    const before = await writtenBatches(pool);

    // What is remembered as stored is left alone, even where it is gone: the next run brings the rest and nothing else.
    await pool.query(`delete from "ShopifyProductCache" where shop = $1`, [shop]);
    const steps: number[] = [];
    const result = await ingestBulkFile(pool, { ...file, onProgress: ({ roots }) => void steps.push(roots) });
    expect(await total(pool)).toBe(count - first);
    expect(result).toEqual({
      ...{ created: count, updated: 0, unchanged: 0, superseded: 0 },
      ...{ roots: count, lines: count },
    });
    expect(await writtenBatches(pool)).toEqual(expect.arrayContaining(before));
    expect(steps.at(-1)).toBe(count);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  },
);

test("partitions that are stored whole are not assembled again", async ({ database: { pool } }) => {
  const file = await aFile(2_600, { note: "x".repeat(14_000) });
  const first = await ingestBulkFile(pool, file);
  const steps: number[] = [];
  const again = await ingestBulkFile(pool, { ...file, onProgress: ({ roots }) => void steps.push(roots) });
  expect(again).toEqual(first);
  expect(steps).toHaveLength(3); // one step a partition, not one a batch
});

test("two workers at one file share it, and each knows all of it", async ({ database: { pool } }) => {
  const file = await aFile(2_600);
  const work = (name: string) => ingestBulkFile(pool, { ...file, workDir: join(folder, name) });
  const [one, other] = await Promise.all([work("one"), work("other")]);
  expect(one).toMatchObject({ created: 2_600, unchanged: 0, roots: 2_600 });
  expect(other).toEqual(one);
  expect(await total(pool)).toBe(2_600);
});

test("a batch that the database refused is not remembered as stored", async ({ database: { pool } }) => {
  const file = await aFile(1_200);
  const refused = String(7_204_118_503_424 + 700 * 32_771);
  await pool.query(`alter table "ShopifyProductCache" add constraint refused check (id <> '${refused}')`);
  await expect(ingestBulkFile(pool, file)).rejects.toThrow("refused");
  expect(await sumRoots(pool)).toBe(BATCH);
  expect(await total(pool)).toBe(BATCH);
  await pool.query(`alter table "ShopifyProductCache" drop constraint refused`);
  expect(await ingestBulkFile(pool, file)).toMatchObject({ created: 1_200, unchanged: 0 });
});

test("batches of another cut are other batches: the file is stored anew, and only that is counted", async ({
  database: { pool },
}) => {
  const file = await aFile(1_200);
  const first = await stopAfter(1, pool, file);
  await pool.query(`update "ShopifyBulkBatch" set "layout" = 'of an older version' where "shop" = $1`, [
    shop,
  ]);
  const result = await ingestBulkFile(pool, file);
  expect(result).toMatchObject({ created: 1_200 - first, unchanged: first, roots: 1_200 });
});

test("other bytes than the first download's are another cut", async ({ database: { pool } }) => {
  const file = await aFile(1_200);
  const first = await stopAfter(1, pool, file);
  await aFile(1_200, { note: "y" });
  const result = await ingestBulkFile(pool, file);
  expect(result.created).toBe(1_200 - first);
  expect(result.roots).toBe(1_200);
});

test("what is older than the cache is counted as such, by whichever worker", async ({
  database: { pool },
}) => {
  await ingestBulkFile(pool, { ...(await aFile(1_200)), operationId: "gid://shopify/BulkOperation/0" });
  await pool.query(`delete from "ShopifyBulkBatch" where "shop" = $1`, [shop]);
  const older = await aFile(1_200, { updatedAt: "2026-10-01T10:00:00Z" });
  await stopAfter(2, pool, older);
  expect(await ingestBulkFile(pool, older)).toMatchObject({ superseded: 1_200, created: 0, updated: 0 });
});

test("once the operation is ingested its batches are forgotten, and a worker that comes late stores nothing", async ({
  database: { pool },
}) => {
  const file = await aFile(1_200);
  const common = { shop, id: operationId, now: new Date() };
  const operation = {
    jobId: "job-1",
    purpose: "products",
    query: "",
    window: null,
    status: "COMPLETED",
  } as const;
  await saveBulkOperation(pool, { ...common, ...operation });
  await ingestBulkFile(pool, file);
  await markBulkOperationIngested(pool, common);
  expect(await writtenBatches(pool)).toEqual([]);
  await pool.query(`delete from "ShopifyProductCache" where shop = $1`, [shop]);
  await expect(ingestBulkFile(pool, file)).rejects.toThrow("0 of 1200 records");
  expect(await total(pool)).toBe(0);
});
