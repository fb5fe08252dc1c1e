/** An amount in minor units in the shop's currency and in the buyer's. */
export type Money2 = readonly [shop: number, presentment: number];

/** The two currencies of an order and their digits. */
export type CurrencyPair = {
  shop: string;
  presentment: string;
  shopDigits: number;
  presentmentDigits: number;
};

const DIGITS = new Map<string, number>([
  ...[
    "BIF",
    "CLP",
    "DJF",
    "GNF",
    "ISK",
    "JPY",
    "KMF",
    "KRW",
    "PYG",
    "RWF",
    "UGX",
    "VND",
    "VUV",
    "XAF",
    "XOF",
    "XPF",
  ].map((code) => [code, 0] as const),
  ...["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].map((code) => [code, 3] as const),
]);

/** ISO 4217 digits after the point: JPY 0, INR 2, KWD 3. */
export function currencyDigits(code: string): number {
  return DIGITS.get(code) ?? 2;
}

export function currencyPair(shop: string, presentment: string): CurrencyPair {
  return {
    shop,
    presentment,
    shopDigits: currencyDigits(shop),
    presentmentDigits: currencyDigits(presentment),
  };
}

/** GraphQL's Decimal: trailing zeros trimmed, at least one digit after the point ("8600.0", "12.5"). */
export function formatAmount(minor: number, digits: number): string {
  const sign = minor < 0 ? "-" : "";
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const fraction = text.slice(text.length - digits).replace(/0+$/, "");
  return `${sign}${whole}.${digits === 0 || fraction === "" ? "0" : fraction}`;
}

/** With all the currency's digits, as the Money scalar of product prices has it ("1499.00"). */
export function formatFixed(minor: number, digits: number): string {
  const sign = minor < 0 ? "-" : "";
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, text.length - digits)}.${text.slice(text.length - digits)}`;
}

/**
 * Reads a decimal text into minor units, exactly.
 * @returns null when it is no plain decimal or has more digits than the currency.
 */
export function parseAmount(text: string, digits: number): number | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return null;
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  if (fraction.length > digits) return null;
  const minor = Number((match[2] ?? "") + fraction.padEnd(digits, "0"));
  if (!Number.isSafeInteger(minor)) return null;
  return match[1] === "-" && minor !== 0 ? -minor : minor;
}

export type MoneyV2 = { amount: string; currencyCode: string };
export type MoneyBag = { shopMoney: MoneyV2; presentmentMoney: MoneyV2 };

export function moneyV2(minor: number, currencyCode: string, digits = currencyDigits(currencyCode)): MoneyV2 {
  return { amount: formatAmount(minor, digits), currencyCode };
}

export function moneyBag([shop, presentment]: Money2, pair: CurrencyPair): MoneyBag {
  const shopMoney = moneyV2(shop, pair.shop, pair.shopDigits);
  if (pair.shop === pair.presentment && shop === presentment) {
    return { shopMoney, presentmentMoney: shopMoney };
  }
  return { shopMoney, presentmentMoney: moneyV2(presentment, pair.presentment, pair.presentmentDigits) };
}

export const NO_MONEY: Money2 = [0, 0];

export function addMoney(a: Money2, b: Money2): Money2 {
  return [a[0] + b[0], a[1] + b[1]];
}

export function subtractMoney(a: Money2, b: Money2): Money2 {
  return [a[0] - b[0], a[1] - b[1]];
}

export function timesMoney(a: Money2, by: number): Money2 {
  return [a[0] * by, a[1] * by];
}

export function sumMoney(list: readonly Money2[]): Money2 {
  let shop = 0;
  let presentment = 0;
  for (const money of list) {
    shop += money[0];
    presentment += money[1];
  }
  return [shop, presentment];
}

/** `part` of `whole` equal shares of an amount, rounded half up; all of it when the parts are complete. */
function portion(minor: number, part: number, whole: number): number {
  if (part === whole) return minor;
  return whole === 0 ? 0 : Math.round((minor * part) / whole);
}

export function portionMoney(money: Money2, part: number, whole: number): Money2 {
  return [portion(money[0], part, whole), portion(money[1], part, whole)];
}
