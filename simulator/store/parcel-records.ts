import { partsOf } from "./draw-parcels.ts";
import { buildLineItem } from "./line-item-record.ts";
import { legacyId } from "./ids.ts";
import { LOCATIONS } from "./location-records.ts";
import { moneyBag, portionMoney, timesMoney } from "./money.ts";
import type { DraftFulfillment, DraftFulfillmentOrder, OrderDraft } from "./order-draft.ts";
import { lineNet } from "./order-totals.ts";
import { formatTime, formatTimeOrNull } from "./store-clock.ts";
import type { SimNode } from "./types.ts";

type Find = (gid: string) => SimNode | null;

const SERVICE = {
  id: "gid://shopify/FulfillmentService/manual",
  handle: "manual",
  serviceName: "Manual",
  type: "MANUAL",
  inventoryManagement: false,
  trackingSupport: false,
};

function placeOf(location: number): (typeof LOCATIONS)[number] {
  return LOCATIONS[location] ?? LOCATIONS[0];
}

export function buildFulfillment(draft: OrderDraft, parcel: DraftFulfillment, find: Find): SimNode {
  return {
    __typename: "Fulfillment",
    id: parcel.gid,
    legacyResourceId: legacyId(parcel.gid),
    name: parcel.name,
    status: parcel.status,
    displayStatus: parcel.displayStatus,
    createdAt: formatTime(parcel.createdMs),
    updatedAt: formatTime(parcel.updatedMs),
    deliveredAt: formatTimeOrNull(parcel.deliveredMs),
    inTransitAt: formatTimeOrNull(parcel.inTransitMs),
    estimatedDeliveryAt: formatTimeOrNull(parcel.estimatedMs),
    requiresShipping: parcel.lines.some((one) => draft.lines[one.line]?.requiresShipping),
    totalQuantity: parcel.lines.reduce((sum, one) => sum + one.quantity, 0),
    location: () => find(placeOf(parcel.location).id),
    service: SERVICE,
    trackingInfo: parcel.tracking === null ? [] : [{ ...parcel.tracking }],
    order: () => find(draft.gid),
    fulfillmentOrders: () =>
      partsOf(parcel).flatMap((part) => find(draft.fulfillmentOrders[part]?.gid ?? "") ?? []),
    fulfillmentLineItems: parcel.lines.flatMap((one): SimNode[] => {
      const line = draft.lines[one.line];
      if (!line) return [];
      return [
        {
          __typename: "FulfillmentLineItem",
          id: one.gid,
          quantity: one.quantity,
          lineItem: () => buildLineItem(draft, line, find),
          originalTotalSet: () => moneyBag(timesMoney(line.unitPrice, one.quantity), draft.currency),
          discountedTotalSet: () =>
            moneyBag(portionMoney(lineNet(line), one.quantity, line.quantity), draft.currency),
        },
      ];
    }),
    events: parcel.events.map((event): SimNode => ({
      __typename: "FulfillmentEvent",
      id: event.gid,
      status: event.status,
      happenedAt: formatTime(event.atMs),
      createdAt: formatTime(event.createdMs ?? event.atMs),
      message: null,
      city: null,
      province: null,
      country: null,
      zip: null,
      address1: null,
      latitude: null,
      longitude: null,
      estimatedDeliveryAt: null,
      ...event.details,
    })),
  };
}

const ACTIONS: Partial<Record<DraftFulfillmentOrder["status"], string[]>> = {
  OPEN: ["CREATE_FULFILLMENT", "HOLD", "MOVE", "SPLIT"],
  IN_PROGRESS: ["CREATE_FULFILLMENT", "HOLD", "MOVE", "REPORT_PROGRESS"],
  ON_HOLD: ["RELEASE_HOLD"],
};

export function buildFulfillmentOrder(draft: OrderDraft, order: DraftFulfillmentOrder, find: Find): SimNode {
  const place = placeOf(order.location);
  const to = draft.shipping?.address ?? null;
  const part = draft.fulfillmentOrders.indexOf(order);
  return {
    __typename: "FulfillmentOrder",
    id: order.gid,
    status: order.status,
    requestStatus: order.requestStatus,
    orderId: draft.gid,
    orderName: draft.name,
    orderProcessedAt: formatTime(draft.processedMs),
    createdAt: formatTime(draft.createdMs),
    updatedAt: formatTime(draft.updatedMs),
    fulfillAt: formatTime(Math.floor(draft.createdMs / 3_600_000) * 3_600_000),
    fulfillBy: null,
    channelId: null,
    order: () => find(draft.gid),
    assignedLocation: {
      name: place.name,
      address1: place.address1,
      address2: null,
      city: place.city,
      province: place.province,
      zip: place.zip,
      phone: "",
      countryCode: "IN",
      location: () => find(place.id),
    },
    destination:
      to === null
        ? null
        : {
            id: order.gid.replace("FulfillmentOrder", "FulfillmentOrderDestination"),
            firstName: to.firstName,
            lastName: to.lastName,
            company: to.company,
            address1: to.address1,
            address2: to.address2,
            city: to.city,
            province: to.province,
            zip: to.zip,
            countryCode: to.countryCodeV2,
            phone: to.phone,
            email: draft.email,
            location: null,
          },
    deliveryMethod: {
      __typename: "DeliveryMethod",
      id: order.method.gid,
      methodType: order.method.type,
      presentedName: draft.shippingLines[0]?.title ?? null,
      serviceCode: draft.shippingLines[0]?.code ?? null,
      sourceReference: null,
      minDeliveryDateTime: null,
      maxDeliveryDateTime: null,
      additionalInformation: null,
      brandedPromise: null,
    },
    supportedActions: (ACTIONS[order.status] ?? []).map((action) => ({ action, externalUrl: null })),
    fulfillmentHolds: order.holds.map((hold) => ({
      __typename: "FulfillmentHold",
      id: hold.gid,
      reason: hold.reason,
      reasonNotes: hold.notes,
      displayReason: hold.displayReason,
      handle: null,
      heldByRequestingApp: false,
      heldByApp: null,
    })),
    lineItems: order.lines.flatMap((one): SimNode[] => {
      const line = draft.lines[one.line];
      if (!line) return [];
      return [
        {
          __typename: "FulfillmentOrderLineItem",
          id: one.gid,
          totalQuantity: one.total,
          remainingQuantity: one.remaining,
          sku: line.sku,
          productTitle: line.title,
          variantTitle: line.variantTitle,
          vendor: line.vendor,
          requiresShipping: line.requiresShipping,
          weight: { value: line.grams, unit: "GRAMS" },
          warnings: [],
          originalUnitPriceSet: moneyBag(line.unitPrice, draft.currency),
          inventoryItemId: () => inventoryItemId(line.variantGid, find),
          lineItem: () => buildLineItem(draft, line, find),
          variant: line.variantGid === null ? null : () => find(line.variantGid ?? ""),
        },
      ];
    }),
    fulfillments: draft.fulfillments
      .filter((parcel) => partsOf(parcel).includes(part))
      .map((parcel) => buildFulfillment(draft, parcel, find)),
  };
}

function inventoryItemId(variantGid: string | null, find: Find): string | null {
  const item = variantGid === null ? null : find(variantGid)?.["inventoryItem"];
  const record = typeof item === "function" ? item({}) : item;
  return record !== null && typeof record === "object" && "id" in record && typeof record.id === "string"
    ? record.id
    : null;
}
