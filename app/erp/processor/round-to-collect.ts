import type { ShopSettings } from "#app/settings/settings-schema.ts";

type Rounding = ShopSettings["roundRupees"];

/** What an amount to collect is made of: whole rupees where the shop rounds them, else minor units. */
export function collectUnit(currency: string, round: Rounding): 1 | 100 {
  return round === "no" || currency !== "INR" ? 1 : 100;
}

/** An amount as a label asks for it, in minor units. What is held against it is rounded by this too. */
export function roundToCollect(minor: number, currency: string, round: Rounding): number {
  const unit = collectUnit(currency, round);
  if (round === "no" || unit === 1) return minor;
  return { nearest: Math.round, up: Math.ceil, down: Math.floor }[round](minor / unit) * unit;
}
