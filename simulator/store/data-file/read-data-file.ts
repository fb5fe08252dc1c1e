import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { DataFileError, JsonReader, readList } from "./json-reader.ts";

const LISTS = ["products", "customers", "orders", "fulfillmentOrders", "locations"] as const;

/** A data file's parts, each record with its path; missing parts are empty. */
export type DataFile = Record<(typeof LISTS)[number], JsonReader[]> & {
  shop: JsonReader;
  /** First ten hex digits of the file's sha256: its shop's name. */
  digest: string;
};

/** @throws Error when the file cannot be read; DataFileError naming the place of anything unusable. */
export function readDataFile(file: string): DataFile {
  const bytes = readFileSync(file);
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new DataFileError(file, `not JSON (${cause instanceof Error ? cause.message : String(cause)})`);
  }
  const top = new JsonReader(parsed, "$");
  for (const key of Object.keys(top.given)) {
    if (key !== "shop" && !LISTS.includes(key as (typeof LISTS)[number])) {
      throw new DataFileError(`$.${key}`, `unknown key; a data file has shop, ${LISTS.join(", ")}`);
    }
  }
  const part = (key: (typeof LISTS)[number]): JsonReader[] => {
    const value = top.given[key];
    return value === undefined || value === null ? [] : readList(value, key);
  };
  return {
    shop: top.has("shop") ? new JsonReader(top.given["shop"], "shop") : new JsonReader({}, "shop"),
    products: part("products"),
    customers: part("customers"),
    orders: part("orders"),
    fulfillmentOrders: part("fulfillmentOrders"),
    locations: part("locations"),
    digest: createHash("sha256").update(bytes).digest("hex").slice(0, 10),
  };
}
