import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { CountryCode } from "libphonenumber-js/min";
import { isSupportedCountry } from "libphonenumber-js/min";

/** @returns the address in lower case without outer blanks, null for none */
export function normaliseEmail(email: string | null): string | null {
  const text = email?.trim().toLowerCase();
  return text === undefined || text === "" ? null : text;
}

/**
 * A phone number as E.164. Shopify keeps numbers as people typed them (" 95 5555 0100", "09812345678").
 * @param country ISO 3166-1 alpha-2 of a number without a country code; unknown ones are ignored
 * @returns null when the text is no possible phone number
 */
export function toE164(phone: string | null, country: string): string | null {
  if (phone === null) return null;
  const region: CountryCode | undefined = isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(phone, region);
  return parsed?.isPossible() === true ? parsed.number : null;
}

/** @returns E.164 where possible, else the number as typed (nothing that was said is lost), null for none */
export function normalisePhone(phone: string | null, country: string): string | null {
  const text = phone?.trim();
  if (text === undefined || text === "") return null;
  return toE164(text, country) ?? text;
}
