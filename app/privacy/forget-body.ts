import { customersOfOrder, namedInBody } from "#app/cache/named-ids.ts";
import { forgetOrderPerson, parseObject } from "#app/shopify/codecs/forget-order-person.ts";
import type { Quotes } from "#app/shopify/codecs/keep-listed.ts";
import type { PersonTexts } from "#app/shopify/codecs/person-texts.ts";
import type { JsonObject } from "#app/shopify/codecs/read.ts";
import { idsOnly, readPrivacyBody } from "#app/shopify/webhooks/read-privacy-body.ts";
import { readRecord } from "#app/shopify/webhooks/read-record.ts";
import { webhookTopics } from "#app/shopify/webhooks/topics.ts";
import { withoutQuotes } from "./without-quotes.ts";

/** Whom to look for in the bodies of deliveries, and by what. */
export type SoughtPerson = {
  customers: ReadonlySet<string>;
  orders: ReadonlySet<string>;
  texts: PersonTexts;
  quotes: Quotes;
};

/** A body in the delivery log; it `waits` as long as something is still to follow from it. */
export type LoggedBody = { topic: string; text: string; waits: boolean };

/** What becomes of a body: it is left as `text` (null: nothing of it), and these orders are to be fetched for what it told. */
export type BodyLeft = { text: string | null; orders: string[] };

/** Whether a body has to be looked at closely: a number in it is one of the person's ids, or a text quotes them. */
export function mayBeAbout(text: string, { customers, orders, quotes }: SoughtPerson): boolean {
  for (const [digits] of text.matchAll(/\d+/g)) if (customers.has(digits) || orders.has(digits)) return true;
  if (quotes.telling(text)) return true;
  // However its JSON writes them.
  const record = parseObject(text);
  return record !== null && JSON.stringify(withoutQuotes(record, quotes.telling)) !== JSON.stringify(record);
}

/**
 * A body without the person. What waits is handled all the same, theirs or of somebody who shares a text with them: a record of
 * their order waits without them, as it would have come in; news of their order makes it be fetched; what is somebody else's
 * waits as it is, or, where nothing follows from its texts, without the quotation. What was handled, or never can be, goes.
 */
export function forgetBody({ topic, text, waits }: LoggedBody, person: SoughtPerson): BodyLeft {
  const record = parseObject(text);
  const request = readPrivacyBody(topic, new TextEncoder().encode(text));
  if (request !== null && request.kind !== "shop_redact") {
    // Who else is to be forgotten is told by their contact too, until it was done.
    const isTold = waits && request.kind === "customer_redact" && !person.customers.has(request.customerId);
    return { text: isTold ? text : idsOnly(request), orders: [] };
  }
  if (record === null) return { text: null, orders: theirOrders(topic, text, person) };
  if (!waits) return { text: null, orders: [] };
  const about = webhookTopics.get(topic);
  if (about?.carries === "record" && about.kind !== null) return forgetRecord(topic, record, text, person);
  return forgetNewsBody(topic, record, text, person);
}

/** A record that waits because somebody held its entry. */
function forgetRecord(topic: string, record: JsonObject, text: string, person: SoughtPerson): BodyLeft {
  const kind = webhookTopics.get(topic)?.kind;
  const read = kind === "order" || kind === "customer" ? readRecord(kind, record) : null;
  if (read === null || "problem" in read) return { text, orders: [] };
  const { id } = read;
  if (kind === "customer") return { text: person.customers.has(id) ? null : text, orders: [] };
  const isTheirs =
    person.orders.has(id) || customersOfOrder("rest", text).some((one) => person.customers.has(one));
  return { text: isTheirs ? withoutPerson(id, text, person) : text, orders: [] };
}

/** As the door would have it, so that the same payload sent again is known; more is taken away only where it must be. */
function withoutPerson(id: string, text: string, { texts, quotes }: SoughtPerson): string {
  const alone = forgetOrderPerson("rest", text, { id });
  return quotes.naming(alone) ? forgetOrderPerson("rest", text, { id, known: texts }) : alone;
}

/** Two customers that became one, of whom the other one is not forgotten: all that matters is their ids. */
const MERGE = ["admin_graphql_api_customer_kept_id", "admin_graphql_api_customer_deleted_id", "status"];

function forgetNewsBody(topic: string, record: JsonObject, text: string, person: SoughtPerson): BodyLeft {
  const { orders, customers } = namedInBody(topic, text);
  const isMerge = topic === "customers/merge" && customers.some((id) => !person.customers.has(id));
  if (isMerge) return { text: rewritten(text, record, onlyOf(record, MERGE)), orders: [] };
  if (orders.some((id) => person.orders.has(id)) || customers.some((id) => person.customers.has(id)))
    return { text: null, orders: [...orders] };
  // A place is the merchant's, and its name is what the news is about.
  if (topic.startsWith("locations/")) return { text, orders: [] };
  return { text: rewritten(text, record, withoutQuotes(record, person.quotes.telling)), orders: [] };
}

/** As it came where nothing was taken out. */
function rewritten(text: string, record: JsonObject, left: unknown): string {
  const json = JSON.stringify(left);
  return json === JSON.stringify(record) ? text : json;
}

function onlyOf(record: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
}

/** Of a body nobody can read: any other number in it may be a phone's. */
function theirOrders(topic: string, text: string, { orders }: SoughtPerson): string[] {
  return namedInBody(topic, text).orders.filter((id) => orders.has(id));
}
