import type { JsonStep } from "./json-path.ts";
import type { JsonNode } from "./parse-json.ts";
import { childrenOf } from "./search-json.ts";

/** More than these in one object or list are shown in parts that open one by one: a page must not hold a hundred thousand rows. */
export const PART = 200;

/** One line of a folded-out document. */
export type JsonRow = {
  /** Stays the same while other rows open and close. */
  address: string;
  /** From 0, the document itself. */
  level: number;
  /** Name or position in what holds it; null for the document. A part's words are "200 … 399". */
  step: string | number | null;
  path: readonly JsonStep[];
  /** null: a part of a long object or list. */
  node: JsonNode | null;
  /** Whether what it holds is shown; null where it holds nothing. */
  isOpen: boolean | null;
};

/** The address of the document itself. */
export const ROOT = "";

/** The rows that show while these addresses are open. What is closed is not looked into. */
export function visibleRows(root: JsonNode, open: ReadonlySet<string>): JsonRow[] {
  const rows: JsonRow[] = [];
  const show = (node: JsonNode, row: Omit<JsonRow, "node" | "isOpen">): void => {
    const isOpen = isEmpty(node) ? null : open.has(row.address);
    rows.push({ ...row, node, isOpen });
    if (!isOpen) return;
    const children = childrenOf(node);
    const showChild = (position: number, level: number) => {
      const child = children[position];
      if (!child) return;
      const address = addressOf(row.address, position);
      show(child.node, { address, level, step: child.step, path: [...row.path, child.step] });
    };
    for (let first = 0; first < children.length; first += PART) {
      const last = Math.min(first + PART, children.length) - 1;
      let level = row.level + 1;
      if (children.length > PART) {
        const address = partAddress(row.address, first / PART);
        const isPartOpen = open.has(address);
        rows.push({
          ...{ address, level, path: row.path, node: null, isOpen: isPartOpen },
          step: `${String(first)} … ${String(last)}`,
        });
        if (!isPartOpen) continue;
        level++;
      }
      for (let position = first; position <= last; position++) showChild(position, level);
    }
  };
  show(root, { address: ROOT, level: 0, step: null, path: [] });
  return rows;
}

/** What has to be open for a value to show, and its own address last. */
export function addressesTo(root: JsonNode, positions: readonly number[]): string[] {
  const addresses: string[] = [];
  let node: JsonNode | undefined = root;
  let address = ROOT;
  for (const position of positions) {
    addresses.push(address);
    const children: ReturnType<typeof childrenOf> = node ? childrenOf(node) : [];
    if (children.length > PART) addresses.push(partAddress(address, Math.floor(position / PART)));
    node = children[position]?.node;
    address = addressOf(address, position);
  }
  return [...addresses, address];
}

function isEmpty(node: JsonNode): boolean {
  if (node.kind === "object") return node.members.length === 0;
  return node.kind === "array" ? node.items.length === 0 : true;
}

function addressOf(parent: string, position: number): string {
  return `${parent}/${String(position)}`;
}

function partAddress(parent: string, part: number): string {
  return `${parent}~${String(part)}`;
}
