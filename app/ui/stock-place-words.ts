import type { MappedPlaces } from "#app/erp/inventory/mapped-places.ts";

type ShopifyPlace = MappedPlaces["shopify"][number];
type Choice = { value: string; label: string };

/** More than these nobody reads through: typing narrows them. */
const MOST_OFFERED = 50;

/** "Mumbai", with what keeps it from taking stock. */
function placeWords({ id, name, isActive, isDeleted }: ShopifyPlace): string {
  const words = name ?? `Location ${id}`;
  if (isDeleted) return `${words} (deleted)`;
  return isActive ? words : `${words} (not active)`;
}

/** A Shopify location by its id: its name where it is known. */
export function placeName({ shopify }: MappedPlaces, id: string): string {
  const place = shopify.find((one) => one.id === id);
  return place === undefined ? `Location ${id}` : placeWords(place);
}

/** A location of the ERP's by its id: with the name of Shopify's that has the same id. */
export function erpPlaceName({ shopify }: MappedPlaces, id: string): string {
  const name = shopify.find((place) => place.id === id)?.name ?? null;
  return name === null ? id : `${name} (${id})`;
}

/** The Shopify locations stock can be sent to, and the one chosen, whatever has become of it. */
export function placeChoices(places: MappedPlaces, chosen: string): Choice[] {
  const open = places.shopify.filter(
    ({ id, isActive, isDeleted }) => (isActive && !isDeleted) || id === chosen,
  );
  const isKnown = chosen === "" || open.some(({ id }) => id === chosen);
  return [
    ...open.map((place) => ({ value: place.id, label: placeWords(place) })),
    ...(isKnown ? [] : [{ value: chosen, label: `Location ${chosen} (unknown)` }]),
  ];
}

/** The ERP's locations that are known, and Shopify's own ids, by what is typed so far. */
export function erpPlaceChoices(places: MappedPlaces, typed: string): Choice[] {
  const asked = typed.trim().toLowerCase();
  const ids = [
    ...new Set([...places.erp, ...places.shopify.filter(({ isDeleted }) => !isDeleted).map(({ id }) => id)]),
  ];
  return ids
    .map((id) => ({ value: id, label: erpPlaceName(places, id) }))
    .filter(({ label }) => label.toLowerCase().includes(asked))
    .slice(0, MOST_OFFERED);
}
