import { currencyDigits, moneyV2, parseAmount } from "#simulator/store/money.ts";
import { readField, readText } from "#simulator/store/read-record.ts";
import type { SimNode, SimValue } from "#simulator/store/types.ts";

export type Json = Record<string, unknown>;

/** The number at the end of a gid. */
export function numberOf(gid: SimValue | undefined): number | null {
  const digits = typeof gid === "string" ? /(\d+)(?:\?.*)?$/.exec(gid)?.[1] : undefined;
  return digits === undefined ? null : Number(digits);
}

export function lower(word: SimValue | undefined): string | null {
  return typeof word === "string" ? word.toLowerCase() : null;
}

/** REST writes times with the shop's offset: here India's. */
export function afterShopTime(time: SimValue | undefined): string | null {
  if (typeof time !== "string") return null;
  return `${new Date(Date.parse(time) + 330 * 60_000).toISOString().slice(0, 19)}+05:30`;
}

/** "8600.0" → "8600.00": REST pads amounts to two decimals, three where the currency has three. */
export function decimals(money: SimValue | undefined): string {
  const [whole = "0", fraction = ""] = readText(money, "amount").split(".");
  return `${whole}.${fraction.padEnd(2, "0")}`;
}

export function renderBag(bag: SimValue | undefined): Json | null {
  const both = typeof bag === "function" ? bag({}) : bag;
  if (both === undefined || both === null) return null;
  const one = (side: string): Json => ({
    amount: decimals(readField(both, side)),
    currency_code: readField(both, side, "currencyCode"),
  });
  return { shop_money: one("shopMoney"), presentment_money: one("presentmentMoney") };
}

/** `{ price: "10.00", price_set: {…} }`. */
export function renderSet(key: string, bag: SimValue | undefined): Json {
  return { [key]: decimals(readField(bag, "shopMoney")), [`${key}_set`]: renderBag(bag) };
}

/** The bag that bags of the order's two currencies come to. */
export function sumBags(order: SimNode, bags: readonly (SimValue | undefined)[]): SimValue {
  const side = (name: string, currency: string): SimValue => {
    const digits = currencyDigits(currency);
    const minor = bags.reduce<number>(
      (sum, bag) => sum + (parseAmount(readText(bag, name, "amount"), digits) ?? 0),
      0,
    );
    return moneyV2(minor, currency, digits);
  };
  return {
    shopMoney: side("shopMoney", readText(order, "currencyCode")),
    presentmentMoney: side("presentmentMoney", readText(order, "presentmentCurrencyCode")),
  };
}
