/** Which of Shopify's fulfilments are a parcel of the ERP's already, though nobody may have heard that they were made. */
import type { IntentPayload } from "#app/outbox/outbox-intent.ts";
import { normaliseAwb } from "#app/erp/parcels/normalise-awb.ts";
import { isLiveNow, type FulfillmentNow, type Units } from "./order-now.ts";
import type { ParcelContext } from "./parcel-context.ts";
import { addUnits, type Progress } from "./plan.ts";

/** A parcel that is to become fulfilments. */
export type CreateWish = {
  payload: IntentPayload<"fulfillmentCreate">;
  /** ISO: when the parcel was handed over in the ERP. */
  wishedAt: string;
  /** What an earlier try left: it may have come through, whole or in part, though nobody heard of it. */
  progress: Pick<Progress, "unsure" | "fulfillmentsBefore">;
};

/** Clocks of two systems differ: a fulfilment made so little before the wish may be its own. */
const CLOCKS_DIFFER_MS = 60_000;

/** Whether Shopify has this fulfilment as the parcel's own: known to be it, or with its AWB and not known to be another. */
export function isTied(
  { id, tracking }: FulfillmentNow,
  { awbNumber }: CreateWish["payload"],
  { fulfillmentIds, awbs, others }: ParcelContext,
): boolean {
  const own = [normaliseAwb(awbNumber), ...awbs];
  if (fulfillmentIds.includes(id)) return true;
  return !others.fulfillmentIds.has(id) && tracking.some(({ number }) => isIn(own, number));
}

function isIn(awbs: readonly (string | null)[], number: string | null): boolean {
  const awb = normaliseAwb(number);
  return awb !== null && awbs.includes(awb);
}

/**
 * Fulfilments nobody has tied to a parcel that can only be this one: made since (what was known when it was handed over is another
 * box, whatever the clocks say), without another AWB, of the very lines that are left. After a try whose end nobody knows: what was not there before it is since, whatever the clocks say, and a parcel without an
 * AWB may have come through in part.
 */
export function adoptFulfillments(
  left: readonly Units[],
  fulfillments: readonly FulfillmentNow[],
  {
    wishedAt,
    progress,
    payload,
    parcel,
    tied,
  }: CreateWish & { parcel: ParcelContext; tied: FulfillmentNow[] },
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
      payload.before?.includes(one.id) !== true &&
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
export function takeOff(lines: readonly Units[], fulfillments: readonly FulfillmentNow[]): Units[] | null {
  const wanted = addUnits(lines);
  const gone = addUnits(...fulfillments.map((one) => one.lines));
  if ([...gone].some(([lineId, qty]) => qty > (wanted.get(lineId) ?? 0))) return null;
  return [...wanted].flatMap(([lineId, qty]) => {
    const rest = qty - (gone.get(lineId) ?? 0);
    return rest > 0 ? [{ lineId, qty: rest }] : [];
  });
}
