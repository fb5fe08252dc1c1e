import { storableText } from "#app/lib/storable-text.ts";
import { isObject, type JsonObject } from "./read.ts";

/** The texts by which a person can be told. */
export type PersonTexts = {
  /** Email addresses. */
  emails: Set<string>;
  /** Phone numbers as written. */
  phones: Set<string>;
  /** Whole names and lines of an address: telling wherever they stand. */
  phrases: Set<string>;
  /** Single names: telling only where a text belongs to the person anyway. */
  names: Set<string>;
};

export function noPersonTexts(): PersonTexts {
  return { emails: new Set(), phones: new Set(), phrases: new Set(), names: new Set() };
}

const CONTACTS = [
  "customer",
  "shippingAddress",
  "billingAddress",
  "shipping_address",
  "billing_address",
] as const;

/**
 * Adds what an order of any shape says of its person: its own email and phone, its customer, its addresses. Its `name` is
 * its number.
 */
export function addTextsOfOrder(texts: PersonTexts, order: unknown): void {
  if (!isObject(order)) return;
  for (const key of ["email", "contact_email"]) add(texts.emails, order[key]);
  add(texts.phones, order["phone"]);
  for (const key of CONTACTS) addTextsOfContact(texts, order[key]);
}

/** Adds what a customer or an address of any shape says of its person. */
export function addTextsOfContact(texts: PersonTexts, contact: unknown): void {
  if (Array.isArray(contact)) for (const one of contact) addTextsOfContact(texts, one);
  if (!isObject(contact)) return;
  for (const key of ["email", "emailAddress"]) add(texts.emails, contact[key]);
  for (const key of ["phone", "phoneNumber"]) add(texts.phones, contact[key]);
  for (const key of ["name", "displayName"]) addName(texts, contact[key]);
  for (const key of ["address1", "address2"]) addLine(texts, contact[key]);
  const [first, last] = [of(contact, "firstName", "first_name"), of(contact, "lastName", "last_name")];
  addName(texts, first);
  addName(texts, last);
  if (typeof first === "string" && typeof last === "string") addName(texts, `${first} ${last}`);
  for (const key of [
    "defaultEmailAddress",
    "defaultPhoneNumber",
    "defaultAddress",
    "default_address",
    "addresses",
    "addressesV2",
  ])
    addTextsOfContact(texts, contact[key]);
}

function of(node: JsonObject, camel: string, snake: string): unknown {
  return node[camel] ?? node[snake];
}

function add(set: Set<string>, value: unknown): void {
  if (typeof value === "string" && value.trim() !== "") set.add(storableText(value.trim()));
}

/** One word is a single name, several are a whole one and its parts. */
function addName(texts: PersonTexts, value: unknown): void {
  if (typeof value !== "string") return;
  const words = storableText(value).trim().split(/\s+/).filter(Boolean);
  if (words.length > 1) texts.phrases.add(words.join(" "));
  for (const word of words) if (word.length >= SHORTEST_NAME) texts.names.add(word);
}

/** Shorter ones ("K", "Rao" is not) stand in too many other words. */
const SHORTEST_NAME = 3;
/** "Flat 4" is anybody's. */
const SHORTEST_LINE = 8;

function addLine({ phrases }: PersonTexts, value: unknown): void {
  if (typeof value === "string" && value.trim().length >= SHORTEST_LINE)
    phrases.add(storableText(value).trim().replace(/\s+/g, " "));
}
