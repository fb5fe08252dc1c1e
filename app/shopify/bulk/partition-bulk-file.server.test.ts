import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Arena } from "#app/lib/arena.ts";
import { assembleRecords } from "./assemble-records.ts";
import { bulkShapes } from "./bulk-shapes.ts";
import { partitionBulkFile } from "./partition-bulk-file.server.ts";
import { lineReader } from "./read-bulk-line.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "partition-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function partition(
  lines: readonly (object | string)[],
  purpose: "orders" | "fulfillment_orders" = "orders",
) {
  const path = join(folder, "file.jsonl");
  await writeFile(
    path,
    lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
  );
  const shape = bulkShapes[purpose];
  const parts = await partitionBulkFile({ path, workDir: join(folder, "work"), shape });
  const records = [];
  for (const part of parts.partitions) {
    const assembled = assembleRecords(await readFile(part.path), shape, lineReader(shape), new Arena(1024));
    expect(assembled.orphans).toBe(0);
    for (const { raw, id } of assembled.records)
      records.push({ id, node: JSON.parse(raw.toString()) as Record<string, unknown> });
  }
  return { ...parts, records };
}

const order = (id: number, note = "") => ({
  __typename: "Order",
  id: `gid://shopify/Order/${String(id)}`,
  updatedAt: null,
  name: "#1",
  displayFinancialStatus: null,
  displayFulfillmentStatus: null,
  note,
});

test("a file of many partitions keeps every record whole, whatever stands between its lines", async () => {
  const note = "x".repeat(60_000);
  const ids = Array.from({ length: 600 }, (_, i) => 5_204_118_503_424 + i * 32_771);
  const children = ids.map((id, i) => ({
    __typename: "LineItem",
    id: `gid://shopify/LineItem/${String(i)}`,
    __parentId: `gid://shopify/Order/${String(id)}`,
  }));
  const { partitions, cut, lines, roots, records } = await partition([
    ...children.slice(0, 300),
    ...ids.map((id) => order(id, note)),
    ...children.slice(300),
  ]);
  expect({ lines, roots }).toEqual({ lines: 1200, roots: 600 });
  expect(partitions.length).toBeGreaterThan(1);
  expect(partitions.reduce((sum, part) => sum + part.roots, 0)).toBe(600);
  expect(records.map(({ id }) => id).sort()).toEqual(ids.map(String).sort());
  for (const { node } of records) expect(node["lineItems"]).toHaveLength(1);
  // Stored batches are remembered by their place in this cut: who places records otherwise must raise CUT_VERSION.
  const placed = crc32(records.map(({ id }) => id).join());
  expect({ cut, numbers: partitions.map(({ number }) => number), placed }).toEqual({
    cut: "1: 86969908 in 3",
    numbers: [0, 1, 2],
    placed: 981_225_496,
  });
});

test("grandchildren stand in their parents, which stand in theirs, in any order of lines", async () => {
  const fulfillmentOrder = {
    __typename: "FulfillmentOrder",
    id: "gid://shopify/FulfillmentOrder/1",
    updatedAt: null,
    orderId: "gid://shopify/Order/42",
  };
  const fulfillment = {
    __typename: "Fulfillment",
    id: "gid://shopify/Fulfillment/2",
    name: "F1",
    __parentId: "gid://shopify/FulfillmentOrder/1",
  };
  const inside = [3, 4].map((id) => ({
    __typename: "FulfillmentLineItem",
    id: `gid://shopify/FulfillmentLineItem/${String(id)}`,
    quantity: 1,
    __parentId: "gid://shopify/Fulfillment/2",
  }));
  const { records, lines } = await partition(
    [...inside, fulfillment, fulfillmentOrder],
    "fulfillment_orders",
  );
  expect(lines).toBe(4);
  expect(records).toHaveLength(1);
  expect(records[0]?.node).toMatchObject({
    orderId: "gid://shopify/Order/42",
    fulfillments: [{ name: "F1", fulfillmentLineItems: [{ quantity: 1 }, { quantity: 1 }] }],
  });
});

test("a grandchild whose parent is not in the file is not dropped in silence", async () => {
  const lost = {
    __typename: "FulfillmentLineItem",
    id: "gid://shopify/FulfillmentLineItem/3",
    __parentId: "gid://shopify/Fulfillment/2",
  };
  await expect(partition([lost], "fulfillment_orders")).rejects.toMatchObject({
    code: "BULK_INCOMPLETE",
    message: expect.stringContaining("whose parent is not in it: those of 2") as string,
  });
});

test("a stop is obeyed between two pieces of what is joined, too", async () => {
  const path = join(folder, "file.jsonl");
  const parent = { ...order(1, "x".repeat(17_000_000)), __typename: "FulfillmentOrder" }; // more than one partition
  const children = Array.from({ length: 40 }, (_, i) => [
    { __typename: "Fulfillment", id: `gid://shopify/Fulfillment/${String(i)}`, __parentId: parent.id },
    {
      __typename: "FulfillmentLineItem",
      id: `gid://shopify/FulfillmentLineItem/${String(i)}`,
      __parentId: `gid://shopify/Fulfillment/${String(i)}`,
    },
  ]);
  await writeFile(path, [parent, ...children.flat()].map((line) => JSON.stringify(line)).join("\n"));
  const stop = new AbortController();
  const { connections } = bulkShapes.fulfillment_orders;
  const shape = {
    ...bulkShapes.fulfillment_orders,
    /** Asked for where grandchildren are joined, and not before. */
    get connections() {
      stop.abort(new Error("stopped"));
      return connections;
    },
  };
  const { signal } = stop;
  const cutting = partitionBulkFile({ path, workDir: join(folder, "work"), shape, signal });
  await expect(cutting).rejects.toThrow("stopped");
});

test("the same records in another order of lines are another cut", async () => {
  const one = await partition([order(1), order(2)]);
  expect((await partition([order(1), order(2)])).cut).toBe(one.cut);
  expect((await partition([order(2), order(1)])).cut).not.toBe(one.cut);
});

test("S15: a file cut in the middle of a line is refused with the line's number", async () => {
  const whole = [order(1), order(2)].map((one) => JSON.stringify(one)).join("\n");
  await expect(partition([whole.slice(0, -20)])).rejects.toMatchObject({
    code: "BULK_INCOMPLETE",
    message: expect.stringContaining("Line 2") as string,
  });
});

test("an empty file holds nothing", async () => {
  expect(await partition([])).toMatchObject({ lines: 0, roots: 0, partitions: [], records: [] });
});
