import { fromMinor } from "#app/lib/money.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import { apportion } from "#app/erp/orders/apportion.ts";
import type { ParcelLineRow, ParcelRow } from "#app/erp/orders/order-rows.ts";
import { parcelState } from "#app/erp/parcels/parcel-state.ts";
import { lineTotal } from "./build-order-charges.ts";
import type { ShippedQuantities } from "./determine-shipped-quantities.ts";

/** The parcels Shopify knows of, what is in them, and what each label says to collect (to the exact sum). */
export function buildParcels(
  shop: string,
  order: OrderSnapshot,
  shipped: ShippedQuantities,
  collectMinor: number,
): { parcels: ParcelRow[]; parcelLines: ParcelLineRow[] } {
  const collecting = order.fulfillments.filter((fulfillment) => parcelState(fulfillment) !== "cancelled");
  const shares = apportion(
    collectMinor,
    collecting.map((fulfillment) => parcelValue(order, shipped.linesOf.get(fulfillment.id) ?? [])),
  );
  const collectOf = new Map(collecting.map((fulfillment, i) => [fulfillment.id, shares[i] ?? 0]));
  const parcelLines: ParcelLineRow[] = [];
  const parcels = order.fulfillments.map((fulfillment): ParcelRow => {
    const held = shipped.linesOf.get(fulfillment.id) ?? fulfillment.lines ?? null;
    for (const { lineId, qty } of held ?? [])
      parcelLines.push({
        shop,
        shopifyOrderId: order.id,
        parcelId: fulfillment.id,
        shopifyLineId: lineId,
        qty,
      });
    const info = fulfillment.tracking[0];
    return {
      shop,
      shopifyOrderId: order.id,
      id: fulfillment.id,
      shopifyFulfillmentId: fulfillment.id,
      name: fulfillment.name,
      awbNumber: info?.number ?? null,
      courier: info?.company ?? null,
      trackingUrl: info?.url ?? null,
      state: parcelState(fulfillment),
      origin: "shopify",
      locationId: fulfillment.locationId,
      linesKnown: held !== null,
      amountToCollect: fromMinor(collectOf.get(fulfillment.id) ?? 0, order.presentmentCurrency),
      handedOverAt: fulfillment.createdAt,
      deliveredAt: fulfillment.deliveredAt,
    };
  });
  return { parcels, parcelLines };
}

/** Worth of a parcel's goods in minor units: what its share of the money to collect is measured by. */
function parcelValue(order: OrderSnapshot, held: readonly { lineId: string; qty: number }[]): number {
  let value = 0;
  for (const { lineId, qty } of held) {
    const line = order.lines.find(({ id }) => id === lineId);
    if (line && line.qty > 0) value += Math.round((lineTotal(line).presentment * qty) / line.qty);
  }
  return Math.max(0, value);
}
