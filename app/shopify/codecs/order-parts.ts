/**
 * An order in one spelling, whichever shape told it. `undefined` = this payload does not say; null = Shopify says
 * there is none. Amounts are in minor units; enums UPPER_SNAKE as GraphQL has them; ids are Shopify's numbers as
 * text; times ISO in UTC.
 */
import type { MoneyPair } from "#app/lib/money.ts";
import type { PostalAddress } from "./decode-address.ts";

export type OrderAttribute = { name: string; value: string | null };

export type TaxLine = { title: string; rate: string | null; amount: MoneyPair };

export type DiscountAllocation = {
  amount: MoneyPair;
  /** The code or title it is known by. */
  title: string | null;
  /** Whether the discount was for the whole order (its share lies on this line) or for the line itself. */
  level: "order" | "line";
};

export type OrderLinePart = {
  id: string;
  title: string;
  variantTitle: string | null;
  /** The SKU text at the time of the order; `""` is null. */
  sku: string | null;
  productId: string | null;
  variantId: string | null;
  /** Shopify names the variant and says that it no longer exists. */
  variantIsGone: boolean;
  qty: number;
  /** What is left of `qty` after removals and refunds. */
  currentQty: number;
  unfulfilledQty: number;
  requiresShipping: boolean;
  isGiftCard: boolean;
  originalUnitPrice: MoneyPair;
  allocations: DiscountAllocation[];
  taxLines: TaxLine[];
  duties: MoneyPair[];
  lineItemGroupId: string | null;
  attributes: OrderAttribute[];
};

export type ShippingLinePart = {
  title: string;
  code: string | null;
  isRemoved: boolean;
  originalPrice: MoneyPair;
  allocations: DiscountAllocation[];
  /** Price after discounts, where the payload tells it. */
  discountedPrice: MoneyPair | undefined;
};

export type FulfillmentPart = {
  id: string;
  name: string | null;
  /** SUCCESS, CANCELLED, OPEN, PENDING, ERROR, FAILURE. */
  status: string;
  /** DELIVERED, IN_TRANSIT, … ; null when nobody said. */
  deliveryStatus: string | null;
  createdAt: string | null;
  updatedAt: string | null;
  /** When the carrier first had it; a webhook does not say. */
  inTransitAt: string | null;
  deliveredAt: string | null;
  locationId: string | null;
  totalQty: number | undefined;
  tracking: { company: string | null; number: string | null; url: string | null }[];
  /** Which lines it holds; bulk order payloads cannot say. */
  lines: { lineId: string; qty: number }[] | undefined;
};

export type TransactionPart = {
  id: string;
  /** SALE, CAPTURE, AUTHORIZATION, VOID, REFUND, CHANGE, … */
  kind: string;
  /** SUCCESS, PENDING, FAILURE, ERROR, … */
  status: string;
  gateway: string | null;
  amount: MoneyPair;
  processedAt: string | null;
  parentId: string | null;
  test: boolean;
};

/** CANCEL: never shipped; RETURN: came back into stock; NO_RESTOCK; LEGACY_RESTOCK; or a word of Shopify's future. */
export type RefundLinePart = {
  lineId: string;
  qty: number;
  restockType: string;
  subtotal: MoneyPair;
  tax: MoneyPair;
};

/** What a refund is made of, all amounts positive except adjustments, which stand as Shopify books them. */
export type RefundPart = {
  id: string;
  createdAt: string | null;
  /** What its successful refund transactions gave back. */
  total: MoneyPair | undefined;
  /** The return it belongs to; null when to none. */
  returnId: string | null | undefined;
  /** Bulk cannot say which goods, shipping and adjustments a refund is made of. */
  lines: RefundLinePart[] | undefined;
  /** A webhook does not tell the tax of shipping given back. */
  shipping: { subtotal: MoneyPair; tax: MoneyPair | undefined }[] | undefined;
  adjustments: { reason: string | null; amount: MoneyPair; tax: MoneyPair }[] | undefined;
  duties: MoneyPair[] | undefined;
};

