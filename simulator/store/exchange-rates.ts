/**
 * Paise for one minor unit of the buyer's currency: 1 US cent, 1 euro cent, 1 yen, 1 fils, 1 penny.
 * Shopify converts amount by amount, each rounded by itself; sums are made of the rounded parts.
 */
const PAISE_PER_MINOR: Record<string, number> = {
  INR: 1,
  USD: 86.42,
  EUR: 99.87,
  JPY: 57.31,
  KWD: 28.104,
  GBP: 116.27,
  AED: 23.53,
};

export function toShopMinor(presentmentMinor: number, currency: string): number {
  return Math.round(presentmentMinor * (PAISE_PER_MINOR[currency] ?? 1));
}

/** An amount of one currency in minor units of another, rounded by itself. */
export function convertMinor(minor: number, from: string, to: string): number {
  if (from === to) return minor;
  return Math.round((minor * (PAISE_PER_MINOR[from] ?? 1)) / (PAISE_PER_MINOR[to] ?? 1));
}

/** A rupee price as shown abroad: rounded up to something that looks like a price. */
export function priceAbroad(paise: number, currency: string): number {
  if (currency === "INR") return paise;
  const minor = paise / (PAISE_PER_MINOR[currency] ?? 1);
  if (currency === "JPY") return Math.ceil(minor / 10) * 10;
  if (currency === "KWD") return Math.ceil(minor / 250) * 250 - 5;
  return Math.ceil(minor / 100) * 100 - 5;
}
