/** Countries of the currencies that only one country uses for its shops; the euro is none of them. */
const COUNTRIES = new Map([
  ["INR", "IN"],
  ["USD", "US"],
  ["GBP", "GB"],
  ["CAD", "CA"],
  ["AUD", "AU"],
  ["NZD", "NZ"],
  ["JPY", "JP"],
  ["AED", "AE"],
  ["SAR", "SA"],
  ["KWD", "KW"],
  ["SGD", "SG"],
  ["MYR", "MY"],
  ["LKR", "LK"],
  ["NPR", "NP"],
  ["BDT", "BD"],
  ["PKR", "PK"],
  ["CHF", "CH"],
  ["SEK", "SE"],
  ["NOK", "NO"],
  ["DKK", "DK"],
  ["PLN", "PL"],
  ["BRL", "BR"],
  ["MXN", "MX"],
  ["ZAR", "ZA"],
]);

/** The country a shop's phone numbers without a country code are taken for; India where its currency does not tell. */
export function countryOfCurrency(currency: string | null): string {
  return COUNTRIES.get(currency ?? "") ?? "IN";
}
