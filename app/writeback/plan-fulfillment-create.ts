import type { IntentPayload } from "#app/outbox/outbox-intent.ts";
import { normaliseAwb } from "#app/erp/parcels/normalise-awb.ts";
import {
  isLiveNow,
  type FulfillmentNow,
  type FulfillmentOrderNow,
  type OrderNow,
  type Units,
} from "./order-now.ts";
import type { ParcelContext } from "./parcel-context.ts";
import {
  addUnits,
  sayLines,
  type Conflict,
  type PartUnits,
  type Plan,
  type Progress,
  type Step,
} from "./plan.ts";

type Asked = {
  payload: IntentPayload<"fulfillmentCreate">;
  /** ISO: when the parcel was handed over in the ERP. */
  wishedAt: string;
  /** What an earlier try left: it may have come through, whole or in part, though nobody heard of it. */
  progress: Pick<Progress, "unsure" | "fulfillmentsBefore">;
  /** Whether a fulfilment order may be moved to the location the parcel left from. */
  mayMove: boolean;
};

/** Clocks of two systems differ: a fulfilment made so little before the wish may be its own. */
const CLOCKS_DIFFER_MS = 60_000;
const SENDABLE = ["OPEN", "IN_PROGRESS"];

/**
 * A parcel that left becomes a fulfilment of exactly its lines: of each location one, however many fulfilment orders it takes. A
 * fulfilment that is this parcel already (tied to it, with its AWB, or of the same lines and made since) is not made again.
 */
export function planFulfillmentCreate(
  { payload, wishedAt, progress, mayMove }: Asked,
  now: OrderNow,
  parcel: ParcelContext,
): Plan {
  const { titles } = parcel;
  const said = sayParcel(payload, titles);
  if (!parcel.isStanding) return { dropped: "The parcel was taken back in the ERP: it did not leave." };
  const tied = now.fulfillments.filter((one) => isLiveNow(one) && isTied(one, payload, parcel));
  const left = takeOff(payload.lines, tied);
  if (left === null)
    return {
      conflict: {
        erp: said,
        shopify: `${tied.map(sayFulfillment(titles)).join("; ")} under the same AWB`,
        next: "See which of the two is right. Correct the fulfilment in Shopify, or choose not to send this if Shopify is right.",
      },
    };
  const adopted = adopt(left, now.fulfillments, { wishedAt, progress, payload, parcel, tied });
  const own = [...tied, ...adopted];
  const fulfillmentIds = own.map(({ id }) => id);
  const remaining = takeOff(left, adopted) ?? [];
  if (remaining.length === 0)
    return {
      already: `Shopify has it as ${own.map(({ name }) => name).join(", ")}.`,
      fulfillmentIds,
    };
  if (now.cancelledAt !== null)
    return {
      conflict: {
        erp: said,
        shopify: "The order is cancelled.",
        next: "The goods are on their way: get them back, or take the order up anew in Shopify. Then choose not to send this.",
      },
    };
  const drawn = draw(remaining, now.fulfillmentOrders, payload.locationId);
  if (drawn.missing.length > 0) return { conflict: explainMissing(drawn.missing, now, { said, titles }) };

  const elsewhere = drawn.parts.filter(({ from }) => isElsewhere(from, payload.locationId));
  if (elsewhere.length > 0) {
    const fixed = elsewhere.find(({ from }) => !mayMove || !from.canMove);
    if (fixed) return { conflict: explainLocation(fixed.from, { said, mayMove }) };
    return {
      steps: elsewhere.map((part) => moveTo(part, payload.locationId ?? "")),
      readAgain: true,
      fulfillmentIds,
    };
  }
  const byLocation = Map.groupBy(drawn.parts, ({ from }) => from.location.id ?? from.location.name);
  const { awbNumber, courier, trackingUrl, notifyCustomer } = payload;
  return {
    steps: [...byLocation.values()].map((parts) => ({
      do: "createFulfillment",
      parts: parts.map(({ from, lines }) => ({ fulfillmentOrderId: from.id, lines })),
      tracking: { awbNumber, courier, trackingUrl },
      notifyCustomer,
    })),
    note: { fulfillmentsBefore: now.fulfillments.map(({ id }) => id) },
    fulfillmentIds,
  };
}

function isTied(
  { id, tracking }: FulfillmentNow,
  { awbNumber }: Asked["payload"],
  { fulfillmentIds, awbs }: ParcelContext,
): boolean {
  const own = [normaliseAwb(awbNumber), ...awbs];
  return fulfillmentIds.includes(id) || tracking.some(({ number }) => isIn(own, number));
}

function isIn(awbs: readonly (string | null)[], number: string | null): boolean {
  const awb = normaliseAwb(number);
  return awb !== null && awbs.includes(awb);
}

/**
 * Fulfilments nobody has tied to a parcel that can only be this one: made since, without another AWB, of the very lines that are
 * left. After a try whose end nobody knows: what was not there before it is since, whatever the clocks say, and a parcel without an
 * AWB may have come through in part.
 */
