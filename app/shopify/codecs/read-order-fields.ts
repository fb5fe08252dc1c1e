import {
  readOptionalGid,
  readOptionalInteger,
  readOptionalString,
  readOptionalTime,
  readRestId,
  Unreadable,
  type JsonObject,
} from "./read.ts";

/** Text where blank means none. */
export function readText(node: JsonObject, key: string): string | null {
  const value = readOptionalString(node, key);
  return value === undefined || value === null || value === "" ? null : value;
}

/** A REST enum (`partially_paid`) in GraphQL's spelling (`PARTIALLY_PAID`). */
export function readRestEnum(node: JsonObject, key: string): string | null {
  return readText(node, key)?.toUpperCase() ?? null;
}

export function readRequiredGid(node: JsonObject, key: string): string {
  const id = readOptionalGid(node, key);
  if (id === undefined || id === null) throw new Unreadable(key, "a Shopify id (gid)");
  return id;
}

/** @throws Unreadable when a REST record has no id, or only one that JSON has rounded */
export function readRequiredRestId(node: JsonObject): string {
  const id = readRestId(node);
  if (id === undefined) throw new Unreadable("admin_graphql_api_id", "a Shopify id");
  return id;
}

export function readRequiredTime(node: JsonObject, key: string): string {
  const time = readOptionalTime(node, key);
  if (time === undefined || time === null) throw new Unreadable(key, "a date and time");
  return time;
}

export function readRequiredInteger(node: JsonObject, key: string): number {
  const value = readOptionalInteger(node, key);
  if (value === undefined || value === null) throw new Unreadable(key, "a whole number");
  return value;
}
