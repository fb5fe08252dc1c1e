import { isObject } from "#app/shopify/codecs/read.ts";

/** A parsed answer's record; its connections are completed in place. */
export type AnswerNode = Record<string, unknown>;

export type Connection = {
  nodes: AnswerNode[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
};

/** The connection under a key of a record, where it was asked for. */
export function connectionOf(node: AnswerNode, name: string): Connection | null {
  const value = node[name];
  return isObject(value) && Array.isArray(value["nodes"]) && isObject(value["pageInfo"])
    ? (value as Connection)
    : null;
}

/**
 * Adds the pages that are missing to a connection. `ask` answers null where they cannot be had: the connection then goes on
 * saying that it has more.
 * @returns how many pages were asked for
 */
export async function readAllPages(
  connection: Connection,
  ask: (after: string) => Promise<Connection | null>,
): Promise<number> {
  for (let asked = 0; ; asked++) {
    const { hasNextPage, endCursor } = connection.pageInfo;
    if (!hasNextPage || typeof endCursor !== "string") return asked;
    const next = await ask(endCursor);
    if (next === null) return asked + 1;
    connection.nodes.push(...next.nodes);
    connection.pageInfo = next.pageInfo;
  }
}

/**
 * The text of a record, whichever way its lists were read: cursors are left out, for the same state must have the same text.
 */
export function textOf(node: AnswerNode): string {
  return JSON.stringify(node, (key, value: unknown) => (key === "endCursor" ? undefined : value));
}

/** Whether a list anywhere in it says that it has more. */
export function hasMore(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasMore);
  if (!isObject(value)) return false;
  return value["hasNextPage"] === true || Object.values(value).some(hasMore);
}
