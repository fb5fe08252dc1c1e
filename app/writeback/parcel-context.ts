import type { ActionState } from "#app/erp/actions/action-state.ts";
import { lineName } from "#app/erp/orders/line-name.ts";
import { normaliseAwb } from "#app/erp/parcels/normalise-awb.ts";
import type { GatheredParcel } from "#app/erp/parcels/gather-parcels.ts";
import type { Progress, SentTracking } from "./plan.ts";

/** A parcel as the ERP knows it, for telling it from others in what Shopify has. */
export type ParcelContext = {
  /** It is (still) a parcel that left: it was not taken back. */
  isStanding: boolean;
  /** The ERP said that it did not leave after all, and it stands no more. */
  isTakenBack: boolean;
  /** Fulfilments known to be this parcel. */
  fulfillmentIds: readonly string[];
  awbs: readonly string[];
  /** AWB, courier and link as the ERP has them now; null where it has none of its own. */
  tracking: SentTracking | null;
  /** What belongs to other parcels of the ERP's. */
  others: { fulfillmentIds: ReadonlySet<string>; awbs: ReadonlySet<string> };
  /** Line titles by id, for words. */
  titles: ReadonlyMap<string, string>;
};

/** What the ERP knows of one parcel and of the order's other ones. */
export function parcelContextOf(state: ActionState, parcelId: string, progress: Progress): ParcelContext {
  const { parcels } = state.quantities.shipped;
  const own = parcels.find(({ aliases }) => aliases.includes(parcelId));
  const others = parcels.filter((one) => one !== own && one.origin === "erp");
  const isStanding = own?.left ?? false;
  const ownIds = own ? fulfillmentIdsOf(own) : [];
  const known = [...tiedByFacts(factsOf(state, parcelId)), ...(progress.fulfillmentIds ?? [])];
  // Also of those that were taken back: their fulfilments are cancelled, or are to be. An AWB that one had before is no tie to it.
  const ofOthers = tiedByFacts(
    state.factRows.filter((row) => row.parcelId !== parcelId && !own?.aliases.includes(row.parcelId ?? "")),
  ).filter((id) => !known.includes(id));
  return {
    isStanding,
    isTakenBack: !isStanding && factsOf(state, parcelId).some(({ kind }) => kind === "taken_back"),
    fulfillmentIds: [...new Set([...ownIds.filter((id) => !ofOthers.includes(id)), ...known])],
    awbs: own ? awbsOf(own) : [],
    tracking: own?.origin === "erp" ? trackingOf(own) : null,
    others: {
      fulfillmentIds: new Set([...others.flatMap(fulfillmentIdsOf), ...ofOthers]),
      awbs: new Set(others.flatMap(awbsOf)),
    },
    titles: titlesOf(state),
  };
}

/** Of a parcel that was taken back only the facts still know which fulfilments it was. */
function tiedByFacts(rows: ActionState["factRows"]): string[] {
  return rows
    .filter(({ kind }) => ["parcel_linked", "taken_back"].includes(kind))
    .flatMap(({ details }) => {
      const { fulfillmentId, fulfillmentIds = [] } = details as {
        fulfillmentId?: string;
        fulfillmentIds?: string[];
      };
      return fulfillmentId === undefined ? fulfillmentIds : [fulfillmentId];
    });
}

function factsOf({ factRows }: ActionState, parcelId: string): ActionState["factRows"] {
  return factRows.filter((row) => row.parcelId === parcelId);
}

export function titlesOf({ order }: Pick<ActionState, "order">): Map<string, string> {
  return new Map(order.lines.map((line) => [line.id, lineName(line)]));
}

function fulfillmentIdsOf({ aliases, id, origin }: GatheredParcel): string[] {
  return aliases.filter((alias) => origin === "shopify" || alias !== id);
}

function trackingOf({ erp }: GatheredParcel): SentTracking | null {
  if (erp === null) return null;
  const { awbNumber, courier, trackingUrl } = erp;
  return { awbNumber, courier, trackingUrl };
}

function awbsOf({ erp, fulfillments }: GatheredParcel): string[] {
  const numbers = [
    erp?.awbNumber ?? null,
    ...fulfillments.flatMap(({ tracking }) => tracking.map(({ number }) => number)),
  ];
  return numbers.flatMap((number) => normaliseAwb(number) ?? []);
}
