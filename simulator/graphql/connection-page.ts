import { GraphQLError } from "graphql";
import { compareKeys, type RowKey, type Rows } from "./select-rows.ts";
import type { SimNode } from "#simulator/store/types.ts";

/** The most nodes one page may hold (Shopify's docs, "Resource limits"). */
const MAX_PAGE = 250;

export type ConnectionPage = {
  edges: { node: SimNode; cursor: string }[];
  nodes: SimNode[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
};

/**
 * One page of `rows` by `first`/`after` or `last`/`before`.
 * @throws GraphQLError (BAD_REQUEST) with Shopify's words when neither or both are given, or too much is asked.
 */
export function pageConnection(rows: Rows, args: Readonly<Record<string, unknown>>): ConnectionPage {
  const { first, last } = readSize(args);
  let start = typeof args.after === "string" ? findAfter(rows, readCursor(args.after, "after")) : 0;
  let end = typeof args.before === "string" ? findFrom(rows, readCursor(args.before, "before")) : rows.size;
  end = Math.max(end, start);
  if (first !== null) end = Math.min(end, start + first);
  if (last !== null) start = Math.max(start, end - last);
  const edges = Array.from({ length: end - start }, (_unused, offset) => {
    const node = rows.nodeAt(start + offset);
    return { node, cursor: writeCursor(node.id, rows.keyAt(start + offset)) };
  });
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: end < rows.size,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function readSize(args: Readonly<Record<string, unknown>>): { first: number | null; last: number | null } {
  const first = typeof args.first === "number" ? args.first : null;
  const last = typeof args.last === "number" ? args.last : null;
  if (first === null && last === null) throw badRequest("you must provide one of first or last");
  if (first !== null && last !== null) throw badRequest("providing both first and last is not supported");
  const [name, size] = first === null ? (["last", last ?? 0] as const) : (["first", first] as const);
  if (size < 0) throw badRequest(`${name} cannot be less than zero`);
  if (size > MAX_PAGE) throw badRequest(`${name} cannot exceed ${String(MAX_PAGE)}`);
  return { first, last };
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } });
}

function writeCursor(id: string, key: RowKey): string {
  return Buffer.from(JSON.stringify({ last_id: id, last_value: key.value, at: key.index })).toString(
    "base64",
  );
}

function readCursor(cursor: string, argument: string): RowKey {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, "base64").toString("utf8"));
    if (
      typeof read === "object" &&
      read !== null &&
      "at" in read &&
      typeof read.at === "number" &&
      "last_value" in read
    ) {
      return { index: read.at, value: read.last_value as RowKey["value"] };
    }
  } catch {
    // Not ours: answered below as Shopify answers it.
  }
  throw badRequest(`Invalid cursor for current pagination sort. (${argument})`);
}

/** The first position behind the cursor's row. */
function findAfter(rows: Rows, cursor: RowKey): number {
  return bisect(rows.size, (position) => rows.direction * compareKeys(rows.keyAt(position), cursor) > 0);
}

/** The position of the cursor's row. */
function findFrom(rows: Rows, cursor: RowKey): number {
  return bisect(rows.size, (position) => rows.direction * compareKeys(rows.keyAt(position), cursor) >= 0);
}

function bisect(size: number, isBehind: (position: number) => boolean): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBehind(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
