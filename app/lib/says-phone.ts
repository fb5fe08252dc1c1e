/**
 * Whether a browser says that it is a phone's, by the text it calls itself: iPhones, and of Android those that say "Mobile Safari",
 * which tablets do not; Shopify's own app says "Shopify Mobile" on both.
 */
export function saysPhone(userAgent: string | null): boolean {
  return userAgent !== null && /iPhone|Android.*\bMobile Safari/.test(userAgent);
}
