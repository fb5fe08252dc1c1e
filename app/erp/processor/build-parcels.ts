import { fromMinor } from "#app/lib/money.ts";
import type { OrderSnapshot } from "#app/shopify/codecs/merge-order-slots.ts";
import type { ParcelLineRow, ParcelRow } from "#app/erp/orders/order-rows.ts";
import type { ShippedQuantities } from "./determine-shipped-quantities.ts";

/** The parcels of both sides, what is in them, and what each label says to collect. */
export function buildParcels(
  shop: string,
  order: OrderSnapshot,
  shipped: ShippedQuantities,
  collectMinor: ReadonlyMap<string, number>,
): { parcels: ParcelRow[]; parcelLines: ParcelLineRow[] } {
  const parcelLines: ParcelLineRow[] = [];
  const parcels = shipped.parcels.map((parcel): ParcelRow => {
    const { id, erp, fulfillments, lines } = parcel;
    for (const { lineId, qty } of lines ?? [])
      parcelLines.push({ shop, shopifyOrderId: order.id, parcelId: id, shopifyLineId: lineId, qty });
    const [fulfillment] = fulfillments;
    const info = fulfillment?.tracking[0];
    return {
      shop,
      shopifyOrderId: order.id,
      id,
      shopifyFulfillmentId: fulfillment?.id ?? erp?.fulfillmentId ?? null,
      name: fulfillment?.name ?? null,
      awbNumber: erp?.awbNumber ?? info?.number ?? null,
      courier: erp?.courier ?? info?.company ?? null,
      trackingUrl: erp?.trackingUrl ?? info?.url ?? null,
      state: parcel.state,
      origin: parcel.origin,
      locationId: fulfillment?.locationId ?? erp?.locationId ?? null,
      linesKnown: lines !== null,
      amountToCollect: fromMinor(collectMinor.get(id) ?? 0, order.presentmentCurrency),
      handedOverAt: parcel.handedOverAt,
      deliveredAt: parcel.deliveredAt,
      newsAt: parcel.newsAt,
    };
  });
  return { parcels, parcelLines };
}
