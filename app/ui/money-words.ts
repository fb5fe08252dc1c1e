import { currencyExponent } from "#app/lib/money.ts";

import type { Format } from "./format.ts";

const AMOUNT = /(?<![\d.,])(\d+(?:\.(\d+))?) ([A-Z]{3})(?![A-Za-z])/g;

/**
 * A sentence of the server's with its amounts as the shop writes them: "to collect 4400.00 INR" → "to collect ₹4,400". Only what has all
 * the decimals of a currency that exists is an amount: "3 TOP" may be a size.
 */
export function moneyWords(text: string, { money }: Pick<Format, "money">): string {
  return text.replace(AMOUNT, (said: string, amount: string, decimals: string | undefined, code: string) =>
    known.has(code) && (decimals?.length ?? 0) === currencyExponent(code) ? money(amount, code) : said,
  );
}

const known = new Set(Intl.supportedValuesOf("currency"));
