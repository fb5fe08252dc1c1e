import type { Address } from "./address.ts";
import type { SimNode } from "./types.ts";

export function buildAddress(id: string, address: Address): SimNode {
  return {
    __typename: "MailingAddress",
    id,
    ...address,
    countryCode: address.countryCodeV2,
    coordinatesValidated: address.latitude !== null,
    formattedArea: () =>
      [address.city, address.provinceCode, address.country].filter((part) => part !== null).join(", "),
    timeZone: address.countryCodeV2 === "IN" ? "Asia/Kolkata" : null,
    formatted: () =>
      [
        address.name,
        address.address1,
        address.address2,
        `${address.zip ?? ""} ${address.city ?? ""}`.trim(),
        address.country,
      ].flatMap((part) => (part === null || part === "" ? [] : [part])),
  };
}
