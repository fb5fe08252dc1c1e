import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Arena } from "#app/lib/arena.ts";
import { assembleRecords } from "./assemble-records.ts";
import { bulkShapes } from "./bulk-shapes.ts";
import { lineReader } from "./read-bulk-line.ts";

const shape = bulkShapes.orders;
const order = (id: number, more: object = {}) => ({
  __typename: "Order",
  id: `gid://shopify/Order/${String(id)}`,
  updatedAt: "2026-11-01T10:00:00Z",
  name: `#${String(id)}`,
  displayFinancialStatus: "PAID",
  displayFulfillmentStatus: null,
  ...more,
});
const line = (id: number, orderId: number, more: object = {}) => ({
  __typename: "LineItem",
  id: `gid://shopify/LineItem/${String(id)}`,
  ...more,
  __parentId: `gid://shopify/Order/${String(orderId)}`,
});

const assemble = (lines: readonly (object | string)[]) => {
  const text = lines.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("\n");
  const { records, orphans } = assembleRecords(Buffer.from(text), shape, lineReader(shape), new Arena(1024));
  return {
    orphans,
    records: [...records].map(({ raw, ...rest }) => ({
      ...rest,
      node: JSON.parse(raw.toString()) as Record<string, unknown>,
    })),
  };
};

describe("lines of a bulk file become records", () => {
  test("S14: children far from their parents, shuffled, find the right parents", () => {
    const orders = Array.from({ length: 20 }, (_, i) => order(i + 1));
    const lines = orders.flatMap((_, i) => [line(100 + i, i + 1), line(200 + i, i + 1)]);
    const expected = assemble([...orders, ...lines]).records;
    fc.assert(
      fc.property(fc.shuffledSubarray([...orders, ...lines], { minLength: 60 }), (shuffled) => {
        const { records, orphans } = assemble(shuffled);
        expect(orphans).toBe(0);
        expect(records.sort((a, b) => Number(a.id) - Number(b.id))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
    expect(expected).toHaveLength(20);
    for (const record of expected) {
      const own = (record.node["lineItems"] as { __parentId: string }[]).map((one) => one.__parentId);
      expect(own).toEqual([`gid://shopify/Order/${record.id}`, `gid://shopify/Order/${record.id}`]);
    }
  });

  test("the header fields are read without parsing the rest", () => {
    expect(assemble([order(7, { name: '#7 "नमस्ते" \\' })]).records[0]).toMatchObject({
      id: "7",
      updatedAt: "2026-11-01T10:00:00Z",
      header: { orderNumber: '#7 "नमस्ते" \\', financialStatus: "PAID", fulfillmentStatus: null },
    });
  });

  test.each([
    ["escaped slashes", JSON.stringify(line(1, 7)).replaceAll("/", "\\/")],
    [
      "the parent first",
      JSON.stringify({
        __parentId: "gid://shopify/Order/7",
        __typename: "LineItem",
        id: "gid://shopify/LineItem/1",
      }),
    ],
    [
      "text that looks like a key",
      JSON.stringify(line(1, 7, { title: '","__parentId":"gid://shopify/Order/8"}' })),
    ],
    ["blanks between keys", JSON.stringify(line(1, 7), null, 1).replaceAll("\n", "")],
  ])("a child is found with %s", (_, text) => {
    const { records, orphans } = assemble([order(7), order(8), text]);
    expect(orphans).toBe(0);
    expect(records[0]?.node["lineItems"]).toHaveLength(1);
    expect(records[1]?.node["lineItems"]).toBeUndefined();
  });

  test("a root in another order of fields is read all the same", () => {
    const { records } = assemble([
      `{"name":"#9","id":"gid:\\/\\/shopify\\/Order\\/9","updatedAt":"2026-11-01T10:00:00Z","__typename":"Order"}`,
    ]);
    expect(records[0]).toMatchObject({ id: "9", header: { orderNumber: "#9", financialStatus: null } });
  });

  test("the same record has the same bytes, however its lines were scattered, and a line that came twice is one", () => {
    const bytes = (lines: object[]) => {
      const text = lines.map((one) => JSON.stringify(one)).join("\n");
      return [
        ...assembleRecords(Buffer.from(text), shape, lineReader(shape), new Arena(1024)).records,
      ][0]?.raw.toString();
    };
    const shipping = {
      __typename: "ShippingLine",
      id: "gid://shopify/ShippingLine/5",
      __parentId: "gid://shopify/Order/1",
    };
    const first = bytes([order(1), line(1, 1), line(2, 1), shipping]);
    expect(bytes([shipping, line(2, 1), order(1), line(1, 1), line(2, 1)])).toBe(first);
  });

  test("a child whose parent is not there is counted, never guessed", () => {
    expect(assemble([order(1), line(1, 2)])).toMatchObject({ orphans: 1 });
  });

  test.each([
    ["half a line", '{"__typename":"Order","id":"gid://sh'],
    ["another type", '{"__typename":"Shop","id":"gid://shopify/Shop/1"}'],
  ])("%s is refused", (_, text) => {
    expect(() => assemble([text])).toThrow();
  });
});
