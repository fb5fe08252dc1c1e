import { ZERO, type MoneyPair } from "#app/lib/money.ts";
import { readOptionalMoney, readOptionalShopAmount, type Currencies } from "./read-money.ts";
import { Unreadable, type JsonObject } from "./read.ts";

/**
 * A REST amount: `{key}_set` in both currencies, else the plain `{key}`, which is in the shop's currency.
 * @returns undefined when neither is there, or when the order has two currencies and only one amount is told
 */
export function readOptionalRestMoney(
  node: JsonObject,
  key: string,
  currencies: Currencies,
): MoneyPair | undefined {
  return readOptionalMoney(node, `${key}_set`, currencies) ?? readOptionalShopAmount(node, key, currencies);
}

/** As `readOptionalRestMoney`, where absent means nothing. */
export function readRestAmount(node: JsonObject, key: string, currencies: Currencies): MoneyPair {
  return readOptionalRestMoney(node, key, currencies) ?? ZERO;
}

/** As `readOptionalRestMoney`, for an amount an order cannot be without. */
export function readRestMoney(node: JsonObject, key: string, currencies: Currencies): MoneyPair {
  const money = readOptionalRestMoney(node, key, currencies);
  if (money === undefined) throw new Unreadable(`${key}_set`, "an amount of money");
  return money;
}
