import type { JsonStep } from "./json-path.ts";
import type { JsonNode } from "./parse-json.ts";

/** Something that was found: its place by position among its neighbours, level by level, and as a person writes it. */
export type JsonHit = { positions: readonly number[]; path: readonly JsonStep[] };

/** Members whose name, and values whose text has the words, whatever their case; in the order of the document. */
export function searchJson(root: JsonNode, words: string): JsonHit[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === "") return [];
  const hits: JsonHit[] = [];
  const has = (text: string) => text.toLowerCase().includes(wanted);
  const look = (node: JsonNode, hit: JsonHit, isNamed: boolean): void => {
    if (isNamed || has(ownText(node))) hits.push(hit);
    childrenOf(node).forEach(({ step, node: child }, position) => {
      const below = { positions: [...hit.positions, position], path: [...hit.path, step] };
      look(child, below, typeof step === "string" && has(step));
    });
  };
  look(root, { positions: [], path: [] }, false);
  return hits;
}

/** What is in an object or a list, in its order; nothing in anything else. */
export function childrenOf(node: JsonNode): { step: string | number; node: JsonNode }[] {
  if (node.kind === "object")
    return node.members.map(({ name, node: child }) => ({ step: name, node: child }));
  if (node.kind === "array") return node.items.map((child, i) => ({ step: i, node: child }));
  return [];
}

/** The text of a value that holds no others; empty for one that does. */
export function ownText(node: JsonNode): string {
  if (node.kind === "string") return node.value;
  return node.kind === "plain" ? node.text : "";
}
