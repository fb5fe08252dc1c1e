import type { UserError } from "#app/shopify/client/user-errors.ts";

/**
 * How Shopify's refusal of a mutation is taken: `stale`: Shopify has changed since it was read, so it is read again and planned
 * anew; `conflict`: a person decides; `refused`: it will not do it.
 */
export type Refusal = { as: "stale" | "conflict" | "refused"; message: string; next: string };

type Known = { text?: RegExp; code?: string; as: Refusal["as"]; next: string };

/** What a person does about money that Shopify does not take from us. */
export const BOOK_BY_HAND =
  "Book the payment on the order's page in Shopify, then choose “It is booked in Shopify” here; or leave it, and the money counts as received here only.";
const READ_AGAIN = "Nothing to do: Shopify is read again, and what is left to do is done.";

/** Shopify's words (Admin API 2026-10) → what follows; the first that fits. */
const known: readonly Known[] = [
  { text: /has an unfulfillable status/i, as: "stale", next: READ_AGAIN },
  { text: /invalid fulfillment order line item quantity/i, as: "stale", next: READ_AGAIN },
  { text: /fulfillment order does not exist/i, as: "stale", next: READ_AGAIN },
  { text: /already been cancell?ed/i, as: "stale", next: READ_AGAIN },
  { text: /calculated order does not exist/i, as: "stale", next: READ_AGAIN },
  { text: /cannot remove more than the fulfillable quantity/i, as: "stale", next: READ_AGAIN },
  { text: /fulfillment (is|was|has been) (already )?cancell?ed/i, as: "stale", next: READ_AGAIN },
  { text: /fulfillment does not exist/i, as: "stale", next: READ_AGAIN },
  { code: "AMOUNT_EXCEEDS_BALANCE", as: "stale", next: READ_AGAIN },
  { text: /cannot be marked as paid/i, as: "stale", next: READ_AGAIN },
  {
    text: /outstanding fulfillments/i,
    as: "conflict",
    next: "Cancel the fulfilments in Shopify if nothing left, then send this again; else choose not to send this.",
  },
  {
    text: /cannot change location|location not found|cannot be moved|not stocked/i,
    as: "conflict",
    next: "Stock the items at that location in Shopify, or change the location on the order's page; then send this again.",
  },
  {
    text: /cannot be edited/i,
    as: "refused",
    next: "Take the units off by a refund on the order's page in Shopify, then choose not to send this.",
  },
  {
    code: "NO_REFUND_PERMISSION",
    as: "refused",
    next: "Allow the app to refund in Shopify, or cancel and refund the order there; then send this again, or choose not to send it.",
  },
  {
    code: "CURRENCY_MISMATCH",
    as: "refused",
    next: BOOK_BY_HAND,
  },
  {
    text: /order (does not exist|is not found)|order not found/i,
    as: "refused",
    next: "The order was deleted in Shopify: choose not to send this.",
  },
];

const UNKNOWN =
  "Read what Shopify says. Correct it there, then send this again; or do it in Shopify and choose not to send this.";

/**
 * The refusal that these errors are, in Shopify's own words; null where there are none.
 * @param unknown what a person does about words that are not known here
 */
export function readRefusal(errors: readonly UserError[], unknown = UNKNOWN): Refusal | null {
  if (errors.length === 0) return null;
  const message = errors.map((one) => one.message).join("; ");
  const fits = ({ text, code }: Known) =>
    errors.some((one) => (text?.test(one.message) ?? false) || (code !== undefined && one.code === code));
  const found = known.find(fits);
  return { as: found?.as ?? "refused", message, next: found?.next ?? unknown };
}
