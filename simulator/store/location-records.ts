import { legacyId } from "./ids.ts";
import type { SimNode } from "./types.ts";

/** Where stock lies. The second is a shop with a till; the third only ships. */
export const LOCATIONS = [
  {
    id: "gid://shopify/Location/71204438125",
    level: 108_219_858_989,
    name: "Jaipur Warehouse",
    city: "Jaipur",
    address1: "Plot 14, Sitapura Industrial Area",
    province: "Rajasthan",
    provinceCode: "RJ",
    zip: "302022",
    online: true,
  },
  {
    id: "gid://shopify/Location/71204470893",
    level: 108_219_891_757,
    name: "Mumbai Store (Bandra)",
    city: "Mumbai",
    address1: "3 Hill Road",
    province: "Maharashtra",
    provinceCode: "MH",
    zip: "400050",
    online: false,
  },
  {
    id: "gid://shopify/Location/71204503661",
    level: 108_219_924_525,
    name: "Bengaluru Hub",
    city: "Bengaluru",
    address1: "221 HSR Layout, Sector 2",
    province: "Karnataka",
    provinceCode: "KA",
    zip: "560102",
    online: true,
  },
] as const;

type LocationPlace = (typeof LOCATIONS)[number];

function buildLocation(place: LocationPlace): SimNode {
  return {
    __typename: "Location",
    id: place.id,
    legacyResourceId: legacyId(place.id),
    name: place.name,
    isActive: true,
    isPrimary: place === LOCATIONS[0],
    fulfillsOnlineOrders: place.online,
    shipsInventory: true,
    isFulfillmentService: false,
    hasActiveInventory: true,
    activatable: true,
    deactivatable: true,
    deletable: false,
    addressVerified: false,
    deactivatedAt: null,
    createdAt: "2024-02-11T06:12:44Z",
    updatedAt: "2026-04-02T10:15:00Z",
    address: {
      address1: place.address1,
      address2: null,
      city: place.city,
      province: place.province,
      provinceCode: place.provinceCode,
      country: "India",
      countryCode: "IN",
      zip: place.zip,
      phone: "",
      latitude: null,
      longitude: null,
      formatted: [place.address1, `${place.zip} ${place.city}`, place.province, "India"],
    },
    fulfillmentService: null,
  };
}

export const LOCATION_RECORDS: readonly SimNode[] = LOCATIONS.map(buildLocation);
