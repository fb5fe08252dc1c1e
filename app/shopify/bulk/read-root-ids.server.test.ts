import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bulkShapes } from "./bulk-shapes.ts";
import { readRootIds } from "./read-root-ids.server.ts";

test("every root's id once, in batches; children, blanks and lines longer than a read are no matter", async () => {
  const folder = await mkdtemp(join(tmpdir(), "root-ids-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "file.jsonl");
  const order = (id: number, note = "") =>
    JSON.stringify({ __typename: "Order", id: `gid://shopify/Order/${String(id)}`, updatedAt: null, note });
  const line = (id: number) =>
    `{"__typename":"LineItem","id":"gid://shopify/LineItem/${String(id)}","__parentId":"gid://shopify/Order/${String(id)}"}`;
  await writeFile(
    path,
    [
      order(1),
      line(1),
      order(2, "x".repeat(2_500_000)),
      line(2),
      ` ${order(3)} `,
      "",
      order(4),
      order(5),
    ].join("\n"),
  );
  const batches: string[][] = [];
  for await (const ids of readRootIds({ path, shape: bulkShapes.orders, size: 2 })) batches.push(ids);
  expect(batches).toEqual([["1", "2"], ["3", "4"], ["5"]]);
});
