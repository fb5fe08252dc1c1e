import { CARRIERS } from "#simulator/store/carriers.ts";
import type { Tracking } from "#simulator/live/fulfil-order.ts";
import { readText } from "#simulator/store/read-record.ts";
import { checkGidOf } from "../global-id.ts";
import { NotSimulatedError } from "../not-simulated-error.ts";
import type { Args, Mutation, MutationDesk } from "./mutation-desk.ts";
import { readInput, readInputs, readString } from "./read-args.ts";
import { attempt, userError } from "./user-errors.ts";

type Part = { fulfillmentOrder: string; lines?: { id: string; quantity: number }[] };

/**
 * One parcel of one or several fulfilment orders. All errors stand at ["fulfillment"], as Shopify's do where they are
 * known (status, quantity, delivery methods); assumed: that they do for the others too, and the words where fulfilment
 * orders of two orders are named.
 */
export const fulfillmentCreate: Mutation = ({ desk, name, args }) => {
  const input = readInput(args, "fulfillment");
  const parts = readInputs(input, "lineItemsByFulfillmentOrder").map(readPart);
  const orders = new Set<string>();
  for (const { fulfillmentOrder } of parts) {
    const record = desk.shop.store.node(fulfillmentOrder);
    if (record?.__typename !== "FulfillmentOrder") return refused("Fulfillment order does not exist.");
    orders.add(readText(record, "orderId"));
  }
  const [order] = orders;
  if (order === undefined) return refused("Line items by fulfillment order can't be blank.");
  if (orders.size > 1) return refused("All fulfillment orders must belong to the same order.");
  const tracking = readTracking(readInput(input, "trackingInfo"));
  if (desk.faults.strike("fulfilled-first", { operations: [name] }) !== null) fulfilFirst(desk, order, parts);
  const sent = attempt(() => desk.perform({ act: "fulfilOrder", order, parts, tracking }));
  if ("words" in sent) return refused(sent.words);
  return { fulfillment: desk.shop.store.node(sent.done.id), userErrors: [] };
};

function refused(words: string) {
  return { fulfillment: null, userErrors: [userError(["fulfillment"], words)] };
}

function readPart(part: Args): Part {
  const fulfillmentOrder = checkGidOf(String(part["fulfillmentOrderId"]), "FulfillmentOrder");
  const lines = readInputs(part, "fulfillmentOrderLineItems").map((one) => ({
    id: checkGidOf(String(one["id"]), "FulfillmentOrderLineItem"),
    quantity: Number(one["quantity"]),
  }));
  return lines.length === 0 ? { fulfillmentOrder } : { fulfillmentOrder, lines };
}

/**
 * A parcel's tracking as a mutation gives it; null where it gives none. Shopify makes the address of a company it knows
 * by name. @throws NotSimulatedError for a parcel of several numbers.
 */
export function readTracking(input: Args): Tracking | null {
  const [numbers, urls] = [readList(input["numbers"]), readList(input["urls"])];
  if (numbers.length > 1 || urls.length > 1)
    throw new NotSimulatedError("A fulfillment with several tracking numbers");
  const company = readString(input, "company");
  const number = readString(input, "number") ?? numbers[0] ?? "";
  const given = readUrl(input["url"] ?? urls[0]);
  if (company === null && number === "" && given === null) return null;
  const road = CARRIERS.find((one) => one.company !== "" && one.company === company)?.url ?? null;
  return {
    company,
    number: number === "" ? null : number,
    url: given ?? (road === null || number === "" ? null : road + number),
  };
}

function readList(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function readUrl(value: unknown): string | null {
  if (value instanceof URL) return value.href;
  return typeof value === "string" ? value : null;
}

/** Someone at the Admin was faster: all that is left of these fulfilment orders is sent. */
function fulfilFirst(desk: MutationDesk, order: string, parts: readonly Part[]): void {
  for (const { fulfillmentOrder } of parts)
    attempt(() => desk.perform({ act: "fulfilOrder", order, fulfillmentOrder }));
}
