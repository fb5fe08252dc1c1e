/**
 * Readers for what Shopify sends: lenient about what is missing, exact about what cannot be read.
 *
 * Every optional reader tells three things apart, because a poorer payload must never erase what a
 * richer one said: `undefined` = the payload does not carry the field, `null` = it says "nothing".
 * A value of the wrong kind throws `Unreadable`; `readEach` and `readOptionalObject` put their own
 * place in front while it passes, so that the good road never builds a path. The codec of a whole
 * payload turns it into `AppError("PAYLOAD_UNREADABLE")` by `decodePayload`.
 *
 * Hand-written rather than zod: this is the inner loop of a dump of 100,000 orders.
 */
import { AppError } from "#app/lib/errors.ts";
import { idFromGid } from "#app/lib/gid.ts";
import { storableText } from "#app/lib/storable-text.ts";

export type JsonObject = { readonly [key: string]: unknown };

/** Thrown by the readers; `path` is relative to the object being read and grows on its way up. */
export class Unreadable extends Error {
  path: string;
  readonly expected: string;

  constructor(path: string, expected: string) {
    super(`${path}: expected ${expected}`);
    this.path = path;
    this.expected = expected;
  }
}

/**
 * Parses a payload's text and runs its decoder.
 * @throws AppError PAYLOAD_UNREADABLE naming the path of what could not be read (`$.variants[3].price`).
 */
export function decodePayload<T>(text: string, decode: (root: JsonObject) => T): T {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (cause) {
    throw new AppError("PAYLOAD_UNREADABLE", "The payload is not valid JSON", { cause });
  }
  try {
    if (!isObject(root)) throw new Unreadable("", "an object");
    return decode(root);
  } catch (cause) {
    if (!(cause instanceof Unreadable)) throw cause;
    const path = cause.path === "" ? "$" : `$.${cause.path}`;
    throw new AppError(
      "PAYLOAD_UNREADABLE",
      `The payload cannot be read at ${path}: expected ${cause.expected}`,
      {
        cause,
      },
    );
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Text that must be there. A number is taken as its text (documentation payloads mix them). */
export function readString(node: JsonObject, key: string): string {
  const value = readOptionalString(node, key);
  if (value === undefined || value === null) throw new Unreadable(key, "text");
  return value;
}

export function readOptionalString(node: JsonObject, key: string): string | null | undefined {
  const value = node[key];
  if (typeof value === "string") return storableText(value);
  if (value === undefined || value === null) return value;
  if (typeof value === "number") return String(value);
  throw new Unreadable(key, "text");
}

export function readOptionalBoolean(node: JsonObject, key: string): boolean | null | undefined {
  const value = node[key];
  if (typeof value === "boolean" || value === undefined || value === null) return value;
  throw new Unreadable(key, "true or false");
}

/** A whole number, also as text (Shopify's UnsignedInt64 scalars are strings). */
export function readOptionalInteger(node: JsonObject, key: string): number | null | undefined {
  const value = node[key];
  if (value === undefined || value === null) return value;
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number)) return number;
  throw new Unreadable(key, "a whole number");
}

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/**
 * An exact decimal as text in one spelling ("8600.00", "8600.0" and 8600 are all "8600"), because
 * REST pads amounts and GraphQL trims them, and some REST amounts are JSON numbers.
 */
export function readOptionalDecimal(node: JsonObject, key: string): string | null | undefined {
  const value = node[key];
  if (value === undefined || value === null) return value;
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !DECIMAL.test(text)) throw new Unreadable(key, "a decimal number");
  return trimDecimal(text);
}

/** @returns the decimal without useless zeros: "012.50" → "12.5", "-0.0" → "0". */
export function trimDecimal(text: string): string {
  const dot = text.indexOf(".");
  let end = text.length;
  if (dot !== -1) {
    while (text.charCodeAt(end - 1) === 48 /* 0 */) end--;
    if (end - 1 === dot) end = dot;
  }
  const negative = text.charCodeAt(0) === 45; /* - */
  let start = negative ? 1 : 0;
  while (start < end - 1 && text.charCodeAt(start) === 48 && text.charCodeAt(start + 1) !== 46) start++;
  const digits = text.slice(start, end);
  return negative && digits !== "0" ? `-${digits}` : digits;
}

/** A moment as ISO text in UTC: REST carries the shop's offset, GraphQL always `Z`. */
export function readOptionalTime(node: JsonObject, key: string): string | null | undefined {
  const value = node[key];
  if (value === undefined || value === null || value === "") return value === "" ? null : value;
  if (typeof value !== "string" || Number.isNaN(Date.parse(value)))
    throw new Unreadable(key, "a date and time");
  // GraphQL's own spelling, "2026-11-22T10:00:00Z", needs no Date to become ours.
  const time =
    value.length === 20 && value.endsWith("Z") ? `${value.slice(0, 19)}.000Z` : new Date(value).toISOString();
  // Years a database and a person understand: "+020000-…" and the year nought are neither.
  if (time.length !== 24 || time.startsWith("0000")) throw new Unreadable(key, "a date and time of this era");
  return time;
}

