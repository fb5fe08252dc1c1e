import type { JsonNode } from "./parse-json.ts";

/** A value as text, numbers as they were written; two spaces a level. */
export function writeJson(node: JsonNode, indent = ""): string {
  const inner = `${indent}  `;
  if (node.kind === "object") {
    if (node.members.length === 0) return "{}";
    const members = node.members.map(
      ({ name, node: child }) => `${inner}${JSON.stringify(name)}: ${writeJson(child, inner)}`,
    );
    return `{\n${members.join(",\n")}\n${indent}}`;
  }
  if (node.kind === "array") {
    if (node.items.length === 0) return "[]";
    return `[\n${node.items.map((child) => inner + writeJson(child, inner)).join(",\n")}\n${indent}]`;
  }
  return node.kind === "string" ? JSON.stringify(node.value) : node.text;
}
