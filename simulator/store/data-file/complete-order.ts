import { gidOf, legacyId, orderAddressGid } from "../ids.ts";
import { currencyPair, NO_MONEY } from "../money.ts";
import type { OrderDraft } from "../order-draft.ts";
import { buildOrder } from "../order-record.ts";
import { computeCharges } from "../order-totals.ts";
import { buildFulfillmentOrder } from "../parcel-records.ts";
import type { SimNode, SimValue } from "../types.ts";
import type { FileCatalogue } from "./file-catalogue.ts";
import { defaultTimeMs, readAddress } from "./file-context.ts";
import type { FileContext } from "./file-context.ts";
import type { JsonReader } from "./json-reader.ts";
import { readLines, readShippingLines } from "./read-order-lines.ts";
import type { OrderReading } from "./read-order-lines.ts";
import { readPayments } from "./read-order-payments.ts";
import { applyQuantities, openFulfillmentOrder, readParcels, readRefunds } from "./read-order-parcels.ts";
import { standVerbatim } from "./stand-verbatim.ts";

export type CompletedOrder = { order: SimNode; fulfillmentOrder: SimNode; draft: OrderDraft };

/** Fields read by their own rules; everything else an order node says stands as written. */
const ORDER_RULES = [
  "lineItems",
  "shippingLines",
  "shipping",
  "transactions",
  "fulfillments",
  "refunds",
  "customer",
  "customerId",
  "billingAddress",
  "shippingAddress",
  "discount",
  "gateway",
  "tip",
  "additionalFees",
  "taxRate",
  "createdAt",
  "updatedAt",
  "processedAt",
  "closedAt",
  "cancelledAt",
  "retailLocation",
  "retailLocationId",
  "currencyCode",
  "presentmentCurrencyCode",
];
const LINE_RULES = [
  "variant",
  "variantId",
  "product",
  "productId",
  "discount",
  "discountCode",
  "discountAllocations",
  "taxLines",
  "taxRate",
  "price",
  "isTip",
];
const SHIPPING_RULES = ["price", "discount", "discountCode", "discountAllocations", "taxLines", "taxRate"];
const PARCEL_RULES = [
  "fulfillmentLineItems",
  "lineItems",
  "trackingInfo",
  "createdAt",
  "updatedAt",
  "deliveredAt",
  "inTransitAt",
];
const TRANSACTION_RULES = ["amount", "createdAt", "processedAt", "parentTransaction"];
const REFUND_RULES = ["refundLineItems", "amount", "shipping", "transactions", "createdAt"];

