import { findApp } from "./app-records.ts";
import { COLLECTION_RECORDS } from "./collection-records.ts";
import { customerCount } from "./customer-blocks.ts";
import { buildCustomer, customerTimeMs } from "./customer-record.ts";
import { drawOrder } from "./draw-order.ts";
import {
  fulfillmentOrderCount,
  fulfillmentOrderIndex,
  fulfillmentOrderPlace,
} from "./fulfillment-order-places.ts";
import { findIdPlace, parseGid } from "./ids.ts";
import type { IdKind } from "./ids.ts";
import { buildInventoryItem } from "./inventory-records.ts";
import { LOCATION_RECORDS } from "./location-records.ts";
import { planOrder } from "./order-plan.ts";
import { buildOrder } from "./order-record.ts";
import { buildFulfillmentOrder } from "./parcel-records.ts";
import { productCount, planProduct, variantCount } from "./product-plan.ts";
import type { ProductPlan } from "./product-plan.ts";
import { buildProduct, productTimeAt } from "./product-record.ts";
import type { Find, RecordSource, RootSource } from "./record-source.ts";
import { buildShop } from "./shop-record.ts";
import type { StoreContext } from "./store-context.ts";
import { formatTime } from "./store-clock.ts";
import type { SimNode } from "./types.ts";
import { buildVariant } from "./variant-record.ts";

/** Children by the type in their gid: the kind of id, and whose child it is. */
const CHILDREN: Readonly<Record<string, readonly [kind: IdKind, rootField: string]>> = {
  LineItem: ["LineItem", "orders"],
  ShippingLine: ["ShippingLine", "orders"],
  Fulfillment: ["Fulfillment", "orders"],
  FulfillmentLineItem: ["FulfillmentLineItem", "orders"],
  FulfillmentEvent: ["FulfillmentEvent", "orders"],
  Refund: ["Refund", "orders"],
  RefundLineItem: ["RefundLineItem", "orders"],
  RefundShippingLine: ["RefundShippingLine", "orders"],
  OrderAdjustment: ["OrderAdjustment", "orders"],
  OrderTransaction: ["OrderTransaction", "orders"],
  Return: ["Return", "orders"],
  ReturnLineItem: ["ReturnLineItem", "orders"],
  ExchangeLineItem: ["ExchangeLineItem", "orders"],
  AdditionalFee: ["AdditionalFee", "orders"],
  Duty: ["Duty", "orders"],
  ProductOption: ["ProductOption", "products"],
  ProductOptionValue: ["ProductOptionValue", "products"],
  MediaImage: ["MediaImage", "products"],
};

function fixedRoot(type: string, records: readonly SimNode[]): RootSource {
  return {
    type,
    count: () => records.length,
    at: (index) => records[index] ?? missing(type, index),
    timeAt: (index, field) => {
      const time = records[index]?.[field];
      return typeof time === "string" ? time : null;
    },
    indexOf: (gid) => records.findIndex((record) => record.id === gid),
  };
}

function missing(type: string, index: number): never {
  throw new RangeError(`There is no ${type} number ${String(index)} in this store`);
}

/** The place of a root's gid among ids of a kind, or -1. */
function rootIndex(kind: IdKind, type: string, count: number): (gid: string) => number {
  return (gid) => {
    const parsed = parseGid(gid);
    const place = parsed?.type === type ? findIdPlace(kind, Number(parsed.number)) : null;
    return place !== null && place.i === 0 && place.n < count ? place.n : -1;
  };
}

/**
 * The store that follows from (orders, seed). Nothing is made before it is asked for; the only table
 * is the running count of variants by product (at most 2,000 numbers).
 */
