/**
 * Exact money: integers in minor units (paise, cents, yen, fils), never floats.
 * A JavaScript integer is exact to 9 × 10^15 minor units, far above any order; beyond it we refuse.
 */

const NO_DECIMALS = new Set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(" "));
const THREE_DECIMALS = new Set("BHD IQD JOD KWD LYD OMR TND".split(" "));

/** How many decimal digits a currency (ISO 4217) has: JPY 0, INR 2, KWD 3. */
export function currencyExponent(currency: string): 0 | 2 | 3 {
  if (currency === "INR" || currency === "USD" || currency === "EUR") return 2; // nearly every amount
  if (NO_DECIMALS.has(currency)) return 0;
  return THREE_DECIMALS.has(currency) ? 3 : 2;
}

/** An amount that cannot be an amount of its currency. */
export class MoneyError extends Error {
  override name = "MoneyError";
}

const MINUS = 45;
const POINT = 46;
const NOUGHT = 48;

/**
 * "1250.5" INR → 125050. GraphQL trims zeros ("80.0"), REST pads them ("80.00"): both are the same number.
 * Read digit by digit: an order has a hundred amounts, and a dump a million orders.
 * @throws MoneyError if it is no decimal number, has digits its currency does not have (¥1.5), or is too large.
 */
export function toMinor(amount: string, currency: string): number {
  const exponent = currencyExponent(currency);
  const { length } = amount;
  const negative = amount.charCodeAt(0) === MINUS;
  const start = negative ? 1 : 0;
  let minor = 0;
  /** Decimals read so far; -1 before the point. */
  let decimals = -1;
  for (let i = start; i < length; i++) {
    const code = amount.charCodeAt(i);
    if (code === POINT && decimals === -1 && i > start && i < length - 1) {
      decimals = 0;
      continue;
    }
    const digit = code - NOUGHT;
    if (digit < 0 || digit > 9) throw new MoneyError(`"${amount}" is not an amount`);
    if (decimals === exponent) {
      if (digit !== 0)
        throw new MoneyError(`${amount} ${currency} has more than ${String(exponent)} decimals`);
      continue;
    }
    minor = minor * 10 + digit;
    if (decimals !== -1) decimals++;
  }
  if (length === start) throw new MoneyError(`"${amount}" is not an amount`);
  for (let i = Math.max(decimals, 0); i < exponent; i++) minor *= 10;
  // Past this an integer may have been rounded on the way, and stays past it.
  if (minor > Number.MAX_SAFE_INTEGER) throw new MoneyError(`${amount} ${currency} is too large to be exact`);
  return negative && minor !== 0 ? -minor : minor;
}

/** 125050 INR → "1250.50": what `numeric` columns and exports hold. */
export function fromMinor(minor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  if (exponent === 0) return String(minor);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  const text = `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
  return minor < 0 ? `-${text}` : text;
}

/** For people: "₹1,250.50" in the shop's locale; "₹1,250.00", or "₹1,250" where decimals are shown `if-any`. */
export function formatMoney(
  minor: number,
  currency: string,
  locale: string,
  decimals: "always" | "if-any" = "always",
): string {
  // A decimal string is formatted digit by digit, so that large amounts stay exact.
  return moneyFormat(currency, locale, decimals).format(
    fromMinor(minor, currency) as Intl.StringNumericLiteral,
  );
}

/** Made once: making one takes as long as writing fifty amounts with it. There are as many as shops' currencies and languages. */
const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormat(currency: string, locale: string, decimals: "always" | "if-any"): Intl.NumberFormat {
  const key = `${currency} ${locale} ${decimals}`;
  const known = moneyFormats.get(key);
  if (known) return known;
  const exponent = currencyExponent(currency);
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
    trailingZeroDisplay: decimals === "always" ? "auto" : "stripIfInteger",
  });
  moneyFormats.set(key, format);
  return format;
}

/** An amount in the shop's currency and in the one the customer saw, each in its own minor units. */
export type MoneyPair = { shop: number; presentment: number };

export const ZERO: Readonly<MoneyPair> = Object.freeze({ shop: 0, presentment: 0 });

export function addPairs(a: MoneyPair, b: MoneyPair): MoneyPair {
  return { shop: a.shop + b.shop, presentment: a.presentment + b.presentment };
}

export function negatePair(a: MoneyPair): MoneyPair {
  return { shop: 0 - a.shop, presentment: 0 - a.presentment };
}