/** Reads a nested object by `decode`. */
export function readOptionalObject<T>(
  node: JsonObject,
  key: string,
  decode: (child: JsonObject) => T,
): T | null | undefined {
  const value = node[key];
  if (value === undefined || value === null) return value;
  if (!isObject(value)) throw new Unreadable(key, "an object");
  try {
    return decode(value);
  } catch (error) {
    addPlace(error, key);
    throw error;
  }
}

/**
 * A list or connection as Shopify's three spellings have it: an array (REST, a GraphQL list, or
 * children assembled from a bulk file), `{ nodes: […] }`, or `{ edges: [{ node }] }`. Null entries
 * of GraphQL lists are left out. `null` is an empty list, an absent key `undefined`.
 */
export function readOptionalList(node: JsonObject, key: string): readonly unknown[] | undefined {
  const value = node[key];
  if (value === undefined) return undefined;
  if (value === null) return [];
  if (Array.isArray(value)) return value as unknown[];
  if (isObject(value)) {
    const { nodes, edges } = value;
    if (Array.isArray(nodes)) return nodes as unknown[];
    if (Array.isArray(edges)) return edges.map((edge: unknown) => (isObject(edge) ? edge["node"] : edge));
  }
  throw new Unreadable(key, "a list");
}

/** Reads every object of a list or connection by `decode`; see `readOptionalList`. */
export function readEach<T>(
  node: JsonObject,
  key: string,
  decode: (child: JsonObject, index: number) => T,
): T[] | undefined {
  const list = readOptionalList(node, key);
  if (list === undefined) return undefined;
  const items: T[] = [];
  for (let index = 0; index < list.length; index++) {
    const child = list[index];
    if (child === null || child === undefined) continue;
    if (!isObject(child)) throw new Unreadable(`${key}[${String(index)}]`, "an object");
    try {
      items.push(decode(child, index));
    } catch (error) {
      addPlace(error, `${key}[${String(index)}]`);
      throw error;
    }
  }
  return items;
}

/** A list of texts; null entries are left out. */
export function readStrings(node: JsonObject, key: string): string[] | undefined {
  const list = readOptionalList(node, key);
  if (list === undefined) return undefined;
  const items: string[] = [];
  for (let index = 0; index < list.length; index++) {
    const item = list[index];
    if (typeof item === "string") items.push(storableText(item));
    else if (item !== null && item !== undefined) throw new Unreadable(`${key}[${String(index)}]`, "text");
  }
  return items;
}

/** Tags: "a, b" in REST, ["a", "b"] in GraphQL. */
export function readTags(node: JsonObject, key: string): string[] | undefined {
  const value = node[key];
  if (typeof value !== "string") return readStrings(node, key);
  return storableText(value)
    .split(",")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
}

/** True when `connection` says that more pages exist, so that its absence proves nothing. */
export function hasNextPage(node: JsonObject, key: string): boolean {
  const value = node[key];
  return isObject(value) && isObject(value["pageInfo"]) && value["pageInfo"]["hasNextPage"] === true;
}

/**
 * Shopify's numeric id as text, from a gid (`gid://shopify/Product/1` → "1").
 * @returns undefined when absent, null when null or empty.
 */
export function readOptionalGid(node: JsonObject, key: string): string | null | undefined {
  const value = node[key];
  if (value === undefined || value === null) return value;
  if (typeof value !== "string" || !value.startsWith("gid://"))
    throw new Unreadable(key, "a Shopify id (gid)");
  return idFromGid(value);
}

/**
 * A REST number id as text. `JSON.parse` rounds ids above 2^53 (documentation and CLI payloads), and
 * a rounded id is worse than none: such an id is `undefined`.
 */
export function readOptionalNumericId(node: JsonObject, key: string): string | null | undefined {
  const value = node[key];
  if (value === undefined || value === null) return value;
  if (typeof value === "string" && /^\d+$/.test(value)) return value;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0) throw new Unreadable(key, "an id");
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

/** A REST record's own id: from `admin_graphql_api_id` where there is one (exact), else from `id`. */
export function readRestId(node: JsonObject): string | undefined {
  return readOptionalGid(node, "admin_graphql_api_id") ?? readOptionalNumericId(node, "id") ?? undefined;
}

function addPlace(error: unknown, place: string): void {
  if (error instanceof Unreadable) error.path = error.path === "" ? place : `${place}.${error.path}`;
}
