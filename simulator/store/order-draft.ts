import type { Address } from "./address.ts";
import type { CurrencyPair, Money2 } from "./money.ts";

/**
 * The facts of one order, money in minor units of both currencies, before GraphQL's many derived
 * fields are computed from them. The seeded store draws drafts; the data file is read into drafts;
 * one builder makes the Order record of either.
 */
export type OrderDraft = {
  gid: string;
  number: number;
  name: string;
  createdMs: number;
  processedMs: number;
  updatedMs: number;
  closedMs: number | null;
  cancelledMs: number | null;
  cancelReason: string | null;
  currency: CurrencyPair;
  taxesIncluded: boolean;
  test: boolean;
  edited: boolean;
  note: string | null;
  tags: readonly string[];
  email: string | null;
  phone: string | null;
  poNumber: string | null;
  customerLocale: string | null;
  sourceName: string | null;
  sourceIdentifier: string | null;
  app: { id: string; title: string; handle: string } | null;
  retailLocationGid: string | null;
  attributes: readonly { key: string; value: string | null }[];
  customerGid: string | null;
  billing: { gid: string; address: Address } | null;
  shipping: { gid: string; address: Address } | null;
  applications: DraftApplication[];
  lines: DraftLine[];
  shippingLines: DraftShippingLine[];
  additionalFees: DraftFee[];
  transactions: DraftTransaction[];
  fulfillmentOrders: DraftFulfillmentOrder[];
  fulfillments: DraftFulfillment[];
  refunds: DraftRefund[];
  returns: DraftReturn[];
  /** Added to what was received in cash; not part of the total. */
  cashRounding: Money2;
};

export type DraftTax = { title: string; rate: number; amount: Money2 };

export type DraftApplication = {
  type:
    | "DiscountCodeApplication"
    | "ManualDiscountApplication"
    | "AutomaticDiscountApplication"
    | "ScriptDiscountApplication";
  allocationMethod: "ACROSS" | "EACH" | "ONE";
  targetSelection: "ALL" | "ENTITLED" | "EXPLICIT";
  targetType: "LINE_ITEM" | "SHIPPING_LINE";
  /** Percent, or an amount in minor units of the presentment currency. */
  value: { percentage: number } | { amountMinor: number };
  /** The code, or the title of any other kind. */
  label: string;
};

export type DraftAllocation = { application: number; amount: Money2 };

export type DraftLine = {
  gid: string;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  vendor: string | null;
  productGid: string | null;
  variantGid: string | null;
  quantity: number;
  unitPrice: Money2;
  grams: number;
  allocations: DraftAllocation[];
  taxes: DraftTax[];
  duties: {
    gid: string;
    amount: Money2;
    harmonizedSystemCode: string | null;
    countryCodeOfOrigin: string | null;
  }[];
  requiresShipping: boolean;
  taxable: boolean;
  isGiftCard: boolean;
  /** A tip is a line of its own that is not part of the subtotal. */
  isTip: boolean;
  /** By an edit or an exchange: not part of the order's original total. */
  addedLater: boolean;
  attributes: readonly { key: string; value: string | null }[];
  group: {
    id: string;
    title: string;
    quantity: number;
    variantId: string | null;
    productId: string | null;
  } | null;
  /** Units in fulfilments that are not cancelled. */
  fulfilled: number;
  /** Units taken off before they were shipped (cancelled, edited away): nobody will send them. */
  removed: number;
  /** Units refunded otherwise: after they were shipped, or without taking them out of fulfilment (NO_RESTOCK). */
  returned: number;
};

export type DraftShippingLine = {
  gid: string;
  title: string;
  code: string | null;
  source: string | null;
  carrierIdentifier: string | null;
  custom: boolean;
  isRemoved: boolean;
  price: Money2;
  allocations: DraftAllocation[];
  taxes: DraftTax[];
  /** Refunded or removed since, with its tax where tax comes on top. */
  refunded: Money2;
};

