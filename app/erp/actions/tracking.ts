/** AWB, courier and link of a parcel. */
import { refuse, type ActionDecision } from "./action-outcome.ts";
import type { ActionState } from "./action-state.ts";
import { awbUsed, findParcel, parcelName } from "./find-parcel.ts";
import type { OrderAction } from "./order-action.ts";

type Tracking = { awbNumber: string | null; courier: string | null; trackingUrl: string | null };

export function trackingOf(said: {
  awbNumber?: string | undefined;
  courier?: string | undefined;
  trackingUrl?: string | undefined;
}): Tracking {
  const { awbNumber = null, courier = null, trackingUrl = null } = said;
  return { awbNumber, courier, trackingUrl };
}

export function decideTracking(
  state: ActionState,
  action: Extract<OrderAction, { action: "update_tracking" }>,
): ActionDecision {
  const found = findParcel(state, action.parcelId);
  if ("refused" in found) return found;
  const { parcel } = found;
  const [info] = parcel.fulfillments[0]?.tracking ?? [];
  const was: Tracking = {
    awbNumber: parcel.erp?.awbNumber ?? info?.number ?? null,
    courier: parcel.erp?.courier ?? info?.company ?? null,
    trackingUrl: parcel.erp?.trackingUrl ?? info?.url ?? null,
  };
  const said = trackingOf(action);
  // A link leads to the parcel of its number: another number has none until one is said.
  const isOther = said.awbNumber !== null && said.awbNumber !== was.awbNumber;
  const becomes: Tracking = {
    awbNumber: said.awbNumber ?? was.awbNumber,
    courier: said.courier ?? was.courier,
    trackingUrl: said.trackingUrl ?? (isOther ? null : was.trackingUrl),
  };
  if (
    becomes.awbNumber === was.awbNumber &&
    becomes.courier === was.courier &&
    becomes.trackingUrl === was.trackingUrl
  )
    return refuse(
      `${parcelName(parcel)} has this AWB, courier and link already`,
      "Say what is to be another: the AWB, the courier or the link.",
    );
  const used = awbUsed(state, action.awbNumber, parcel.id);
  if (used) return used;
  return {
    facts: [{ kind: "tracking", lineId: null, parcelId: parcel.id, qty: null, details: becomes }],
    intents: [
      {
        ...{ kind: "trackingUpdate", entity: "order", entityId: state.order.id },
        payload: { parcelId: parcel.id, notifyCustomer: action.notifyCustomer, ...becomes },
      },
    ],
    words: `${parcelName(parcel)} is now ${[becomes.courier, becomes.awbNumber].filter(Boolean).join(" ")}`,
  };
}
