import type { SendableIntent } from "./plan-intent.ts";
import type { FulfillmentNow, OrderNow } from "./order-now.ts";
import { isSameEvent } from "./plan-parcel-news.ts";
import type { Plan, Progress } from "./plan.ts";

/** Clocks of two systems differ: what Shopify did so little before it was asked for may be what was asked for. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * When Shopify did what left in an earlier try and was never answered, as its own records of it say: by these times our own change is
 * known where a webhook tells of it. A change that leaves no record of its own with a time (tracking, an edit, a move) is not known:
 * the time of what it changed may be somebody else's since.
 * @returns ISO in UTC, one for each change that is found
 */
export function findLostChanges(
  { kind, payload }: SendableIntent,
  { cancelledAt, fulfillments, payments }: OrderNow,
  plan: Plan,
  progress: Progress,
): string[] {
  const { unsure, leftAt, fulfillmentIds = [], fulfillmentsBefore = [], cancelling = [] } = progress;
  const known = [...(progress.orderChanges ?? [])];
  if (unsure !== true || leftAt === undefined) return [];
  const since = Date.parse(leftAt) - CLOCKS_DIFFER_MS;
  /** One that was answered, or found before, is not found once more. */
  const isNew = (time: string) => {
    const at = known.indexOf(time);
    if (at !== -1) known.splice(at, 1);
    return at === -1;
  };
  const found = (times: readonly string[]) =>
    times
      .filter((time) => Date.parse(time) >= since)
      .map((time) => new Date(time).toISOString())
      .filter(isNew);
  const planned = "fulfillmentIds" in plan ? (plan.fulfillmentIds ?? []) : [];
  const isPlanned = ({ id }: FulfillmentNow) => planned.includes(id);
  switch (kind) {
    case "fulfillmentCreate": {
      const seen = [...fulfillmentIds, ...fulfillmentsBefore];
      const made = fulfillments.filter((one) => isPlanned(one) && !seen.includes(one.id));
      return found(made.map(({ createdAt }) => createdAt));
    }
    case "fulfillmentCancel": {
      const gone = fulfillments.filter(({ id, status }) => cancelling.includes(id) && status === "CANCELLED");
      return found(gone.map(({ updatedAt }) => updatedAt));
    }
    case "fulfillmentEvent": {
      const told = fulfillments.flatMap(({ events }) => events).filter((one) => isSameEvent(one, payload));
      return found(told.map(({ createdAt }) => createdAt));
    }
    case "orderMarkAsPaid": {
      const paymentId = "note" in plan ? plan.note?.paymentId : undefined;
      return found(payments.filter(({ id }) => id === paymentId).map(({ createdAt }) => createdAt));
    }
    case "orderCancel":
      return found(cancelledAt === null ? [] : [cancelledAt]);
    case "trackingUpdate":
    case "orderEdit":
      return [];
  }
}
