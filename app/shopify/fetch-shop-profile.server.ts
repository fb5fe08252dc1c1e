import type { AdminClient } from "./client/admin-client.server.ts";

/** How a shop is called and how it writes numbers and times. */
export type ShopProfile = {
  name: string;
  /** ISO 4217. */
  currency: string;
  /** IANA name, like `Asia/Kolkata`. */
  timeZone: string;
  /** English as written in the shop's country, like `en-IN`: the app's pages are in English. */
  locale: string;
  taxesIncluded: boolean;
};

const DOCUMENT = `query ShopProfile {
  shop { name currencyCode ianaTimezone taxesIncluded shopAddress { countryCodeV2 } }
}`;

type Answer = {
  shop: {
    name: string;
    currencyCode: string;
    ianaTimezone: string;
    taxesIncluded: boolean;
    shopAddress: { countryCodeV2: string | null };
  };
};

/** Asks Shopify; needs no scope. Throws what the client throws. */
export async function fetchShopProfile(client: AdminClient): Promise<ShopProfile> {
  const { shop } = (await client.graphql<Answer>(DOCUMENT)).data;
  const country = shop.shopAddress.countryCodeV2;
  return {
    name: shop.name,
    currency: shop.currencyCode,
    timeZone: shop.ianaTimezone,
    locale: country === null ? "en" : `en-${country}`,
    taxesIncluded: shop.taxesIncluded,
  };
}
