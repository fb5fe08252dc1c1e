/**
 * One state of an order, worded as a webhook and as a node of a bulk file. A story says only what it is about; the sums
 * follow from the lines. Amounts are decimals in rupees.
 */
export type Shape = "rest" | "bulk";

export type LineState = {
  id: string;
  variantId?: string;
  sku?: string;
  qty?: number;
  /** After removals and refunds. */
  currentQty?: number;
  price?: string;
  /** Taken off the line as its share of a discount of the order. */
  discount?: string;
};

export type ParcelState = {
  id: string;
  /** Line id → units. */
  lines: Readonly<Record<string, number>>;
  awb?: string;
  status?: "SUCCESS" | "CANCELLED";
  /** What a carrier said: IN_TRANSIT, DELIVERED, … */
  carrier?: string;
};

export type RefundState = {
  id: string;
  amount: string;
  lines: { lineId: string; qty: number; restock: string; subtotal: string }[];
};

export type OrderState = {
  id?: string;
  createdAt?: string;
  /** When Shopify says this became so. */
  at?: string;
  cancelledAt?: string;
  gateways?: readonly string[];
  financialStatus?: string;
  total?: string;
  currentTotal?: string;
  outstanding?: string;
  address1?: string;
  note?: string;
  customer?: { id: string; email: string };
  lines: readonly LineState[];
  parcels?: readonly ParcelState[];
  refunds?: readonly RefundState[];
};

type Json = Record<string, unknown>;

const PLACED = "2026-11-20T10:00:00Z";
const SENT = "2026-11-20T18:00:00Z";

/** The order as text, ready to be sent. */
export function wordOrder(order: OrderState, shape: Shape): string {
  return JSON.stringify(shape === "rest" ? asRest(complete(order)) : asNode(complete(order)));
}

function complete(order: OrderState) {
  const lines = order.lines.map((line, index) => {
    const qty = line.qty ?? 1;
    const currentQty = line.currentQty ?? qty;
    const sent = (order.parcels ?? [])
      .filter(({ status }) => status !== "CANCELLED")
      .reduce((sum, parcel) => sum + (parcel.lines[line.id] ?? 0), 0);
    const { variantId = String(90 + index), price = "100.00", discount = "0.00" } = line;
    return {
      ...{ id: line.id, variantId, price, discount, qty, currentQty },
      sku: line.sku ?? `SKU-${variantId}`,
      unfulfilledQty: Math.max(0, currentQty - sent),
    };
  });
  const sum = (units: "qty" | "currentQty") =>
    lines.reduce((total, line) => total + line[units] * paise(line.price) - paise(line.discount), 0);
  const total = order.total ?? rupees(sum("qty"));
  const currentTotal = order.currentTotal ?? rupees(Math.max(0, sum("currentQty")));
  const financialStatus = order.financialStatus ?? "PENDING";
  const open = financialStatus === "PENDING" ? currentTotal : "0.00";
  return {
    ...order,
    id: order.id ?? "1001",
    createdAt: order.createdAt ?? PLACED,
    at: order.at ?? PLACED,
    cancelledAt: order.cancelledAt ?? null,
    gateways: order.gateways ?? ["Cash on Delivery (COD)"],
    address1: order.address1 ?? "12 MG Road",
    note: order.note ?? null,
    parcels: order.parcels ?? [],
    refunds: order.refunds ?? [],
    ...{ lines, total, currentTotal, financialStatus, outstanding: order.outstanding ?? open },
  };
}

type Complete = ReturnType<typeof complete>;

