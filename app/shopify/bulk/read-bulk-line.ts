/**
 * Where a line of a bulk file belongs, read from its first and last bytes wherever that is provably enough, and
 * by parsing it where not. Our documents fix the first fields of every node; Shopify appends `__parentId` last.
 *
 * Why the ends prove it: in valid JSON a `"` that follows `,` or `{` without a backslash opens a string, so
 * `{"__typename":"Order","id":"…` at the start and `,"__parentId":"…"}` at the end can only be keys of the line's
 * own object, never text inside a value.
 */
import { idFromGid, typeOfGid } from "#app/lib/gid.ts";
import type { BulkShape } from "./bulk-shapes.ts";

export type RootLine = {
  type: "root";
  id: string;
  updatedAt: string | null;
  header: Record<string, string | null>;
};
export type ChildLine = { type: "child"; typename: string; parentType: string; parentId: string };

/** How much of a line's end is looked at: a gid with its key fits easily. */
export const TAIL_LENGTH = 160;
/** How much of a line's start is looked at: the header fields of our documents fit mostly, else it is parsed. */
export const HEAD_LENGTH = 640;

const STRING = String.raw`"(?:[^"\\]|\\.)*"`;
const TAIL = new RegExp(`,"__parentId":(${STRING})\\}$`);
const CHILD_HEAD = /^\{"__typename":"([A-Za-z0-9]+)"/;

/** How much of a line's start tells where it belongs, its header left unread. */
export const ROUTE_LENGTH = 120;

const ROOT_HEAD = /^\{"__typename":"([A-Za-z0-9]+)","id":"(gid:[^"\\]+)"/;

/**
 * As `lineReader`, but only whether a line is a root or a child and of whom: all that cutting a file needs.
 * `null` when its ends do not tell.
 */
export function routeLine(
  shape: BulkShape,
  head: string,
  tail: string,
): { isRoot: true; id: string } | ({ isRoot: false } & ChildLine) | null {
  if (!tail.endsWith("}")) return null; // cut in the middle, or blanks behind
  const parent = TAIL.exec(tail)?.[1];
  if (parent !== undefined) {
    const typename = CHILD_HEAD.exec(head)?.[1];
    return typename === undefined || parent.includes("\\")
      ? null
      : { isRoot: false, ...child(typename, parent.slice(1, -1)) };
  }
  const match = ROOT_HEAD.exec(head);
  if (match?.[1] !== shape.rootType || match[2] === undefined) return null;
  return { isRoot: true, id: idFromGid(match[2]) };
}

export type LineReader = (head: string, tail: string, whole: () => string) => RootLine | ChildLine;

/**
 * A reader for the lines of one document. `head` and `tail` are the first and last characters of the line,
 * `whole` gives all of it when they do not tell.
 * The reader throws SyntaxError or TypeError on a line that is no record of this document.
 */
export function lineReader(shape: BulkShape): LineReader {
  const fields = shape.header.map(({ field }) => `,"${field}":(${STRING}|null)`).join("");
  const rootHead = new RegExp(
    `^\\{"__typename":"${shape.rootType}","id":(${STRING}),"updatedAt":(${STRING}|null)${fields}[,}]`,
  );

  return (head, tail, whole) => {
    const parent = TAIL.exec(tail);
    if (parent?.[1] !== undefined) {
      const typename = CHILD_HEAD.exec(head)?.[1];
      if (typename !== undefined) return child(typename, JSON.parse(parent[1]) as string);
    } else {
      const match = rootHead.exec(head);
      if (match) {
        const [, id, updatedAt, ...values] = match.map(
          (text) => JSON.parse(text === match[0] ? "null" : text) as string | null,
        );
        return root(shape, String(id), updatedAt ?? null, values);
      }
    }
    const node = JSON.parse(whole()) as Record<string, unknown>;
    if (typeof node["__parentId"] === "string") return child(String(node["__typename"]), node["__parentId"]);
    if (typeof node["id"] !== "string" || typeOfGid(node["id"]) !== shape.rootType)
      throw new TypeError(`a line that is neither a ${shape.rootType} nor the child of one`);
    const text = (value: unknown) => (typeof value === "string" ? value : null);
    return root(
      shape,
      node["id"],
      text(node["updatedAt"]),
      shape.header.map(({ field }) => text(node[field])),
    );
  };
}

function child(typename: string, parentGid: string): ChildLine {
  return { type: "child", typename, parentType: typeOfGid(parentGid), parentId: idFromGid(parentGid) };
}

function root(
  shape: BulkShape,
  gid: string,
  updatedAt: string | null,
  values: readonly (string | null)[],
): RootLine {
  const header: Record<string, string | null> = {};
  shape.header.forEach(({ column, gid: isGid }, i) => {
    const value = values[i] ?? null;
    header[column] = isGid && value !== null ? idFromGid(value) : value;
  });
  return { type: "root", id: idFromGid(gid), updatedAt, header };
}
