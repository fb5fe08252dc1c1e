/** A parcel that did not leave after all. */
import { stateOfErpParcel } from "#app/erp/parcels/parcel-state.ts";
import type { NewFact } from "#app/erp/facts/new-fact.ts";
import { isLive } from "#app/erp/parcels/gather-parcels.ts";
import type { ShippedParcel } from "#app/erp/processor/determine-shipped-quantities.ts";
import { hasMoved } from "#app/shopify/codecs/merge-fulfillments.ts";
import { refuse, type ActionDecision } from "./action-outcome.ts";
import { withFacts, type ActionState } from "./action-state.ts";
import { findParcel, parcelName } from "./find-parcel.ts";
import { openMovedBy } from "./hand-over.ts";
import { withLabel } from "./label-facts.ts";
import type { OrderAction } from "./order-action.ts";
import { linesNow, unitsByLine } from "./order-units.ts";
import { reachQuantities } from "./reach-quantities.ts";

/** Only as long as nobody has said anything of the parcel since it was handed over; its goods are packed again. */
export function decideTakeBack(
  state: ActionState,
  { parcelId }: Extract<OrderAction, { action: "take_back" }>,
): ActionDecision {
  const found = findParcel(state, parcelId);
  if ("refused" in found) return found;
  const { parcel } = found;
  const name = parcelName(parcel);
  if (parcel.withoutCarrier)
    return refuse(
      `${name} was given to the customer without a carrier`,
      "Open a return for what comes back.",
    );
  if (hasNews(state, parcel))
    return refuse(
      `${name} is on its way: there is news of it since it was handed over`,
      "If it comes back, start an RTO for it; if it has come back, receive it.",
    );
  if (isPaidFor(state, parcel))
    return refuse(
      `${name} was paid for: its courier has paid out what it collected`,
      "Mark it delivered, and open a return if the goods come back. If the money is another parcel's, settle that with the courier.",
    );
  const units = parcel.lines;
  if (units === null)
    return refuse(
      `Shopify has not said yet what is in ${name}`,
      "Wait for the order to be read again from Shopify, or cancel the fulfilment there.",
    );

  const facts = takenBackFacts(state, parcel);
  const after = withFacts(state, facts);
  const unclear = openMovedBy(state, after, units, 1);
  if (unclear) return unclear;
  return {
    facts: withLabel(state, facts),
    intents: parcel.cancelledInShopify
      ? []
      : [
          {
            ...{ kind: "fulfillmentCancel", entity: "order", entityId: state.order.id },
            payload: { parcelId: parcel.id },
          },
        ],
    words: `${name} taken back`,
  };
}

function takenBackFacts(state: ActionState, { id, erp, fulfillments }: ShippedParcel): NewFact[] {
  const ofParcel = { lineId: null, parcelId: id, qty: null };
  const facts: NewFact[] = [
    // Which of Shopify's fulfilments it was, for whoever cancels it there: the parcel itself is gone.
    ...fulfillments
      .filter((one) => isLive(one) && erp !== null && erp.lines.length > 0 && erp.fulfillmentId !== one.id)
      .map((one) => ({ ...ofParcel, kind: "parcel_linked", details: { fulfillmentId: one.id } })),
    {
      ...{ ...ofParcel, kind: "taken_back" },
      details: {
        fulfillmentIds: [
          ...new Set([
            ...fulfillments.map((one) => one.id),
            ...(erp?.fulfillmentId ? [erp.fulfillmentId] : []),
            ...(erp?.moreFulfillmentIds ?? []),
          ]),
        ],
      },
    },
  ];
  const units = unitsByLine(erp?.lines ?? []);
  for (const line of linesNow(state)) {
    const qty = units.get(line.lineId);
    if (qty === undefined) continue;
    facts.push(
      // "unnamed" is how a parcel is called that was handed over without an id.
      {
        kind: "handed_over",
        lineId: line.lineId,
        parcelId: id === "unnamed" ? null : id,
        qty: -qty,
        details: {},
      },
      ...reachQuantities(line, line.own.handedOver - qty, {
        allocatedQty: line.allocatedQty + qty,
        pickedQty: line.pickedQty + qty,
        packedQty: line.packedQty + qty,
      }),
    );
  }
  return facts;
}

/** Who pays out what was collected for a parcel says that it arrived. */
function isPaidFor({ facts }: ActionState, { aliases }: ShippedParcel): boolean {
  return facts.receipts.some(({ parcelId }) => parcelId !== null && aliases.includes(parcelId));
}

function hasNews({ order }: ActionState, { erp, told, fulfillments }: ShippedParcel): boolean {
  return (
    !["created", "handed_over"].includes(told) ||
    (erp !== null && stateOfErpParcel(erp) !== null) ||
    fulfillments.some((one) => hasMoved(one) || order.movedFulfillments.includes(one.id))
  );
}
