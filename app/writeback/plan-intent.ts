import type { ActionState } from "#app/erp/actions/action-state.ts";
import { neverFulfilled } from "#app/erp/processor/determine-shipped-quantities.ts";
import type { OutboxIntent } from "#app/outbox/outbox-intent.ts";
import type { SentKind } from "#app/outbox/sent-kinds.ts";
import { isLiveNow, type OrderNow, type Units } from "./order-now.ts";
import { parcelContextOf, titlesOf } from "./parcel-context.ts";
import { addUnits, type Plan, type Progress } from "./plan.ts";
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
      return planOrderCancel(payload, now, progress, {
        ...{ at: tried.at.getTime(), titles: titlesOf(state) },
        wanted: wantedUnits(state, now),
      });
    case "orderEdit":
      return planOrderEdit(payload, now, editContextOf(state, now), progress);
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

/** Of what the customer still gets, all that stands in no fulfilment is to stay open in Shopify, also what has left and is not told yet. */
function editContextOf(state: ActionState, now: OrderNow): EditContext {
  const fulfilled = addUnits(...now.fulfillments.filter(isLiveNow).map(({ lines }) => lines));
  return {
    openQty: new Map(
      state.order.lines.map(({ id, qty }) => {
        const { cancelledQty = qty } = state.quantities.lines.get(id) ?? {};
        return [id, Math.max(0, qty - cancelledQty - (fulfilled.get(id) ?? 0))];
      }),
    ),
    titles: titlesOf(state),
  };
}

/** Units that the customer still gets, also of lines that Shopify has and the ERP has not heard of; of tips and the like none. */
function wantedUnits({ order, quantities }: ActionState, now: OrderNow): Units[] {
  const unfulfilled = new Map(now.lines.map((line) => [line.id, line.unfulfilled]));
  const live = order.lines.map((line) => {
    const { cancelledQty = 0 } = quantities.lines.get(line.id) ?? {};
    const here = neverFulfilled(line) ? 0 : line.qty - cancelledQty;
    return { lineId: line.id, qty: Math.max(here, (unfulfilled.get(line.id) ?? 0) - cancelledQty) };
  });
  const unheard = now.lines.filter(({ id }) => !order.lines.some((line) => line.id === id));
  return [...live, ...unheard.map((line) => ({ lineId: line.id, qty: line.unfulfilled }))].filter(
    ({ qty }) => qty > 0,
  );
}
