import type { Quotes } from "./keep-listed.ts";
import type { PersonTexts } from "./person-texts.ts";

/** Regular expressions that JavaScript and PostgreSQL read alike, to be used without regard to case; null: nothing to look for. */
export type PersonPatterns = {
  /** Email, phone, whole name, line of an address. */
  telling: string | null;
  /** These, and single names. */
  naming: string | null;
};

export function personPatterns({ emails, phones, phrases, names }: PersonTexts): PersonPatterns {
  const telling = [
    ...[...emails].map((email) => `(?<![\\w.+-])${escaped(email)}(?![\\w-])`),
    ...[...phones].flatMap(phonePattern),
    ...[...phrases].map(wordsPattern),
  ].sort();
  const naming = [...telling, ...[...names].map(wordsPattern).sort()];
  return { telling: either(telling), naming: either(naming) };
}

/** The patterns as questions about a text. */
export function quotesOf({ telling, naming }: PersonPatterns): Quotes {
  return { telling: asTest(telling), naming: asTest(naming) };
}

function asTest(pattern: string | null): (text: string) => boolean {
  if (pattern === null) return () => false;
  const expression = new RegExp(pattern, "iu");
  return (text) => expression.test(text);
}

function either(patterns: readonly string[]): string | null {
  return patterns.length === 0 ? null : [...new Set(patterns)].join("|");
}

/** Its last ten digits however they are set apart, with or without a country's code before them. */
function phonePattern(phone: string): string[] {
  const digits = phone.replace(/\D/g, "");
  if (digits.length < FEWEST_DIGITS) return [];
  const spaced = digits.slice(-10).replace(/\d(?=\d)/g, "$&[\\s().-]*");
  return [`(?<!\\d)(?:\\+?\\d{1,3}[\\s().-]*)?${spaced}(?!\\d)`];
}

/** Fewer are a number like any other. */
const FEWEST_DIGITS = 7;

function wordsPattern(text: string): string {
  return `(?<!\\w)${text.split(" ").map(escaped).join("\\s+")}(?!\\w)`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
