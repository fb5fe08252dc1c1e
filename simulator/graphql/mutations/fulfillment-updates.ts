import { GraphQLError } from "graphql";
import { PARCEL_NEWS } from "#simulator/live/update-fulfillment.ts";
import { isGranted } from "#simulator/schema/access-rules.ts";
import type { EventDetails } from "#simulator/store/order-draft.ts";
import { accessDenied } from "../access-errors.ts";
import { checkGidOf } from "../global-id.ts";
import { readTracking } from "./fulfillment-create.ts";
import type { Args, Mutation } from "./mutation-desk.ts";
import { readInput, readString, readTime } from "./read-args.ts";
import { attempt, userError } from "./user-errors.ts";

/** Another number or courier: what is given replaces what was there (assumed: all of it). The words are assumed. */
export const fulfillmentTrackingInfoUpdate: Mutation = ({ desk, args }) => {
  const fulfillment = checkGidOf(String(args["fulfillmentId"]), "Fulfillment");
  const tracking = readTracking(readInput(args, "trackingInfoInput"));
  const updated = attempt(() => desk.perform({ act: "updateFulfillment", fulfillment, tracking }));
  if ("words" in updated)
    return { fulfillment: null, userErrors: [userError(["fulfillmentId"], updated.words)] };
  return { fulfillment: desk.shop.store.node(fulfillment), userErrors: [] };
};

const DETAILS = ["message", "address1", "city", "province", "country", "zip"] as const;

/** A courier's news. A fulfilment that is not there is an error of the request, as at Shopify. */
export const fulfillmentEventCreate: Mutation = ({ desk, args }) => {
  const input = readInput(args, "fulfillmentEvent");
  const fulfillment = checkGidOf(String(input["fulfillmentId"]), "Fulfillment");
  if (desk.shop.store.node(fulfillment) === null)
    throw new GraphQLError("invalid id", { extensions: { code: "RESOURCE_NOT_FOUND" } });
  const event = PARCEL_NEWS.find((one) => one === input["status"]);
  const made = attempt(() =>
    desk.perform({
      act: "updateFulfillment",
      fulfillment,
      event,
      eventAt: readTime(input, "happenedAt"),
      eventDetails: readDetails(input),
    }),
  );
  if ("words" in made)
    return {
      fulfillmentEvent: null,
      userErrors: [userError(["fulfillmentEvent", "fulfillmentId"], made.words)],
    };
  const told = made.done.happenings.find((one) => one.topic === "fulfillment_events/create");
  return { fulfillmentEvent: told?.subject ?? null, userErrors: [] };
};

function readDetails(input: Args): EventDetails {
  const details: EventDetails = {};
  for (const field of DETAILS) details[field] = readString(input, field);
  for (const field of ["latitude", "longitude"] as const) {
    const value = input[field];
    details[field] = typeof value === "number" ? value : null;
  }
  details.estimatedDeliveryAt = readTime(input, "estimatedDeliveryAt") ?? null;
  return details;
}

/**
 * Takes a parcel back. Shopify's list of scopes names none for it: assumed, those of fulfillmentCreate. The words are
 * assumed, that a cancelled one is not cancelled again too.
 */
export const fulfillmentCancel: Mutation = ({ desk, args, admin, granted }) => {
  const rules = admin.access.forField("Mutation", "fulfillmentCreate", "FulfillmentCreatePayload");
  const closed = rules.find((rule) => !isGranted(rule, granted));
  if (closed) throw accessDenied("fulfillmentCancel", closed);
  const fulfillment = checkGidOf(String(args["id"]), "Fulfillment");
  const gone = attempt(() => desk.perform({ act: "updateFulfillment", fulfillment, cancel: true }));
  if ("words" in gone) return { fulfillment: null, userErrors: [userError(["id"], gone.words)] };
  return { fulfillment: desk.shop.store.node(fulfillment), userErrors: [] };
};
