import type { SimNode } from "./types.ts";

export const SHOP_CURRENCY = "INR";

/** The merchant: ₹, prices with GST inside, Jaipur. */
export function buildShop(domain: string): SimNode {
  const address = {
    id: "gid://shopify/ShopAddress/61402913",
    address1: "Plot 14, Sitapura Industrial Area",
    address2: null,
    city: "Jaipur",
    company: "Nazrana Apparel Pvt. Ltd.",
    country: "India",
    countryCodeV2: "IN",
    phone: "+91 141 555 0100",
    province: "Rajasthan",
    provinceCode: "RJ",
    zip: "302022",
    formatted: ["Plot 14, Sitapura Industrial Area", "302022 Jaipur", "Rajasthan", "India"],
  };
  return {
    __typename: "Shop",
    id: `gid://shopify/Shop/${String(shopNumber(domain))}`,
    name: "Nazrana",
    description: "Handblock and everyday wear from Jaipur",
    email: "hello@nazrana.example",
    contactEmail: "hello@nazrana.example",
    shopOwnerName: "Nazrana Apparel",
    myshopifyDomain: domain,
    url: `https://${domain}`,
    primaryDomain: {
      id: "gid://shopify/Domain/84201337",
      host: "www.nazrana.example",
      url: "https://www.nazrana.example",
      sslEnabled: true,
    },
    currencyCode: SHOP_CURRENCY,
    enabledPresentmentCurrencies: ["INR", "USD", "EUR", "JPY", "KWD", "GBP", "AED"],
    ianaTimezone: "Asia/Kolkata",
    timezoneAbbreviation: "IST",
    timezoneOffset: "+0530",
    timezoneOffsetMinutes: 330,
    taxesIncluded: true,
    taxShipping: true,
    unitSystem: "METRIC_SYSTEM",
    weightUnit: "KILOGRAMS",
    orderNumberFormatPrefix: "#",
    orderNumberFormatSuffix: "",
    setupRequired: false,
    checkoutApiSupported: true,
    plan: { displayName: "Grow", publicDisplayName: "Grow", partnerDevelopment: false, shopifyPlus: false },
    billingAddress: address,
    shopAddress: address,
    createdAt: "2024-02-11T06:12:44Z",
    updatedAt: "2026-11-18T09:30:02Z",
  };
}

/** Each simulated shop has its own number, derived from its domain. */
function shopNumber(domain: string): number {
  let sum = 0;
  for (const letter of domain) sum = (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0;
  return 60_000_000_000 + sum;
}
