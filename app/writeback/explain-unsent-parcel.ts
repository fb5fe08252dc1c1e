/** Both sides in words, where a parcel that left cannot become a fulfilment. */
import type { IntentPayload } from "#app/outbox/outbox-intent.ts";
import {
  isLiveNow,
  isSendable,
  type FulfillmentNow,
  type FulfillmentOrderNow,
  type OrderNow,
  type Units,
} from "./order-now.ts";
import { sayLines, type Conflict } from "./plan.ts";

/** Why Shopify does not let these units be fulfilled, by what it has of them. `others`: fulfilments of the ERP's other parcels. */
export function explainMissing(
  missing: readonly Units[],
  now: OrderNow,
  {
    said,
    titles,
    others,
    awbNumber,
  }: {
    said: string;
    titles: ReadonlyMap<string, string>;
    others: ReadonlySet<string>;
    awbNumber: string | null;
  },
): Conflict {
  const what = sayLines(missing, titles);
  const holding = now.fulfillmentOrders.find(
    ({ status, lines, canFulfil }) =>
      !isSendable({ status, canFulfil }) &&
      !["CLOSED", "CANCELLED"].includes(status) &&
      lines.some(({ lineId, remaining }) => remaining > 0 && missing.some((one) => one.lineId === lineId)),
  );
  if (holding?.status === "ON_HOLD") {
    const why = holding.holds.length > 0 ? ` (${holding.holds.join(", ")})` : "";
    const next = "Release the hold on the order's page in Shopify, then send this again.";
    return { erp: said, shopify: `${what} is on hold${why}.`, next };
  }
  if (holding?.status === "SCHEDULED")
    return {
      erp: said,
      shopify: `${what} is scheduled${holding.fulfillAt ? ` for ${holding.fulfillAt.slice(0, 10)}` : ""}, not yet to be fulfilled.`,
      next: "Mark the fulfilment as open on the order's page in Shopify, then send this again.",
    };
  if (holding)
    return {
      erp: said,
      shopify: `${what} is with ${holding.location.name}, which fulfils it itself.`,
      next: "Take the fulfilment request back in Shopify, then send this again; or choose not to send this.",
    };
  const parcels = now.fulfillments.filter(isLiveNow);
  const fulfilled = parcels.length === 0 ? "" : ` It has ${parcels.map(sayFulfillment(titles)).join("; ")}.`;
  return {
    erp: said,
    shopify: `${what} is not to be fulfilled any more: fulfilled otherwise, removed, or refunded.${fulfilled}`,
    // The ERP's other parcels are not this one: with its AWB they would be both, and one's failure the other's.
    next:
      parcels.length > 0 && parcels.every(({ id }) => others.has(id))
        ? "If what it has there came back or did not leave, cancel that fulfilment in Shopify, or switch on cancelling fulfilments in the settings; then send this again. If Shopify is right, choose not to send this."
        : `If another parcel in Shopify is this one, ${awbNumber === null ? "cancel that fulfilment there" : "give it the same AWB there"} and send this again; if Shopify is right, choose not to send this.`,
  };
}

/** The units lie at another location in Shopify than the parcel left from. */
export function explainLocation(
  { location }: FulfillmentOrderNow,
  { said, mayMove }: { said: string; mayMove: boolean },
): Conflict {
  return {
    erp: `${said}, from another location`,
    shopify: `It is to be fulfilled from ${location.name}${mayMove ? ", and Shopify does not let it be moved" : ""}.`,
    next: mayMove
      ? "Change the location on the order's page in Shopify, then send this again."
      : "Switch on moving fulfilments to the parcel's location in the settings, or change the location in Shopify; then send this again.",
  };
}

/** What the ERP says: which goods left, by whom, under which AWB. */
export function sayParcel(
  { lines, awbNumber, courier }: IntentPayload<"fulfillmentCreate">,
  titles: ReadonlyMap<string, string>,
): string {
  const by = courier === null ? "" : ` by ${courier}`;
  return `A parcel of ${sayLines(lines, titles)} left${by}${awbNumber === null ? "" : `, AWB ${awbNumber}`}`;
}

/** What Shopify has: a fulfilment by its name, with its goods and AWB. */
export function sayFulfillment(titles: ReadonlyMap<string, string>): (one: FulfillmentNow) => string {
  return ({ name, lines, tracking }) => {
    const number = tracking.find((one) => one.number !== null)?.number;
    return `${name} of ${sayLines(lines, titles)}${number ? ` (AWB ${number})` : ""}`;
  };
}
