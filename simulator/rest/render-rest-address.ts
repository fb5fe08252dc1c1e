import { readField } from "#simulator/store/read-record.ts";
import type { SimValue } from "#simulator/store/types.ts";
import type { Json } from "./rest-values.ts";

/** An order's addresses have no id in REST. */
export function renderRestAddress(address: SimValue | undefined): Json | null {
  if (address === undefined || address === null) return null;
  const field = (name: string): SimValue => readField(address, name) ?? null;
  return {
    first_name: field("firstName"),
    address1: field("address1"),
    phone: field("phone"),
    city: field("city"),
    zip: field("zip"),
    province: field("province"),
    country: field("country"),
    last_name: field("lastName"),
    address2: field("address2"),
    company: field("company"),
    latitude: field("latitude"),
    longitude: field("longitude"),
    name: field("name"),
    country_code: field("countryCodeV2"),
    province_code: field("provinceCode"),
  };
}
