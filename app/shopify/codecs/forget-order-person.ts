import { keepListed, type Listed } from "./keep-listed.ts";
import { LISTED_FULFILLMENT_ORDER, LISTED_NODE_ORDER } from "./listed-node-order.ts";
import { LISTED_REST_ORDER } from "./listed-rest-order.ts";
import { personPatterns, quotesOf } from "./person-pattern.ts";
import { addTextsOfOrder, noPersonTexts, type PersonTexts } from "./person-texts.ts";
import { isObject, type JsonObject } from "./read.ts";

/**
 * The payload of an order without its person (law 12): what is about goods and money stays, to the last paisa; whatever
 * else is in it goes, known or not. The same payload always gives the same text, so that one which is sent again is known.
 * One that is no JSON becomes its id alone.
 * @param shape "rest" is a webhook's body; "bulk" and "detail" are GraphQL nodes
 * @param known what is known of the person beside what the payload itself says
 */
export function forgetOrderPerson(
  shape: "rest" | "bulk" | "detail",
  text: string,
  { id, known }: { id: string; known?: PersonTexts },
): string {
  const isRest = shape === "rest";
  const order = forget(text, isRest ? LISTED_REST_ORDER : LISTED_NODE_ORDER, known);
  const gid = `gid://shopify/Order/${id}`;
  if (order === null) return JSON.stringify(isRest ? { admin_graphql_api_id: gid } : { id: gid });
  // Said, not unsaid: nobody else's word fills it in again.
  return JSON.stringify({ ...order, customer: null });
}

/** The payload of a fulfilment order (a node of any road) without the person it goes to. */
export function forgetFulfillmentOrderPerson(
  text: string,
  { id, known }: { id: string; known?: PersonTexts },
): string {
  return JSON.stringify(
    forget(text, LISTED_FULFILLMENT_ORDER, known) ?? { id: `gid://shopify/FulfillmentOrder/${id}` },
  );
}

/** @returns null where the text is no JSON object */
function forget(text: string, listed: Listed, known: PersonTexts | undefined): JsonObject | null {
  const payload = parseObject(text);
  if (payload === null) return null;
  const texts = noPersonTexts();
  for (const key of ["emails", "phones", "phrases", "names"] as const)
    for (const one of known?.[key] ?? []) texts[key].add(one);
  addTextsOfOrder(texts, payload);
  const kept = keepListed(payload, listed, quotesOf(personPatterns(texts)));
  return isObject(kept) ? kept : null;
}

/** A payload's JSON object, or null where it is none. */
export function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
