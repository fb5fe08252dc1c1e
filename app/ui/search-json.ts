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
  // Where the look is now; copied only for what is found: a payload has a hundred thousand places.
  const positions: number[] = [];
  const path: JsonStep[] = [];
  const look = (node: JsonNode, isNamed: boolean): void => {
    if (isNamed || has(ownText(node))) hits.push({ positions: [...positions], path: [...path] });
    if (node.kind === "object")
      node.members.forEach(({ name, node: child }, i) => {
        lookInto(child, i, name, has(name));
      });
    else if (node.kind === "array")
      node.items.forEach((child, i) => {
        lookInto(child, i, i, false);
      });
  };
  const lookInto = (child: JsonNode, position: number, step: JsonStep, isNamed: boolean) => {
    positions.push(position);
    path.push(step);
    look(child, isNamed);
    positions.pop();
    path.pop();
  };
  look(root, false);
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
function ownText(node: JsonNode): string {
  if (node.kind === "string") return node.value;
  return node.kind === "plain" ? node.text : "";
}
