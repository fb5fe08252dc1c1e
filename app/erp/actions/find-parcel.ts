import { normaliseAwb } from "#app/erp/parcels/normalise-awb.ts";
import type { ShippedParcel } from "#app/erp/processor/determine-shipped-quantities.ts";
import { refuse } from "./action-outcome.ts";
import type { ActionState } from "./action-state.ts";
import type { RefusedAction } from "./order-action.ts";

/** The parcel by any of its ids, the ERP's or those of its fulfilments; one that is not on its way to anybody is refused. */
export function findParcel(
  { quantities }: ActionState,
  parcelId: string,
): { parcel: ShippedParcel } | { refused: RefusedAction } {
  const parcel = quantities.shipped.parcels.find(({ aliases }) => aliases.includes(parcelId));
  if (parcel === undefined)
    return refuse(
      `This order has no parcel ${parcelId}`,
      "Look at the order's parcels again: it may have been taken back.",
    );
  if (!parcel.left)
    return refuse(
      `${parcelName(parcel)} never left`,
      "Look at the order's parcels again, and name one that did.",
    );
  return { parcel };
}

/** "Parcel AWB 123", for people. */
export function parcelName({ id, erp, fulfillments }: ShippedParcel): string {
  const awb = erp?.awbNumber ?? fulfillments[0]?.tracking[0]?.number ?? null;
  return awb === null ? `Parcel ${id}` : `Parcel ${awb}`;
}

/** Two boxes of one order with one AWB could not be told apart, here or in Shopify. */
export function awbUsed(
  { quantities }: ActionState,
  awbNumber: string | undefined,
  except?: string,
): { refused: RefusedAction } | null {
  const awb = normaliseAwb(awbNumber ?? null);
  if (awb === null) return null;
  const isUsed = quantities.shipped.parcels.some(
    ({ id, left, erp, fulfillments }) =>
      left &&
      id !== except &&
      [
        erp?.awbNumber ?? null,
        ...fulfillments.flatMap(({ tracking }) => tracking.map(({ number }) => number)),
      ].some((one) => normaliseAwb(one) === awb),
  );
  if (!isUsed) return null;
  return refuse(
    `Another parcel of this order has the AWB ${awbNumber ?? ""} already`,
    "Give this parcel the AWB on its own label, or leave it out and add it later.",
  );
}
