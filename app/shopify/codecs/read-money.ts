import { MoneyError, toMinor, ZERO, type MoneyPair } from "#app/lib/money.ts";
import { isObject, Unreadable, type JsonObject } from "./read.ts";

/** The two currencies of an order, known before any of its amounts is read. */
export type Currencies = { shop: string; presentment: string };

/** An exact amount in minor units. REST also writes some amounts as JSON numbers. */
function readAmount(value: unknown, currency: string, key: string): number {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") throw new Unreadable(key, "an amount");
  try {
    return toMinor(text, currency);
  } catch (error) {
    if (error instanceof MoneyError) throw new Unreadable(key, `an amount in ${currency} (it says ${text})`);
    throw error;
  }
}

/**
 * A MoneyBag: `{ shopMoney, presentmentMoney }` in GraphQL, `{ shop_money, presentment_money }` in REST. Where the
 * bag gives no presentment amount and both currencies are one, the amount stands for both.
 * @returns undefined when the payload does not carry it (or cannot say the presentment amount).
 */
export function readOptionalMoney(
  node: JsonObject,
  key: string,
  currencies: Currencies,
): MoneyPair | undefined {
  const bag = node[key];
  if (bag === undefined || bag === null) return undefined;
  if (!isObject(bag)) throw new Unreadable(key, "an amount of money");
  const shop = bag["shopMoney"] ?? bag["shop_money"];
  const presentment = bag["presentmentMoney"] ?? bag["presentment_money"];
  if (!isObject(shop)) throw new Unreadable(key, "an amount of money");
  const shopMinor = readAmount(shop["amount"], currencies.shop, key);
  if (isObject(presentment))
    return { shop: shopMinor, presentment: readAmount(presentment["amount"], currencies.presentment, key) };
  return currencies.shop === currencies.presentment ? { shop: shopMinor, presentment: shopMinor } : undefined;
}

/** As `readOptionalMoney`, where null is Shopify's word for nothing (duties, fees); absent stays unknown. */
export function readStatedMoney(
  node: JsonObject,
  key: string,
  currencies: Currencies,
): MoneyPair | undefined {
  return node[key] === null ? ZERO : readOptionalMoney(node, key, currencies);
}

/** As `readOptionalMoney`, for an amount an order cannot be without. */
export function readMoney(node: JsonObject, key: string, currencies: Currencies): MoneyPair {
  const money = readOptionalMoney(node, key, currencies);
  if (money === undefined) throw new Unreadable(key, "an amount of money");
  return money;
}

/**
 * A REST amount that has no `*_set` beside it: text in the shop's currency.
 * @returns undefined when absent, or when the order has two currencies and the other amount is not told.
 */
export function readOptionalShopAmount(
  node: JsonObject,
  key: string,
  currencies: Currencies,
): MoneyPair | undefined {
  const value = node[key];
  if (value === undefined || value === null) return undefined;
  const minor = readAmount(value, currencies.shop, key);
  if (minor === 0) return { shop: 0, presentment: 0 };
  return currencies.shop === currencies.presentment ? { shop: minor, presentment: minor } : undefined;
}
