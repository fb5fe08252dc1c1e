import { readField, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { numberOf, type Json } from "./rest-values.ts";

/** The bodies of the three topics of Shopify's privacy rules. @param orders gids. */
export function renderCompliance(
  topic: "customers/data_request" | "customers/redact" | "shop/redact",
  shop: SimNode,
  customer: SimNode | null,
  orders: readonly string[],
): Json {
  const about = { shop_id: numberOf(shop.id), shop_domain: shop["myshopifyDomain"] };
  if (topic === "shop/redact") return about;
  const person = {
    id: numberOf(customer?.id),
    email: readField(customer ?? undefined, "defaultEmailAddress", "emailAddress") ?? null,
    phone: readField(customer ?? undefined, "defaultPhoneNumber", "phoneNumber") ?? null,
  };
  const numbers = orders.map(numberOf);
  if (topic === "customers/redact") return { ...about, customer: person, orders_to_redact: numbers };
  // The store keeps no list of requests: the customer's number stands for the request's.
  return { ...about, customer: person, orders_requested: numbers, data_request: { id: person.id } };
}

/** The body of app/scopes_update: a gid for the shop, and UTC with milliseconds. */
export function renderScopesUpdate(shop: SimNode, also: Readonly<Record<string, unknown>>): Json {
  return {
    id: numberOf(shop.id),
    shop_id: shop.id,
    previous: also["previous"] ?? [],
    current: also["current"] ?? [],
    updated_at: readText(shop, "updatedAt").replace(/Z$/, ".000Z"),
  };
}
