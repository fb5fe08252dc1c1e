import { REMOVED } from "#app/shopify/codecs/keep-listed.ts";
import { isObject } from "#app/shopify/codecs/read.ts";

/** A JSON value in which no text, number or key quotes the person: each that does is replaced whole. */
export function withoutQuotes(value: unknown, telling: (text: string) => boolean): unknown {
  if (typeof value === "string" || typeof value === "number") return telling(String(value)) ? REMOVED : value;
  if (Array.isArray(value)) return value.map((one: unknown) => withoutQuotes(one, telling));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      telling(key) ? REMOVED : key,
      withoutQuotes(child, telling),
    ]),
  );
}
