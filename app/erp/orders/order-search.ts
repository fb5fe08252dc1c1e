import { normaliseAwb } from "#app/erp/parcels/normalise-awb.ts";

/**
 * The marks that stand between words in names and email addresses; the index of the search knows just the same. Only those that do
 * occur: each makes every order a little dearer to write.
 */
const MARKS = "@._-+,()/'";
const BETWEEN_WORDS = /[\s@._\-+,()/']+/u;
/** A shorter beginning would fit thousands of words: it is looked for as a whole word ("Om"). */
const SHORTEST_BEGINNING = 3;
/** As digits of a phone number, however they are grouped. */
const PHONE_DIGITS = 7;
const NATIONAL_DIGITS = 10;

/**
 * SQL: the words by which an order "o" is found: of the customer's name and email, and the phone's last ten digits, so that it is found
 * with and without a country code. The expression of the index "Order_search": word for word, else the index is not used.
 */
export const orderSearchWords = `array_to_tsvector(array_remove(string_to_array(lower(translate(left(coalesce(o."customerName", ''), 200) || ' ' || left(coalesce(o."customerEmail", ''), 200), '${MARKS.replace("'", "''")}', '${" ".repeat(MARKS.length)}') || ' ' || right(translate(left(coalesce(o."customerPhone", ''), 100), ' +-()./', ''), 10)), ' '), ''))`;

/** Where what was typed is looked for: first exactly, then by the beginnings of words. */
export type OrderSearch = {
  /** Spellings of an order number. */
  numbers: string[];
  /** Spellings of an AWB. */
  awbs: string[];
  /** A `tsquery` over `orderSearchWords`, in any case; null where nothing typed is a word. */
  words: string | null;
};

/** Reads what somebody typed to find an order: its number, an AWB, Shopify's id, or a customer's name, email or phone. */
export function readOrderSearch(typed: string): OrderSearch {
  const text = typed.trim();
  const bare = text.replace(/^#/, "");
  const awb = normaliseAwb(text) ?? "";
  return {
    numbers: [...new Set([bare, `#${bare}`, bare.toUpperCase(), `#${bare.toUpperCase()}`])],
    awbs: [...new Set([text, text.toUpperCase(), awb])],
    words: phoneWord(text) ?? beginnings(text),
  };
}

function phoneWord(text: string): string | null {
  const digits = text.replaceAll(/[\s+\-()./]/g, "");
  if (digits.length < PHONE_DIGITS || !/^\d+$/.test(digits)) return null;
  return digits.length < NATIONAL_DIGITS ? `'${digits}':*` : `'${digits.slice(-NATIONAL_DIGITS)}'`;
}

/** Between quotes only the backslash means anything to the database. */
function beginnings(text: string): string | null {
  const words = text
    .replaceAll("\\", "\\\\")
    .split(BETWEEN_WORDS)
    .filter((word) => word !== "");
  if (words.length === 0) return null;
  return words
    .map((word) => (Array.from(word).length < SHORTEST_BEGINNING ? `'${word}'` : `'${word}':*`))
    .join(" & ");
}