export type ReturnPart = {
  id: string;
  name: string | null;
  /** REQUESTED, OPEN, CLOSED, DECLINED, CANCELED. */
  status: string;
  createdAt: string | null;
  closedAt: string | null;
  /** What comes back: units asked for, and units Shopify calls processed (disposed of). */
  lines: { lineId: string; qty: number; processedQty: number; reason: string | null }[] | undefined;
  /** The order's own lines that are sent in exchange; only a fetch tells. */
  exchangeLineIds: string[] | undefined;
};

export type OrderCustomer = {
  id: string;
  email?: string | null;
  phone?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  tags?: string[];
  note?: string | null;
  state?: string | null;
  numberOfOrders?: number | null;
  taxExempt?: boolean | null;
  createdAt?: string | null;
  updatedAt?: string | null;
};

export type OrderTotals = {
  total: MoneyPair;
  currentTotal: MoneyPair;
  subtotal: MoneyPair;
  discounts: MoneyPair;
  tax: MoneyPair;
  shipping: MoneyPair;
  tip: MoneyPair;
  duties: MoneyPair;
  /** What is left after edits, refunds and cancellation; `undefined` where an old payload does not carry it. */
  currentSubtotal: MoneyPair | undefined;
  currentTax: MoneyPair | undefined;
  currentShipping: MoneyPair | undefined;
  currentDuties: MoneyPair | undefined;
  currentFees: MoneyPair | undefined;
  /** Money given back beyond goods and shipping, as Shopify books it (negative). */
  adjustments: MoneyPair | undefined;
  cashRounding: MoneyPair;
  /** Received before refunds; REST does not say. */
  received: MoneyPair | undefined;
  refunded: MoneyPair | undefined;
  /** Unknown where a webhook of an order in two currencies tells the shop's only. */
  outstanding: MoneyPair | undefined;
  /** The same in the shop's currency, which every shape tells: by it an older payload is known to be out of date. */
  outstandingInShop: number | undefined;
};

/** Lists that a webhook body cut down by its subscription, or by an app in between, may lack. */
export type AbsentPart = "lines" | "shippingLines" | "fulfillments" | "refunds";

/** What a fulfilment order adds to its order: the lines of each fulfilment, how it is delivered, and why it is held. */
export type DecodedFulfillmentOrder = {
  id: string;
  updatedAt: string | null;
  status: string | null;
  /** SHIPPING, PICK_UP, …: how the goods reach the buyer; null where the payload does not say. */
  methodType: string | null;
  /** Where the goods are to leave from (Shopify's id); null where the payload does not say. */
  locationId: string | null;
  holds: string[];
  fulfillments: { id: string; lines: FulfillmentPart["lines"] }[];
};

export type DecodedOrder = {
  id: string;
  name: string;
  createdAt: string;
  updatedAt: string;
  processedAt: string;
  closedAt: string | null;
  cancelledAt: string | null;
  cancelReason: string | null;
  test: boolean;
  currency: string;
  presentmentCurrency: string;
  taxesIncluded: boolean;
  email: string | null;
  phone: string | null;
  note: string | null;
  poNumber: string | null;
  tags: string[];
  attributes: OrderAttribute[];
  sourceName: string | null;
  locationId: string | null;
  financialStatus: string | null;
  fulfillmentStatus: string | null;
  returnStatus: string | null | undefined;
  gateways: string[];
  discountCodes: string[];
  customer: OrderCustomer | null | undefined;
  shippingAddress: PostalAddress | null;
  billingAddress: PostalAddress | null;
  totals: OrderTotals;
  taxLines: TaxLine[];
  fees: { title: string; amount: MoneyPair }[];
  lines: OrderLinePart[];
  shippingLines: ShippingLinePart[];
  fulfillments: FulfillmentPart[];
  refunds: RefundPart[];
  returns: ReturnPart[] | undefined;
  transactions: TransactionPart[] | undefined;
  /** Its fulfilment orders, where they came with it; only a fetch asks for them so. */
  fulfillmentOrders: DecodedFulfillmentOrder[] | undefined;
  /** Lists whose key the payload does not have at all: then it says nothing of them, and they are empty here. */
  absent: readonly AbsentPart[];
  /** Words of Shopify's this version does not know, each with its place: "financialStatus: SOMETHING". */
  unknownValues: string[];
};