function adopt(
  left: readonly Units[],
  fulfillments: readonly FulfillmentNow[],
  {
    wishedAt,
    progress,
    payload,
    parcel,
    tied,
  }: Pick<Asked, "wishedAt" | "progress" | "payload"> & { parcel: ParcelContext; tied: FulfillmentNow[] },
): FulfillmentNow[] {
  if (left.length === 0) return [];
  const { unsure = false, fulfillmentsBefore } = progress;
  const since = Date.parse(wishedAt) - CLOCKS_DIFFER_MS;
  const isNew = ({ id, createdAt }: FulfillmentNow) =>
    Date.parse(createdAt) >= since || (unsure && fulfillmentsBefore?.includes(id) === false);
  const loose = fulfillments.filter(
    (one) =>
      isLiveNow(one) &&
      !tied.includes(one) &&
      !parcel.others.fulfillmentIds.has(one.id) &&
      one.lines.length > 0 &&
      isNew(one) &&
      one.tracking.every(
        ({ number }) => normaliseAwb(number) === null || normaliseAwb(payload.awbNumber) === null,
      ) &&
      !one.tracking.some(({ number }) => isIn([...parcel.others.awbs], number)),
  );
  const whole = loose.find((one) => takeOff(left, [one])?.length === 0);
  if (whole) return [whole];
  if (!unsure || payload.awbNumber !== null) return [];
  const some: FulfillmentNow[] = [];
  for (const one of loose)
    if (
      fulfillmentsBefore?.includes(one.id) !== true &&
      one.tracking.every(({ number }) => number === null) &&
      takeOff(left, [...some, one]) !== null
    )
      some.push(one);
  return some;
}

/** Units left when these fulfilments are taken off; null where they hold more than there is. */
function takeOff(lines: readonly Units[], fulfillments: readonly FulfillmentNow[]): Units[] | null {
  const wanted = addUnits(lines);
  const gone = addUnits(...fulfillments.map((one) => one.lines));
  if ([...gone].some(([lineId, qty]) => qty > (wanted.get(lineId) ?? 0))) return null;
  return [...wanted].flatMap(([lineId, qty]) => {
    const rest = qty - (gone.get(lineId) ?? 0);
    return rest > 0 ? [{ lineId, qty: rest }] : [];
  });
}

type Part = { from: FulfillmentOrderNow; lines: PartUnits[] };

/** Where the units come from: fulfilment orders of the wanted location first, each as far as it goes. */
function draw(
  wanted: readonly Units[],
  fulfillmentOrders: readonly FulfillmentOrderNow[],
  locationId: string | null,
): { parts: Part[]; missing: Units[] } {
  const sendable = fulfillmentOrders.filter(
    ({ status, canFulfil }) => SENDABLE.includes(status) && canFulfil,
  );
  const inOrder = [
    ...sendable.filter((one) => !isElsewhere(one, locationId)),
    ...sendable.filter((one) => isElsewhere(one, locationId)),
  ];
  const need = addUnits(wanted);
  const parts = inOrder.flatMap((from): Part[] => {
    const lines = from.lines.flatMap(({ id, lineId, remaining }) => {
      const qty = Math.min(remaining, need.get(lineId) ?? 0);
      if (qty <= 0) return [];
      need.set(lineId, (need.get(lineId) ?? 0) - qty);
      return [{ id, qty }];
    });
    return lines.length > 0 ? [{ from, lines }] : [];
  });
  const missing = [...need].flatMap(([lineId, qty]) => (qty > 0 ? [{ lineId, qty }] : []));
  return { parts, missing };
}

function isElsewhere({ location }: FulfillmentOrderNow, locationId: string | null): boolean {
  return locationId !== null && location.id !== null && location.id !== locationId;
}

function moveTo({ from, lines }: Part, locationId: string): Step {
  return { do: "moveFulfillmentOrder", fulfillmentOrderId: from.id, locationId, lines };
}

/** Why Shopify does not let these units be fulfilled, by what it has of them. */
function explainMissing(
  missing: readonly Units[],
  now: OrderNow,
  { said, titles }: { said: string; titles: ReadonlyMap<string, string> },
): Conflict {
  const what = sayLines(missing, titles);
  const holding = now.fulfillmentOrders.find(
    ({ status, lines, canFulfil }) =>
      !(SENDABLE.includes(status) && canFulfil) &&
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
    next: "If another parcel in Shopify is this one, give it the same AWB there and send this again; if Shopify is right, choose not to send this.",
  };
}

function explainLocation(
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

function sayParcel(
  { lines, awbNumber, courier }: Asked["payload"],
  titles: ReadonlyMap<string, string>,
): string {
  const by = courier === null ? "" : ` by ${courier}`;
  return `A parcel of ${sayLines(lines, titles)} left${by}${awbNumber === null ? "" : `, AWB ${awbNumber}`}`;
}

function sayFulfillment(titles: ReadonlyMap<string, string>): (one: FulfillmentNow) => string {
  return ({ name, lines, tracking }) => {
    const number = tracking.find((one) => one.number !== null)?.number;
    return `${name} of ${sayLines(lines, titles)}${number ? ` (AWB ${number})` : ""}`;
  };
}