/** Order `n` of the file: its facts read, everything else computed, and what was written laid on top. */
export function completeOrder(
  context: FileContext,
  catalogue: FileCatalogue,
  reader: JsonReader,
  n: number,
  count: number,
  customerGid: string | null,
): CompletedOrder {
  const currency = reader.text("currencyCode") ?? context.currency;
  const pair = currencyPair(currency, reader.text("presentmentCurrencyCode") ?? currency);
  const taxesIncluded = reader.boolean("taxesIncluded") ?? context.taxesIncluded;
  const reading: OrderReading = { context, catalogue, n, pair, taxesIncluded, applications: [] };
  const createdMs = reader.time("createdAt") ?? defaultTimeMs(n, count);
  const cancelledMs = reader.time("cancelledAt") ?? null;
  const name = reader.text("name") ?? `#${String(1001 + n)}`;
  const address = (field: string, i: number): OrderDraft["billing"] => {
    const given = reader.object(field);
    return given ? { gid: given.text("id") ?? orderAddressGid(n, i), address: readAddress(given) } : null;
  };
  const location = reader.object("retailLocation");
  const lines = readLines(reading, reader);
  const shipping = readShippingLines(reading, reader);
  const draft: OrderDraft = {
    gid: context.ids.take(reader, "Order", gidOf("Order", n)),
    number: Number(/\d+/.exec(name)?.[0] ?? 1001 + n),
    name,
    createdMs,
    processedMs: reader.time("processedAt") ?? createdMs,
    updatedMs: reader.time("updatedAt") ?? Math.max(createdMs, cancelledMs ?? 0),
    closedMs: reader.time("closedAt") ?? null,
    cancelledMs,
    cancelReason: cancelledMs === null ? null : (reader.text("cancelReason") ?? "OTHER"),
    currency: pair,
    taxesIncluded,
    test: reader.boolean("test") ?? false,
    edited: reader.boolean("edited") ?? false,
    note: reader.text("note") ?? null,
    tags: reader.texts("tags") ?? [],
    email: reader.text("email") ?? null,
    phone: reader.text("phone") ?? null,
    poNumber: null,
    customerLocale: "en-IN",
    sourceName: reader.text("sourceName") ?? "web",
    sourceIdentifier: null,
    app: null,
    retailLocationGid:
      context.ids.read(reader, "Location", "retailLocationId") ??
      (location ? context.ids.read(location, "Location") : undefined) ??
      null,
    attributes: [],
    customerGid,
    billing: address("billingAddress", 0),
    shipping: address("shippingAddress", 1),
    applications: reading.applications,
    lines,
    shippingLines: shipping.lines,
    additionalFees: (reader.list("additionalFees") ?? []).map((fee, i) => ({
      gid: context.ids.take(fee, "AdditionalFee", gidOf("AdditionalFee", n, i)),
      name: fee.text("name") ?? "Additional fee",
      amount: fee.money(pair, "priceSet", "price") ?? NO_MONEY,
      refunded: false,
    })),
    transactions: [],
    fulfillmentOrders: [],
    fulfillments: [],
    refunds: [],
    returns: [],
    cashRounding: NO_MONEY,
  };
  draft.fulfillmentOrders = [openFulfillmentOrder(reading, draft)];
  readPayments(reading, reader, draft, computeCharges(draft).total);
  const parcels = readParcels(reading, reader, draft);
  const refunds = readRefunds(reading, reader, draft);
  applyQuantities(reader, draft);
  if (!reader.has("updatedAt")) {
    const times = [
      ...draft.fulfillments.map((one) => one.updatedMs),
      ...draft.refunds.map((one) => one.createdMs),
      ...draft.transactions.map((one) => one.timeMs),
    ];
    draft.updatedMs = Math.max(draft.updatedMs, ...times);
  }

  const order = standVerbatim(buildOrder(draft, context.domain, context.find), reader, pair, ORDER_RULES);
  const laid = (
    field: string,
    readers: readonly (JsonReader | null)[],
    skip: readonly string[],
  ): SimNode[] => {
    const value = order[field];
    const built = (typeof value === "function" ? value({}) : value) as readonly SimNode[];
    return built.map((one, i) => {
      const own = readers[i];
      return own ? standVerbatim(one, own, pair, skip) : one;
    });
  };
  const lineReaders = reader.list("lineItems") ?? [];
  return {
    order: {
      ...order,
      lineItems: laid("lineItems", lineReaders, LINE_RULES).map((line, i) => ({
        ...line,
        ...strangers(draft, i, catalogue),
      })),
      shippingLines: laid("shippingLines", shipping.readers, SHIPPING_RULES),
      transactions: laid("transactions", reader.list("transactions") ?? [], TRANSACTION_RULES),
      fulfillments: laid("fulfillments", parcels, PARCEL_RULES),
      refunds: laid("refunds", refunds, REFUND_RULES),
    },
    fulfillmentOrder:
      draft.fulfillmentOrders.map((one) => buildFulfillmentOrder(draft, one, context.find))[0] ??
      neverEmpty(),
    draft,
  };
}

function neverEmpty(): never {
  throw new Error("An order of a data file always has one fulfilment order");
}

/** A variant or product that no product of the file has still is what Shopify says the line is of. */
function strangers(draft: OrderDraft, i: number, catalogue: FileCatalogue): Record<string, SimValue> {
  const line = draft.lines[i];
  const fields: Record<string, SimValue> = {};
  if (line?.variantGid && !catalogue.byGid.has(line.variantGid)) {
    fields["variant"] = {
      __typename: "ProductVariant",
      id: line.variantGid,
      legacyResourceId: legacyId(line.variantGid),
      sku: line.sku,
      barcode: null,
      title: line.variantTitle ?? "Default Title",
      inventoryItem: {
        __typename: "InventoryItem",
        id: `gid://shopify/InventoryItem/${legacyId(line.variantGid)}`,
        sku: line.sku,
      },
    };
  }
  if (
    line?.productGid &&
    ![...catalogue.byGid.values()].some(({ product }) => product.id === line.productGid)
  ) {
    fields["product"] = {
      __typename: "Product",
      id: line.productGid,
      legacyResourceId: legacyId(line.productGid),
      title: line.title,
    };
  }
  return fields;
}
