import type { Address } from "../address.ts";
import type { Find } from "../record-source.ts";
import { STORE_END_MS } from "../store-clock.ts";
import type { FileIds } from "./file-ids.ts";
import type { JsonReader } from "./json-reader.ts";

/** What the records of one data file share while they are completed. */
export type FileContext = {
  domain: string;
  currency: string;
  taxesIncluded: boolean;
  /** Where the stock of the file lies. */
  firstLocation: string;
  ids: FileIds;
  find: Find;
};

/** The time of record `index` of `count` when the file says none: an hour apart, the last at the store's end. */
export function defaultTimeMs(index: number, count: number): number {
  return STORE_END_MS - (count - index) * 3_600_000;
}

/** An address with every field, null where the file says nothing. */
export function readAddress(reader: JsonReader): Address {
  const text = (field: string): string | null => reader.text(field) ?? null;
  const firstName = text("firstName");
  const lastName = text("lastName");
  return {
    firstName,
    lastName,
    name: text("name") ?? [firstName, lastName].filter((part) => part !== null).join(" "),
    company: text("company"),
    address1: text("address1"),
    address2: text("address2"),
    city: text("city"),
    province: text("province"),
    provinceCode: text("provinceCode"),
    country: text("country") ?? "India",
    countryCodeV2: text("countryCodeV2") ?? "IN",
    zip: text("zip"),
    phone: text("phone"),
    latitude: reader.number("latitude") ?? null,
    longitude: reader.number("longitude") ?? null,
  };
}
