import { fullName } from "./people.ts";
import type { Person } from "./people.ts";
import { CITIES, FOREIGN_PLACES, STREETS } from "./places.ts";
import type { ForeignCurrency } from "./places.ts";
import type { RecordRandom } from "./random.ts";

/** A postal address without its id (the same one may stand on a customer and on an order). */
export type Address = {
  firstName: string | null;
  lastName: string | null;
  name: string;
  company: string | null;
  address1: string | null;
  address2: string | null;
  city: string | null;
  province: string | null;
  provinceCode: string | null;
  country: string | null;
  countryCodeV2: string | null;
  zip: string | null;
  phone: string | null;
  latitude: number | null;
  longitude: number | null;
};

export function drawAddress(random: RecordRandom, person: Person, phone: string | null): Address {
  const [city, province, provinceCode, pin] = random.chance(0.15)
    ? (CITIES[random.between(0, 2)] ?? CITIES[0])
    : random.pick(CITIES);
  const located = random.chance(0.7);
  return {
    ...person,
    name: fullName(person),
    company: random.chance(0.06) ? "Kirana & Sons" : null,
    address1: random.pick(STREETS),
    address2: random.chance(0.4)
      ? random.pick(["Near bus stand", "", "Landmark: Shiv Mandir", "2nd floor 🚪"])
      : null,
    city,
    province,
    provinceCode,
    country: "India",
    countryCodeV2: "IN",
    zip: random.chance(0.01) ? null : `${pin}${random.digits(2)}`,
    phone,
    latitude: located ? Number((8 + random.next() * 26).toFixed(7)) : null,
    longitude: located ? Number((69 + random.next() * 26).toFixed(7)) : null,
  };
}

export function drawForeignAddress(random: RecordRandom, person: Person, currency: ForeignCurrency): Address {
  const place = FOREIGN_PLACES[currency];
  return {
    ...person,
    name: fullName(person),
    company: null,
    address1: `${String(random.between(1, 900))} ${random.pick(["Main Street", "Lindenstraße", "Jingūmae", "Block 4"])}`,
    address2: null,
    city: place.city,
    province: place.province,
    provinceCode: place.provinceCode,
    country: place.country,
    countryCodeV2: place.code,
    zip: place.zip,
    phone: place.phone,
    latitude: null,
    longitude: null,
  };
}