function asRest(order: Complete): Json {
  return {
    id: Number(order.id),
    admin_graphql_api_id: `gid://shopify/Order/${order.id}`,
    name: `#${order.id}`,
    created_at: order.createdAt,
    updated_at: order.at,
    cancelled_at: order.cancelledAt,
    currency: "INR",
    presentment_currency: "INR",
    taxes_included: true,
    financial_status: order.financialStatus.toLowerCase(),
    fulfillment_status: null,
    payment_gateway_names: order.gateways,
    note: order.note,
    customer: order.customer ? { id: Number(order.customer.id), email: order.customer.email } : null,
    email: order.customer?.email ?? "",
    shipping_address: { name: "Asha Rao", address1: order.address1, city: "Pune", country_code: "IN" },
    subtotal_price: order.total,
    current_subtotal_price: order.currentTotal,
    total_tax: "0.00",
    current_total_tax: "0.00",
    current_shipping_price_set: { shop_money: { amount: "0.00", currency_code: "INR" } },
    total_price: order.total,
    current_total_price: order.currentTotal,
    total_outstanding: order.outstanding,
    discount_applications: [
      { type: "discount_code", code: "TEN", target_selection: "all", allocation_method: "across" },
    ],
    line_items: order.lines.map((line) => ({
      id: Number(line.id),
      title: `Kurta ${line.sku}`,
      sku: line.sku,
      variant_id: Number(line.variantId),
      quantity: line.qty,
      current_quantity: line.currentQty,
      fulfillable_quantity: line.unfulfilledQty,
      requires_shipping: true,
      price: line.price,
      discount_allocations:
        paise(line.discount) === 0 ? [] : [{ amount: line.discount, discount_application_index: 0 }],
    })),
    fulfillments: order.parcels.map(({ id, lines, awb, status = "SUCCESS", carrier }) => ({
      id: Number(id),
      status: status.toLowerCase(),
      shipment_status: carrier?.toLowerCase() ?? null,
      created_at: SENT,
      updated_at: order.at,
      tracking_company: awb === undefined ? null : "Delhivery",
      tracking_numbers: awb === undefined ? [] : [awb],
      line_items: Object.entries(lines).map(([lineId, quantity]) => ({ id: Number(lineId), quantity })),
    })),
    refunds: order.refunds.map(({ id, amount, lines }) => ({
      id: Number(id),
      created_at: SENT,
      transactions: [{ id: Number(`${id}9`), kind: "refund", status: "success", amount }],
      refund_line_items: lines.map(({ lineId, qty, restock, subtotal }) => ({
        ...{ line_item_id: Number(lineId), quantity: qty, restock_type: restock.toLowerCase() },
        ...{ subtotal, total_tax: "0.00" },
      })),
      refund_shipping_lines: [],
      order_adjustments: [],
    })),
  };
}

function asNode(order: Complete): Json {
  const gid = (type: string, id: string) => `gid://shopify/${type}/${id}`;
  return {
    __typename: "Order",
    id: gid("Order", order.id),
    updatedAt: order.at,
    name: `#${order.id}`,
    displayFinancialStatus: order.financialStatus,
    displayFulfillmentStatus: "UNFULFILLED",
    createdAt: order.createdAt,
    cancelledAt: order.cancelledAt,
    currencyCode: "INR",
    presentmentCurrencyCode: "INR",
    taxesIncluded: true,
    test: false,
    paymentGatewayNames: order.gateways,
    note: order.note,
    customer: order.customer
      ? {
          id: gid("Customer", order.customer.id),
          defaultEmailAddress: { emailAddress: order.customer.email },
        }
      : null,
    email: order.customer?.email ?? null,
    shippingAddress: { name: "Asha Rao", address1: order.address1, city: "Pune", countryCodeV2: "IN" },
    subtotalPriceSet: bag(order.total),
    currentSubtotalPriceSet: bag(order.currentTotal),
    totalTaxSet: bag("0.0"),
    currentTotalTaxSet: bag("0.0"),
    currentShippingPriceSet: bag("0.0"),
    totalPriceSet: bag(order.total),
    currentTotalPriceSet: bag(order.currentTotal),
    totalOutstandingSet: bag(order.outstanding),
    lineItems: order.lines.map((line) => ({
      __typename: "LineItem",
      id: gid("LineItem", line.id),
      title: `Kurta ${line.sku}`,
      sku: line.sku,
      variant: { id: gid("ProductVariant", line.variantId) },
      quantity: line.qty,
      currentQuantity: line.currentQty,
      unfulfilledQuantity: line.unfulfilledQty,
      requiresShipping: true,
      originalUnitPriceSet: bag(line.price),
      discountAllocations:
        paise(line.discount) === 0
          ? []
          : [
              {
                allocatedAmountSet: bag(line.discount),
                discountApplication: { code: "TEN", targetSelection: "ALL", allocationMethod: "ACROSS" },
              },
            ],
    })),
    shippingLines: [],
    fulfillments: order.parcels.map(({ id, lines, awb, status = "SUCCESS", carrier }) => ({
      id: gid("Fulfillment", id),
      status,
      displayStatus: status === "CANCELLED" ? "CANCELED" : (carrier ?? "FULFILLED"),
      createdAt: SENT,
      updatedAt: order.at,
      inTransitAt: carrier === undefined ? null : SENT,
      deliveredAt: carrier === "DELIVERED" ? order.at : null,
      totalQuantity: Object.values(lines).reduce((sum, qty) => sum + qty, 0),
      trackingInfo: awb === undefined ? [] : [{ company: "Delhivery", number: awb, url: null }],
    })),
    refunds: order.refunds.map(({ id, amount }) => ({
      id: gid("Refund", id),
      createdAt: SENT,
      totalRefundedSet: bag(amount),
    })),
  };
}

function bag(amount: string): Json {
  const money = { amount, currencyCode: "INR" };
  return { shopMoney: money, presentmentMoney: money };
}

export function paise(amount: string): number {
  return Math.round(Number(amount) * 100);
}

export function rupees(amount: number): string {
  return (amount / 100).toFixed(2);
}
