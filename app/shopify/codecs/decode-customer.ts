import { decodeAddress } from "./decode-address.ts";
import type { PostalAddress } from "./decode-address.ts";
import {
  decodePayload,
  isObject,
  readOptionalBoolean,
  readOptionalDecimal,
  readOptionalGid,
  readOptionalInteger,
  readOptionalObject,
  readOptionalString,
  readOptionalTime,
  readRestId,
  readTags,
  Unreadable,
} from "./read.ts";
import type { JsonObject } from "./read.ts";

/**
 * One customer as one payload tells it: `undefined` = this payload does not say, null = Shopify says
 * there is none. Webhooks carry no tags, counts, totals or consent since 2025-01.
 */
export type DecodedCustomer = {
  id: string;
  /** A body with hardly more than an id: what `customers/delete` sends. */
  isDeletion: boolean;
  email?: string | null;
  /** As typed; normalised where customers are matched. */
  phone?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  defaultAddress?: PostalAddress | null;
  acceptsMarketing?: boolean | null;
  tags?: string[];
  note?: string | null;
  /** UPPER_SNAKE: DISABLED, INVITED, ENABLED, DECLINED or what Shopify adds. */
  state?: string | null;
  numberOfOrders?: number | null;
  /** Exact decimal in `currency`. */
  amountSpent?: string | null;
  currency?: string | null;
  taxExempt?: boolean | null;
  createdAt?: string | null;
  updatedAt?: string | null;
};

/**
 * A cached customer payload of any shape.
 * @param shape "rest" is a webhook's body; "bulk" and "detail" are GraphQL nodes
 * @param entryId the cache entry's id, for a webhook's body that has only a number too large for JSON
 * @throws AppError PAYLOAD_UNREADABLE naming the path
 */
export function decodeCustomer(shape: string, text: string, entryId?: string): DecodedCustomer {
  return decodePayload(text, (root) => (shape === "rest" ? fromRest(root, entryId) : fromNode(root)));
}

function fromNode(node: JsonObject): DecodedCustomer {
  const id = readOptionalGid(node, "id");
  if (!id) throw new Unreadable("id", "a Shopify id (gid)");
  const email = readOptionalObject(node, "defaultEmailAddress", (child) => ({
    address: readOptionalString(child, "emailAddress"),
    consent: readOptionalString(child, "marketingState"),
  }));
  const phone = readOptionalObject(node, "defaultPhoneNumber", (child) =>
    readOptionalString(child, "phoneNumber"),
  );
  const spent = readOptionalObject(node, "amountSpent", (child) => ({
    amount: readOptionalDecimal(child, "amount"),
    currency: readOptionalString(child, "currencyCode"),
  }));
  return {
    id,
    isDeletion: false,
    email:
      email === undefined
        ? blankIsNull(readOptionalString(node, "email"))
        : blankIsNull(email?.address ?? null),
    phone: phone === undefined ? blankIsNull(readOptionalString(node, "phone")) : blankIsNull(phone),
    firstName: blankIsNull(readOptionalString(node, "firstName")),
    lastName: blankIsNull(readOptionalString(node, "lastName")),
    defaultAddress: readOptionalObject(node, "defaultAddress", decodeAddress),
    acceptsMarketing: email === null ? false : acceptsMarketing(email?.consent),
    tags: readTags(node, "tags"),
    note: blankIsNull(readOptionalString(node, "note")),
    state: readOptionalString(node, "state")?.toUpperCase(),
    numberOfOrders: readOptionalInteger(node, "numberOfOrders"),
    amountSpent: spent?.amount,
    currency: spent?.currency,
    taxExempt: readOptionalBoolean(node, "taxExempt"),
    createdAt: readOptionalTime(node, "createdAt"),
    updatedAt: readOptionalTime(node, "updatedAt"),
  };
}

function fromRest(body: JsonObject, entryId: string | undefined): DecodedCustomer {
  const id = readRestId(body) ?? entryId;
  if (id === undefined) throw new Unreadable("admin_graphql_api_id", "a Shopify id");
  const consent = isObject(body["email_marketing_consent"])
    ? acceptsMarketing(readOptionalString(body["email_marketing_consent"], "state"))
    : readOptionalBoolean(body, "accepts_marketing");
  return {
    id,
    isDeletion:
      body["created_at"] === undefined && body["updated_at"] === undefined && body["email"] === undefined,
    email: blankIsNull(readOptionalString(body, "email")),
    phone: blankIsNull(readOptionalString(body, "phone")),
    firstName: blankIsNull(readOptionalString(body, "first_name")),
    lastName: blankIsNull(readOptionalString(body, "last_name")),
    defaultAddress: readOptionalObject(body, "default_address", decodeAddress),
    acceptsMarketing: consent,
    tags: readTags(body, "tags"),
    note: blankIsNull(readOptionalString(body, "note")),
    state: readOptionalString(body, "state")?.toUpperCase(),
    numberOfOrders: readOptionalInteger(body, "orders_count"),
    amountSpent: readOptionalDecimal(body, "total_spent"),
    // The body's `currency` is the customer's own; here it only matters as the unit of the amount.
    currency: body["total_spent"] === undefined ? undefined : readOptionalString(body, "currency"),
    taxExempt: readOptionalBoolean(body, "tax_exempt"),
    createdAt: readOptionalTime(body, "created_at"),
    updatedAt: readOptionalTime(body, "updated_at"),
  };
}

/** Shopify's consent states; only SUBSCRIBED is a yes (PENDING waits for the customer's click). */
function acceptsMarketing(state: string | null | undefined): boolean | undefined {
  return state === undefined || state === null ? undefined : state.toUpperCase() === "SUBSCRIBED";
}

function blankIsNull(text: string | null | undefined): string | null | undefined {
  const trimmed = text?.trim();
  if (trimmed === undefined) return text === null ? null : undefined;
  return trimmed === "" ? null : trimmed;
}
