import {
  readOptionalGid,
  readOptionalInteger,
  readOptionalString,
  readOptionalTime,
  readRestId,
  readStrings,
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

const MOST_UNITS = 2_147_483_647;

/** Units of something: a whole number that is not negative and fits a database's integer. */
export function readQuantity(node: JsonObject, key: string): number {
  const value = readRequiredInteger(node, key);
  if (value < 0 || value > MOST_UNITS) throw new Unreadable(key, `a quantity (it says ${String(value)})`);
  return value;
}

/** As `readQuantity`, where absent and null are unknown. */
export function readOptionalQuantity(node: JsonObject, key: string): number | undefined {
  return node[key] === undefined || node[key] === null ? undefined : readQuantity(node, key);
}

/** Names of payment gateways; a blank one is none. */
export function readGateways(node: JsonObject, key: string): string[] {
  return (readStrings(node, key) ?? []).filter((name) => name.trim() !== "");
}

function readRequiredInteger(node: JsonObject, key: string): number {
  const value = readOptionalInteger(node, key);
  if (value === undefined || value === null) throw new Unreadable(key, "a whole number");
  return value;
}
