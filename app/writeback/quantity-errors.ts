import type { UserError } from "#app/shopify/client/user-errors.ts";

/** What came of one row: done, to be read again and planned anew, or refused in Shopify's words. */
export type QuantityOutcome =
  | { as: "done" | "stale" }
  /** The same request is at work at Shopify: asked again later, under the same key. */
  | { as: "running" }
  | { as: "refused"; message: string; next: string };

/** What a request's errors mean for its rows, by their place; `again`: rows to be sent once more, in halves where nobody knows which is bad. */
export type SortedErrors = { outcomes: Map<number, QuantityOutcome>; again: number[]; halve: boolean };

/** The same wishes are planned anew and sent under another key. */
const ANOTHER_KEY = ["IDEMPOTENCY_KEY_PARAMETER_MISMATCH", "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED"];
const UNKNOWN = "Read what Shopify says. Correct it there, then send this again; or choose not to send it.";

const nextOf: Readonly<Record<string, string>> = {
  INVALID_INVENTORY_ITEM: "The item was deleted in Shopify: choose not to send this.",
  INVALID_LOCATION:
    "Activate the location in Shopify, or map another one in the stock settings; then send this again.",
  NON_MUTABLE_INVENTORY_ITEM:
    "Turn on “Track quantity” of the item in Shopify, then send this again; or choose not to send it.",
  ITEM_NOT_STOCKED_AT_LOCATION:
    "Stock the item at this location in Shopify, then send this again; or choose not to send it.",
};

/** Sorts Shopify's user errors of `inventorySetQuantities` by the rows they are about. @param rows how many were sent */
export function sortQuantityErrors(rows: number, errors: readonly UserError[]): SortedErrors {
  const places = Array.from({ length: rows }, (_, place) => place);
  const all = (outcome: QuantityOutcome): SortedErrors => ({
    ...{ outcomes: new Map(places.map((place) => [place, outcome])), again: [], halve: false },
  });
  if (errors.length === 0) return all({ as: "done" });
  const codes = errors.map(({ code }) => code ?? "");
  if (codes.includes("IDEMPOTENCY_CONCURRENT_REQUEST")) return all({ as: "running" });
  if (codes.some((code) => ANOTHER_KEY.includes(code))) return all({ as: "stale" });
  const outcomes = new Map<number, QuantityOutcome>();
  for (const error of errors) {
    const place = placeOf(error);
    // What is wrong with a row outweighs that it has moved.
    if (place !== null && place < rows && outcomes.get(place)?.as !== "refused")
      outcomes.set(place, outcomeOf(error));
  }
  if (outcomes.size > 0)
    return { outcomes, again: places.filter((place) => !outcomes.has(place)), halve: false };
  const [first] = errors;
  const isOfAll = first?.field?.[0] === "input" && first.field[1] !== "quantities";
  if (first && (rows === 1 || isOfAll)) return all(outcomeOf(first));
  return { outcomes, again: places, halve: true };
}

function outcomeOf({ code, message }: UserError): QuantityOutcome {
  if (code === "CHANGE_FROM_QUANTITY_STALE") return { as: "stale" };
  return { as: "refused", message, next: nextOf[code ?? ""] ?? UNKNOWN };
}

/** `["input", "quantities", "3", "locationId"]` → 3. */
function placeOf({ field }: UserError): number | null {
  const place = field?.[1] === "quantities" ? field[2] : undefined;
  return place !== undefined && /^\d+$/.test(place) ? Number(place) : null;
}