/** A charge beside goods and shipping, such as a fee for paying at the door; without tax. */
export type DraftFee = {
  gid: string;
  name: string;
  amount: Money2;
  /** Given back when the order was cancelled. */
  refunded: boolean;
};

export type DraftTransaction = {
  gid: string;
  kind: "AUTHORIZATION" | "CAPTURE" | "SALE" | "REFUND" | "VOID" | "CHANGE";
  status: "SUCCESS" | "PENDING" | "FAILURE" | "ERROR" | "AWAITING_RESPONSE" | "UNKNOWN";
  gateway: string | null;
  formattedGateway: string | null;
  manual: boolean;
  amount: Money2;
  rounding: Money2 | null;
  timeMs: number;
  paymentId: string | null;
  parentGid: string | null;
  errorCode: string | null;
};

export type DraftFulfillmentOrder = {
  gid: string;
  status: "OPEN" | "IN_PROGRESS" | "CLOSED" | "CANCELLED" | "ON_HOLD" | "SCHEDULED" | "INCOMPLETE";
  requestStatus: "UNSUBMITTED" | "SUBMITTED" | "ACCEPTED" | "CLOSED";
  /** Index into the store's locations. */
  location: number;
  method: { gid: string; type: "SHIPPING" | "PICK_UP" | "RETAIL" | "NONE" | "LOCAL" };
  lines: { gid: string; line: number; total: number; remaining: number }[];
  holds: { gid: string; reason: string; notes: string | null; displayReason: string }[];
};

export type DraftFulfillment = {
  gid: string;
  fulfillmentOrder: number;
  name: string;
  status: "SUCCESS" | "CANCELLED" | "OPEN" | "PENDING" | "ERROR" | "FAILURE";
  displayStatus: string | null;
  createdMs: number;
  updatedMs: number;
  inTransitMs: number | null;
  deliveredMs: number | null;
  estimatedMs: number | null;
  location: number;
  tracking: { company: string | null; number: string | null; url: string | null } | null;
  /** `from`: the fulfilment order the units come from, where it is another than the parcel's first. */
  lines: { gid: string; line: number; quantity: number; from?: number }[];
  events: { gid: string; status: string; atMs: number; createdMs?: number; details?: EventDetails }[];
};

/** What a courier's news says beside its status. */
export type EventDetails = {
  message?: string | null;
  address1?: string | null;
  city?: string | null;
  province?: string | null;
  country?: string | null;
  zip?: string | null;
  latitude?: number | null;
  longitude?: number | null;
  estimatedDeliveryAt?: string | null;
};

export type RestockType = "CANCEL" | "RETURN" | "NO_RESTOCK" | "LEGACY_RESTOCK";

export type DraftRefund = {
  gid: string;
  createdMs: number;
  note: string | null;
  lines: {
    gid: string;
    line: number;
    quantity: number;
    restockType: RestockType;
    subtotal: Money2;
    tax: Money2;
  }[];
  shipping: { gid: string; line: number; amount: Money2; tax: Money2 }[];
  /** Money given back beyond the goods and shipping: negative, as Shopify books it; less than they are worth: positive. */
  adjustment: { gid: string; amount: Money2 } | null;
  duties: { line: number; amount: Money2 }[];
  /** The transactions of this refund, by gid. */
  transactions: string[];
  /** Index into the order's returns. */
  returned: number | null;
};

export type DraftReturn = {
  gid: string;
  name: string;
  status: "OPEN" | "CLOSED" | "REQUESTED" | "DECLINED" | "CANCELED";
  createdMs: number;
  closedMs: number | null;
  lines: {
    gid: string;
    line: number;
    quantity: number;
    /** Units taken back by a refund or an exchange. */
    processed: number;
    reason: string;
    note: string;
    fulfillmentLineGid: string;
  }[];
  /** What the customer gets instead. */
  exchanges: {
    gid: string;
    quantity: number;
    /** The line that processing the exchange added; null before. */
    line: number | null;
    item: Pick<DraftLine, "title" | "variantTitle" | "sku" | "productGid" | "variantGid">;
  }[];
};
