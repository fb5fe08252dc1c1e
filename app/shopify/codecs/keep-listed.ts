import { isObject } from "./read.ts";

/**
 * What may stay of a JSON value, by an ALLOW-list: what is not named goes, so that a field of Shopify's future never leaks.
 * "plain": a value or a list of values, kept unless it quotes the person · "text": a free text, removed if it so much as
 * names the person · "tags": as text, one by one · an object: the fields of an object, of each element of a list, or of
 * each node of a connection.
 */
export type Listed = "plain" | "text" | "tags" | { readonly [key: string]: Listed };

/** Whether a text quotes the person (`telling`), or so much as names them (`naming`). */
export type Quotes = { telling: (text: string) => boolean; naming: (text: string) => boolean };

/** What stands where a text was. */
export const REMOVED = "[removed]";

/** Names of fields that are kept as they are. */
export function plain(names: string): Record<string, Listed> {
  return Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, "plain" as const]),
  );
}

/** A money bag, in GraphQL's spelling and in REST's. */
export const MONEY = {
  shopMoney: plain("amount currencyCode"),
  presentmentMoney: plain("amount currencyCode"),
  shop_money: plain("amount currency_code"),
  presentment_money: plain("amount currency_code"),
} satisfies Listed;

/** Each of these fields, as a money bag. */
export function money(names: readonly string[]): Record<string, Listed> {
  return Object.fromEntries(names.map((name) => [name, MONEY]));
}

/**
 * The value with only what the list names. Absent stays absent and null stays null. What has a shape the list does not
 * expect is replaced by something no codec can read either: a payload that could not be read does not become one that can.
 */
export function keepListed(value: unknown, listed: Listed, quotes: Quotes): unknown {
  if (value === null || value === undefined) return value;
  if (listed === "tags") return keepTags(value, quotes);
  if (typeof listed === "string") {
    const isQuote = listed === "text" ? quotes.naming : quotes.telling;
    if (!Array.isArray(value)) return keepValue(value, isQuote);
    return value.map((one: unknown) => keepValue(one, isQuote));
  }
  if (Array.isArray(value)) return value.map((one: unknown) => keepListed(one, listed, quotes));
  if (!isObject(value)) return false;
  const { nodes, edges } = value;
  if (Array.isArray(nodes) || Array.isArray(edges))
    return {
      ...(Array.isArray(nodes) && { nodes: keepListed(nodes, listed, quotes) }),
      ...(Array.isArray(edges) && { edges: keepListed(edges, { node: listed }, quotes) }),
      ...(isObject(value["pageInfo"]) && {
        pageInfo: keepListed(value["pageInfo"], plain("hasNextPage"), quotes),
      }),
    };
  const kept: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(listed))
    if (Object.hasOwn(value, key)) kept[key] = keepListed(value[key], child, quotes);
  return kept;
}

function keepValue(value: unknown, isQuote: Quotes["telling"]): unknown {
  if (typeof value === "object" && value !== null) return {};
  return typeof value === "string" && !AMOUNT.test(value) && isQuote(value) ? REMOVED : value;
}

/** Nobody's phone number, whichever digits it has. */
const AMOUNT = /^-?\d+\.\d+$/;

function keepTags(value: unknown, { naming }: Quotes): unknown {
  if (typeof value === "string")
    return value
      .split(",")
      .filter((tag) => !naming(tag))
      .join(",");
  if (!Array.isArray(value)) return {};
  return value
    .filter((tag: unknown) => typeof tag !== "string" || !naming(tag))
    .map((tag) => keepValue(tag, naming));
}
