import type { ActionState } from "#app/erp/actions/action-state.ts";
import type { OutboxIntent } from "#app/outbox/outbox-intent.ts";
import type { SentKind } from "#app/outbox/sent-kinds.ts";
import type { OrderNow } from "./order-now.ts";
import { parcelContextOf, titlesOf } from "./parcel-context.ts";
import type { Plan, Progress } from "./plan.ts";
import { planFulfillmentCreate } from "./plan-fulfillment-create.ts";
import { planOrderCancel } from "./plan-order-cancel.ts";
import { planOrderEdit, type EditContext } from "./plan-order-edit.ts";
import { moneyContextOf, planOrderMarkAsPaid } from "./plan-order-mark-as-paid.ts";
import { planFulfillmentCancel, planFulfillmentEvent, planTrackingUpdate } from "./plan-parcel-news.ts";

export type SendableIntent = Extract<OutboxIntent, { kind: SentKind }>;

type Tried = {
  progress: Progress;
  /** ISO. */
  wishedAt: string;
  /** Now. */
  at: Date;
  /** Whether a fulfilment order may be moved to the location a parcel left from. */
  mayMove: boolean;
  /** Whether a fulfilment that somebody made without an AWB may be given the parcel's. */
  mayTrack: boolean;
};

/** What one intent still asks for. History, test orders and orders the ERP does not have are never told of, whatever waits. */
export function planIntent(
  { kind, payload }: SendableIntent,
  state: ActionState,
  now: OrderNow,
  tried: Tried,
): Plan {
  const { progress } = tried;
  const never = refuseOrder(state);
  if (never) return never;
  switch (kind) {
    case "fulfillmentCreate":
      return planFulfillmentCreate(
        { ...tried, payload },
        now,
        parcelContextOf(state, payload.parcelId, progress),
      );
    case "trackingUpdate":
      return planTrackingUpdate(payload, now, parcelContextOf(state, payload.parcelId, progress));
    case "fulfillmentEvent":
      return planFulfillmentEvent(payload, now, parcelContextOf(state, payload.parcelId, progress));
    case "fulfillmentCancel":
      return planFulfillmentCancel(now, parcelContextOf(state, payload.parcelId, progress));
    case "orderCancel":
      return planOrderCancel(payload, now, progress, tried.at.getTime());
    case "orderEdit":
      return planOrderEdit(payload, now, editContextOf(state), progress);
    case "orderMarkAsPaid":
      return planOrderMarkAsPaid(payload, now, progress, moneyContextOf(state, payload));
  }
}

/** Why nothing of an order is ever sent. */
export function refuseOrder({
  isHistory,
  order,
}: Pick<ActionState, "isHistory" | "order">): { refused: { message: string; next: string } } | null {
  if (isHistory)
    return {
      refused: {
        message:
          "The order was placed before the shop's cut-over date: it is history, and never written back.",
        next: "Choose not to send this. To work on the order in this app, set an earlier cut-over date in the settings.",
      },
    };
  if (order.test)
    return { refused: { message: "A test order is never written back.", next: "Choose not to send this." } };
  return null;
}

function editContextOf(state: ActionState): EditContext {
  const { lines } = state.quantities;
  return {
    openQty: new Map(
      state.order.lines.map(({ id, qty }) => {
        const line = lines.get(id);
        return [id, line ? Math.max(0, qty - line.shippedQty - line.cancelledQty) : 0];
      }),
    ),
    titles: titlesOf(state),
  };
}
