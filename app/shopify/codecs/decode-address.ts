import { readOptionalString } from "./read.ts";
import type { JsonObject } from "./read.ts";

/** A postal address in one spelling, whichever shape told it. Texts as typed, outer blanks cut, `""` is null. */
export type PostalAddress = {
  name: string | null;
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  address1: string | null;
  address2: string | null;
  city: string | null;
  province: string | null;
  provinceCode: string | null;
  country: string | null;
  /** ISO 3166-1 alpha-2. */
  countryCode: string | null;
  zip: string | null;
  phone: string | null;
};

/** An address of a GraphQL node or a REST body (`countryCodeV2` and `country_code` become `countryCode`). */
export function decodeAddress(node: JsonObject): PostalAddress {
  const text = (camel: string, snake = camel): string | null => {
    const value = readOptionalString(node, node[camel] === undefined ? snake : camel)?.trim();
    return value === undefined || value === "" ? null : value;
  };
  return {
    name: text("name"),
    firstName: text("firstName", "first_name"),
    lastName: text("lastName", "last_name"),
    company: text("company"),
    address1: text("address1"),
    address2: text("address2"),
    city: text("city"),
    province: text("province"),
    provinceCode: text("provinceCode", "province_code"),
    country: text("country"),
    countryCode: text("countryCodeV2", "country_code"),
    zip: text("zip"),
    phone: text("phone"),
  };
}
