import fc from "fast-check";
import { expect, test } from "vitest";

import { byId, byName, diffJson, type JsonChange } from "./diff-json.ts";
import { jsonPathWords, type JsonStep } from "./json-path.ts";
import { parseJson, type JsonNode } from "./parse-json.ts";

function documentOf(value: unknown): JsonNode {
  const root = parseJson(JSON.stringify(value));
  if (!root) throw new Error("no JSON");
  return root;
}

/** The value, whatever the order of its members. */
function plain(node: JsonNode): unknown {
  if (node.kind === "object")
    return new Map(
      [...byName(node.members)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, plain(v)]),
    );
  if (node.kind === "array") return node.items.map(plain);
  return node.kind === "string" ? `"${node.value}"` : node.text;
}

/** The document with the changes made; changes further in come before those around them. */
function apply(node: JsonNode, changes: readonly JsonChange[]): JsonNode {
  return changes.reduce((made, change) => applyAt(made, change.path, change), node);
}

function applyAt(node: JsonNode, path: readonly JsonStep[], change: JsonChange): JsonNode {
  const [step, ...rest] = path;
  if (step === undefined) {
    if (change.kind === "changed" || change.kind === "added") return change.after;
    if (change.kind !== "reordered" || node.kind !== "array") throw new Error("cannot be made here");
    const items = byId(node.items);
    return { kind: "array", items: change.ids.map((id) => items?.get(id) ?? node) };
  }
  const isLast = rest.length === 0;
  const make = (child: JsonNode | undefined): JsonNode | null => {
    if (isLast && change.kind === "removed") return null;
    return applyAt(child ?? { kind: "plain", text: "null" }, rest, change);
  };
  if (node.kind === "object" && typeof step === "string") {
    const members = byName(node.members);
    const made = make(members.get(step));
    if (made) members.set(step, made);
    else members.delete(step);
    return { kind: "object", members: [...members].map(([name, child]) => ({ name, node: child })) };
  }
  if (node.kind !== "array" || typeof step === "string") throw new Error("the path leads nowhere");
  const items: (JsonNode | null)[] = [...node.items];
  const found =
    typeof step === "number"
      ? step
      : items.findIndex((item) => item !== null && byId([item])?.has(step.id) === true);
  const at = found === -1 ? items.length : found;
  const made = make(items[at] ?? undefined);
  // Items by position are taken off the end; those are named first to last.
  if (made === null && typeof step === "number") return { kind: "array", items: node.items.slice(0, step) };
  items[at] = made;
  return { kind: "array", items: items.filter((item) => item !== null) };
}

const listed = fc.uniqueArray(fc.record({ id: fc.nat(12), qty: fc.nat(3) }), { selector: ({ id }) => id });
const value = fc.oneof(
  fc.jsonValue(),
  fc.record({ lines: listed, note: fc.jsonValue() }, { requiredKeys: [] }),
  listed,
);

test("a document does not differ from itself, whatever the order of its members", () => {
  fc.assert(
    fc.property(value, (one) => {
      expect(diffJson(documentOf(one), documentOf(one))).toEqual([]);
    }),
  );
  expect(diffJson(documentOf({ a: 1, b: 2 }), documentOf({ b: 2, a: 1 }))).toEqual([]);
});

test("the changes made to the one version give the other", () => {
  fc.assert(
    fc.property(value, value, (before, after) => {
      const [old, now] = [documentOf(before), documentOf(after)];
      const changes = diffJson(old, now);
      // Removed by position: each cuts the list, so the first cut suffices and the rest cut nothing.
      expect(plain(apply(old, changes))).toEqual(plain(now));
    }),
    { numRuns: 500 },
  );
});

test("items of a list are known by their ids: a line that moved up has not changed", () => {
  const before = {
    lines: [
      { id: 1, qty: 2 },
      { id: 2, qty: 1 },
      { id: 3, qty: 5 },
    ],
    total: "1.10",
  };
  const after = {
    lines: [
      { id: 2, qty: 4 },
      { id: 3, qty: 5 },
      { id: 4, qty: 1 },
    ],
    total: "1.1",
  };
  const changes = diffJson(documentOf(before), documentOf(after));
  expect(changes.map(({ kind, path }) => `${kind} ${jsonPathWords(path)}`)).toEqual([
    "removed lines[id 1]",
    "changed lines[id 2].qty",
    "added lines[id 4]",
    "changed total",
  ]);
});

test("an item known by its gid is named by its number", () => {
  expect(jsonPathWords(["lines", { id: "gid://shopify/LineItem/7001" }, "quantity"])).toBe(
    "lines[id 7001].quantity",
  );
});

test("numbers that a float cannot tell apart are two", () => {
  const [a, b] = [parseJson('{"id":9007199254740993}'), parseJson('{"id":9007199254740992}')];
  expect(a && b && diffJson(a, b)).toMatchObject([{ kind: "changed", path: ["id"] }]);
});

test("lists that are only in another order say so", () => {
  const [a, b] = [documentOf([{ id: "x" }, { id: "y" }]), documentOf([{ id: "y" }, { id: "x" }])];
  expect(diffJson(a, b)).toEqual([{ kind: "reordered", path: [], ids: ["y", "x"] }]);
});