export function seedSource(
  options: { orders: number; seed: number },
  domain: string,
  find: Find,
): RecordSource {
  const { orders, seed } = options;
  const products = productCount(orders);
  const context: StoreContext = { seed, orders, products, customers: customerCount(orders), domain, find };
  const plans: ProductPlan[] = [];
  const planOf = (p: number): ProductPlan => (plans[p] ??= planProduct(seed, p, products));
  const firstVariant: number[] = [0];
  for (let p = 0; p < products; p++) firstVariant.push((firstVariant[p] ?? 0) + variantCount(seed, p));
  const variants = firstVariant[products] ?? 0;

  const variantAt = (index: number): { plan: ProductPlan; i: number } => {
    let low = 0;
    let high = products - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((firstVariant[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return { plan: planOf(low), i: index - (firstVariant[low] ?? 0) };
  };
  const variantIndex =
    (kind: "ProductVariant" | "InventoryItem") =>
    (gid: string): number => {
      const parsed = parseGid(gid);
      const place = parsed?.type === kind ? findIdPlace(kind, Number(parsed.number)) : null;
      if (place === null || place.n >= products || place.i >= planOf(place.n).variants) return -1;
      return (firstVariant[place.n] ?? 0) + place.i;
    };
  const variantRoot = (type: "ProductVariant" | "InventoryItem", build: typeof buildVariant): RootSource => ({
    type,
    count: () => variants,
    at: (index) => {
      const { plan, i } = variantAt(index);
      return build(context, plan, i);
    },
    timeAt: (index, field) => productTimeAt(context, variantAt(index).plan.p, field),
    indexOf: variantIndex(type),
  });
  const orderTimeAt = (n: number, field: "createdAt" | "updatedAt"): string => {
    const plan = planOrder(seed, n, orders);
    return formatTime(field === "createdAt" ? plan.createdMs : plan.updatedMs);
  };

  const roots = new Map<string, RootSource>([
    [
      "orders",
      {
        type: "Order",
        count: () => orders,
        at: (n) =>
          n < orders ? buildOrder(drawOrder(context, n, planOf), domain, find) : missing("Order", n),
        timeAt: orderTimeAt,
        indexOf: rootIndex("Order", "Order", orders),
      },
    ],
    [
      "products",
      {
        type: "Product",
        count: () => products,
        at: (p) => (p < products ? buildProduct(context, planOf(p)) : missing("Product", p)),
        timeAt: (p, field) => productTimeAt(context, p, field),
        indexOf: rootIndex("Product", "Product", products),
      },
    ],
    [
      "customers",
      {
        type: "Customer",
        count: () => context.customers,
        at: (c) => (c < context.customers ? buildCustomer(context, c) : missing("Customer", c)),
        timeAt: (c, field) => formatTime(customerTimeMs(context, c, field)),
        indexOf: rootIndex("Customer", "Customer", context.customers),
      },
    ],
    [
      "fulfillmentOrders",
      {
        type: "FulfillmentOrder",
        count: () => fulfillmentOrderCount(orders),
        at: (index) => {
          const { order, part } = fulfillmentOrderPlace(index);
          const draft = drawOrder(context, order, planOf);
          const one = draft.fulfillmentOrders[part];
          return one ? buildFulfillmentOrder(draft, one, find) : missing("FulfillmentOrder", index);
        },
        timeAt: (index, field) => orderTimeAt(fulfillmentOrderPlace(index).order, field),
        indexOf: (gid) => {
          const parsed = parseGid(gid);
          const place =
            parsed?.type === "FulfillmentOrder"
              ? findIdPlace("FulfillmentOrder", Number(parsed.number))
              : null;
          return place !== null && place.n < orders ? fulfillmentOrderIndex(place.n, place.i) : -1;
        },
      },
    ],
    ["productVariants", variantRoot("ProductVariant", buildVariant)],
    ["inventoryItems", variantRoot("InventoryItem", buildInventoryItem)],
    ["locations", fixedRoot("Location", LOCATION_RECORDS)],
    ["collections", fixedRoot("Collection", COLLECTION_RECORDS)],
  ]);
  return {
    domain,
    shop: buildShop(domain),
    roots,
    parentOf: (gid) => parentOf(gid, roots),
    other: findApp,
    draftOf: (n) => drawOrder(context, n, planOf),
    isVerbatim: false,
    lastOrderNumber: 1_000 + orders,
  };
}

function parentOf(
  gid: string,
  roots: ReadonlyMap<string, RootSource>,
): { rootField: string; index: number } | null {
  const parsed = parseGid(gid);
  if (parsed === null) return null;
  const number = Number(parsed.number);
  const within = (kind: IdKind, rootField: string): { rootField: string; index: number } | null => {
    const place = findIdPlace(kind, number);
    return place !== null && place.n < (roots.get(rootField)?.count() ?? 0)
      ? { rootField, index: place.n }
      : null;
  };
  if (parsed.type === "MailingAddress") {
    return within("OrderAddress", "orders") ?? within("CustomerAddress", "customers");
  }
  if (
    parsed.type === "FulfillmentOrderLineItem" ||
    parsed.type === "FulfillmentHold" ||
    parsed.type === "DeliveryMethod"
  ) {
    const place = findIdPlace(parsed.type, number);
    const isLine = parsed.type === "FulfillmentOrderLineItem";
    const part = isLine ? Math.floor((place?.i ?? 0) / 32) : (place?.i ?? 0);
    const index = place === null ? -1 : fulfillmentOrderIndex(place.n, part);
    if (index < 0 || index >= (roots.get("fulfillmentOrders")?.count() ?? 0)) return null;
    return { rootField: "fulfillmentOrders", index };
  }
  const [kind, rootField] = CHILDREN[parsed.type] ?? [];
  return kind === undefined || rootField === undefined ? null : within(kind, rootField);
}
