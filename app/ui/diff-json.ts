import type { JsonStep } from "./json-path.ts";
import type { JsonMember, JsonNode } from "./parse-json.ts";

/** One difference between two versions of a document. */
export type JsonChange =
  | { kind: "added"; path: readonly JsonStep[]; after: JsonNode }
  | { kind: "removed"; path: readonly JsonStep[]; before: JsonNode }
  | { kind: "changed"; path: readonly JsonStep[]; before: JsonNode; after: JsonNode }
  /** A list whose items are known by id has them in this order now. */
  | { kind: "reordered"; path: readonly JsonStep[]; ids: readonly string[] };

/**
 * What changed from one version to the other. Members are matched by name whatever their order; items of a list by their `id`,
 * where each has one of its own in both versions, else by position. Numbers are compared as they are written.
 */
export function diffJson(before: JsonNode, after: JsonNode): JsonChange[] {
  const changes: JsonChange[] = [];
  const compare = (old: JsonNode, now: JsonNode, path: readonly JsonStep[]): void => {
    if (old.kind === "object" && now.kind === "object")
      compareParts(byName(old.members), byName(now.members), (name) => [...path, name]);
    else if (old.kind === "array" && now.kind === "array") compareLists(old.items, now.items, path);
    else if (!isSameLeaf(old, now)) changes.push({ kind: "changed", path, before: old, after: now });
  };
  const compareParts = <Key>(
    old: ReadonlyMap<Key, JsonNode>,
    now: ReadonlyMap<Key, JsonNode>,
    pathOf: (key: Key) => JsonStep[],
  ): void => {
    for (const [key, node] of old) {
      const other = now.get(key);
      if (other) compare(node, other, pathOf(key));
      else changes.push({ kind: "removed", path: pathOf(key), before: node });
    }
    for (const [key, node] of now)
      if (!old.has(key)) changes.push({ kind: "added", path: pathOf(key), after: node });
  };
  const compareLists = (old: readonly JsonNode[], now: readonly JsonNode[], path: readonly JsonStep[]) => {
    const oldById = byId(old);
    const nowById = byId(now);
    if (oldById === null || nowById === null) {
      compareParts(new Map(old.entries()), new Map(now.entries()), (i) => [...path, i]);
      return;
    }
    compareParts(oldById, nowById, (id) => [...path, { id }]);
    const kept = [...oldById.keys()].filter((id) => nowById.has(id));
    const expected = [...kept, ...[...nowById.keys()].filter((id) => !oldById.has(id))];
    const ids = [...nowById.keys()];
    if (ids.some((id, i) => id !== expected[i])) changes.push({ kind: "reordered", path, ids });
  };
  compare(before, after, []);
  return changes;
}

/** Of a name that stands twice the last counts, as in every reader of JSON. */
export function byName(members: readonly JsonMember[]): Map<string, JsonNode> {
  return new Map(members.map(({ name, node }) => [name, node]));
}

/** Items by their ids; null where one has none, or shares it. */
export function byId(items: readonly JsonNode[]): Map<string, JsonNode> | null {
  const found = new Map<string, JsonNode>();
  for (const item of items) {
    const id = item.kind === "object" ? byName(item.members).get("id") : undefined;
    const text = id?.kind === "string" ? id.value : id?.kind === "plain" ? id.text : undefined;
    if (text === undefined || text === "null" || found.has(text)) return null;
    found.set(text, item);
  }
  return found;
}

function isSameLeaf(one: JsonNode, other: JsonNode): boolean {
  if (one.kind === "string" && other.kind === "string") return one.value === other.value;
  return one.kind === "plain" && other.kind === "plain" && one.text === other.text;
}
