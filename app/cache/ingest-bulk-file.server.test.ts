import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import { countCache } from "./cache-counts.server.ts";
import { ingestBulkFile, type IngestBulkOptions } from "./ingest-bulk-file.server.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ingest-"));
});
afterEach(() => rm(folder, { recursive: true }));

const shop = "one.myshopify.com";
const product = (id: number) => ({
  __typename: "Product",
  id: `gid://shopify/Product/${String(id)}`,
  updatedAt: "2026-11-01T10:00:00Z",
  title: `P${String(id)}`,
  handle: null,
});
const variant = (id: number, of: number) => ({
  __typename: "ProductVariant",
  id: `gid://shopify/ProductVariant/${String(id)}`,
  __parentId: `gid://shopify/Product/${String(of)}`,
});
const lines = [product(1), variant(11, 1), product(2), variant(21, 2), variant(12, 1)];

async function options(
  content: readonly object[],
  expected: IngestBulkOptions["expected"],
): Promise<IngestBulkOptions> {
  const path = join(folder, "file.jsonl");
  await writeFile(path, content.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return {
    shop,
    operationId: "gid://shopify/BulkOperation/1",
    purpose: "products",
    path,
    workDir: folder,
    source: "dump",
    expected,
    now: new Date("2026-11-22T10:00:00Z"),
  };
}

test("what was counted is what is stored; the same records of another operation are unchanged", async ({
  database: { pool },
}) => {
  const dump = await options(lines, { objectCount: 5, rootObjectCount: 2 });
  expect(await ingestBulkFile(pool, dump)).toEqual({
    created: 2,
    updated: 0,
    unchanged: 0,
    superseded: 0,
    lines: 5,
    roots: 2,
  });
  const again = { ...dump, operationId: "gid://shopify/BulkOperation/2" };
  expect(await ingestBulkFile(pool, again)).toMatchObject({ created: 0, unchanged: 2 });
  expect(await readdir(folder)).toEqual(["file.jsonl"]);
});

test.for([
  ["a line is missing", lines.slice(0, -1), /4 records, but Shopify counted 5/],
  ["a line is too many", [...lines, variant(22, 2)], /6 records, but Shopify counted 5/],
  [
    "a root is missing and a child too many",
    [...lines.slice(1), variant(22, 2)],
    /1 products, but Shopify counted 2/,
  ],
] as const)(
  "law 9: when %s, the dump is incomplete and nothing of it is stored",
  async ([, content, message], { database: { pool } }) => {
    const dump = await options(content, { objectCount: 5, rootObjectCount: 2 });
    let isCounted = false;
    const onCounted = () => Promise.resolve(void (isCounted = true));
    await expect(ingestBulkFile(pool, { ...dump, onCounted })).rejects.toMatchObject({
      code: "BULK_INCOMPLETE",
      message: expect.stringMatching(message) as string,
    });
    expect((await countCache(pool, shop)).product.total).toBe(0);
    expect(isCounted).toBe(false);
  },
);

test("a child whose parent never came fails the dump, though the counts agree", async ({
  database: { pool },
}) => {
  const dump = await options([product(1), variant(31, 3)], { objectCount: 2, rootObjectCount: 1 });
  await expect(ingestBulkFile(pool, dump)).rejects.toMatchObject({ code: "BULK_INCOMPLETE" });
  // Also not when it is tried again: what holds it is never taken for stored.
  await expect(ingestBulkFile(pool, dump)).rejects.toMatchObject({ code: "BULK_INCOMPLETE" });
});

test("whoever looks at a file that agrees sees it before anything of it is stored", async ({
  database: { pool },
}) => {
  const dump = await options(lines, { objectCount: 5, rootObjectCount: 2 });
  let stored: number | undefined;
  const onCounted = async () => {
    stored = (await countCache(pool, shop)).product.total;
  };
  await ingestBulkFile(pool, { ...dump, onCounted });
  expect(stored).toBe(0);
  expect((await countCache(pool, shop)).product.total).toBe(2);
});
