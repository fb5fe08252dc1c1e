/** What became of a parcel that left. */
import type { ParcelState } from "#app/erp/parcels/parcel-state.ts";
import type { IntentPayload } from "#app/outbox/outbox-intent.ts";
import type { NewFact } from "#app/erp/facts/new-fact.ts";
import { refuse, type ActionDecision } from "./action-outcome.ts";
import type { ActionState } from "./action-state.ts";
import { findParcel, parcelName } from "./find-parcel.ts";
import type { OrderAction, RefusedAction } from "./order-action.ts";
import { linesNow, unitsByLine } from "./order-units.ts";
import { reachQuantities } from "./reach-quantities.ts";

export const wayActions = ["deliver", "lose", "initiate_rto", "receive_rto"] as const;
export type WayAction = (typeof wayActions)[number];

/** By action: the fact it is, what Shopify is told, and the states a parcel cannot have, each with why and what else to do. */
const ways: Readonly<
  Record<
    WayAction,
    {
      fact: string;
      event: IntentPayload<"fulfillmentEvent">["status"];
      done: string;
      not: Partial<Record<ParcelState, [why: string, next: string]>>;
    }
  >
> = {
  deliver: {
    ...{ fact: "delivered", event: "DELIVERED", done: "delivered" },
    not: {
      delivered: ["was delivered already", "Nothing is to be done; open a return if goods come back."],
      rto_received: ["has come back", "Pack the goods again and hand them over as a new parcel."],
    },
  },
  lose: {
    ...{ fact: "lost", event: "FAILURE", done: "lost on the way" },
    not: {
      delivered: [
        "was delivered",
        "If the customer does not have it, settle that with the courier; open a return for what comes back.",
      ],
      rto_received: ["has come back", "Close its case as lost or damaged if the goods cannot be sold."],
      lost: ["is lost already", "Receive it if it turns up, or mark it delivered."],
    },
  },
  initiate_rto: {
    ...{ fact: "rto_initiated", event: "FAILURE", done: "on its way back" },
    not: {
      delivered: ["was delivered", "Open a return for the goods that come back."],
      rto_initiated: ["is on its way back already", "Receive it when it arrives."],
      rto_received: ["has come back already", "Close its case: restocked, damaged or lost."],
    },
  },
  receive_rto: {
    ...{ fact: "rto_received", event: "FAILURE", done: "received back undelivered" },
    not: {
      delivered: ["was delivered", "Open a return for the goods, then receive that."],
      rto_received: ["has been received back already", "Close its case: restocked, damaged or lost."],
    },
  },
};

/** Whether that can be said of the parcel. */
export function wayOf(
  state: ActionState,
  action: WayAction,
  parcelId: string,
): { refused: RefusedAction } | null {
  const found = findParcel(state, parcelId);
  if ("refused" in found) return found;
  const no = ways[action].not[found.parcel.state];
  if (!no) return null;
  const isOver =
    found.parcel.state === "rto_received" && action !== "deliver" && isCaseClosed(state, found.parcel.id);
  return refuse(
    `${parcelName(found.parcel)} ${no[0]}`,
    isOver ? "Nothing is to be done: its case is closed." : no[1],
  );
}

/** Whether it was said what became of the goods of a parcel that came back. */
function isCaseClosed({ cases }: ActionState, parcelId: string): boolean {
  return cases.some(
    ({ kind, parcelId: of, closedAt }) => kind === "rto" && of === parcelId && closedAt !== null,
  );
}

export function decideWay(
  state: ActionState,
  action: Extract<OrderAction, { action: WayAction }>,
): ActionDecision {
  const no = wayOf(state, action.action, action.parcelId);
  if (no) return no;
  const found = findParcel(state, action.parcelId);
  if ("refused" in found) return found;
  const { parcel } = found;
  const { fact, event, done } = ways[action.action];
  const reason = action.action === "initiate_rto" ? action.reason : undefined;
  const facts: NewFact[] = [
    {
      kind: fact,
      lineId: null,
      parcelId: parcel.id,
      qty: null,
      details: reason === undefined ? {} : { reason },
    },
  ];
  if (action.action === "receive_rto") facts.push(...nothingReadied(state, parcel.lines ?? []));
  // Its failure was told when it was known, by us or by the carrier.
  const isTold = event === "FAILURE" && (parcel.state === "rto_initiated" || parcel.state === "lost");
  return {
    facts,
    intents:
      isTold || parcel.cancelledInShopify
        ? []
        : [
            {
              ...{ kind: "fulfillmentEvent", entity: "order", entityId: state.order.id },
              payload: { parcelId: parcel.id, status: event, happenedAt: state.rules.now.toISOString() },
            },
          ],
    words: `${parcelName(parcel)} ${done}`,
  };
}

/** Goods that come back are open again: what was once readied for them here, and went another way, is not ready now. */
function nothingReadied(state: ActionState, units: readonly { lineId: string; qty: number }[]): NewFact[] {
  const back = unitsByLine(units);
  return linesNow(state).flatMap((line) =>
    back.has(line.lineId) ? reachQuantities(line, line.own.handedOver, line) : [],
  );
}
