import { ONLINE_STORE } from "#simulator/store/app-records.ts";
import type { Address } from "#simulator/store/address.ts";
import { readAddress } from "#simulator/store/data-file/file-context.ts";
import { JsonReader } from "#simulator/store/data-file/json-reader.ts";
import { allocate, leftOfLine, spread } from "#simulator/store/draw-discounts.ts";
import { openFulfillmentOrder } from "#simulator/store/draw-parcels.ts";
import { addTransaction } from "#simulator/store/draw-payments.ts";
import { gidOf, orderAddressGid } from "#simulator/store/ids.ts";
import { currencyPair, NO_MONEY, parseAmount } from "#simulator/store/money.ts";
import type { DraftApplication, DraftShippingLine, OrderDraft } from "#simulator/store/order-draft.ts";
import { computeCharges } from "#simulator/store/order-totals.ts";
import { RecordRandom, STREAM } from "#simulator/store/random.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import { createCustomer, readAddressRecord, type NewCustomer } from "./customer-acts.ts";
import { layLiveTaxes, lineOfVariant } from "./line-of-variant.ts";
import { commitOrderAct, moveStock, told, toldTransactions, type OrderAct } from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { refuse } from "./refused-act.ts";

export type PlaceOrder = {
  /** `price` in the shop's currency instead of the variant's own. */
  lines: readonly { variant: string; quantity: number; price?: string }[];
  /** The gid of one the store has, a new one, or null (default): a guest. */
  customer?: string | NewCustomer | null;
  email?: string | null;
  phone?: string | null;
  /** Its name, and whether the money is there, promised, held, or nobody said. */
  gateway?: string;
  payment?: "paid" | "pending" | "authorized" | "none";
  discount?: { code: string; percentage: number } | { code: string; amount: string };
  /** What shipping costs; missing: free. */
  shipping?: string;
  /** As sparse as wanted; missing: the customer's own. */
  address?: Partial<Address> | null;
  note?: string | null;
  tags?: readonly string[];
  test?: boolean;
};

const GATEWAYS = {
  paid: "Razorpay",
  pending: "Cash on Delivery (COD)",
  authorized: "shopify_payments",
  none: "",
};

/**
 * A buyer's checkout: a new order at the end of the collection, in the shop's currency, prices with tax where the shop
 * is Indian, one fulfilment order at the first location. A new customer is told before the order, a known one after it.
 */
export function placeOrder(shop: LiveShop, act: PlaceOrder): ActDone {
  const { store } = shop;
  const atMs = shop.nowMs();
  const shopCurrency = readText(store.shop, "currencyCode");
  const currency = currencyPair(shopCurrency, shopCurrency);
  if (act.lines.length === 0) refuse("Line items must have at least one line item");
  if (act.lines.length > 32) refuse("The simulator knows orders of up to 32 lines.");
  // All that can be refused is refused before anything is added to the store.
  for (const line of act.lines) lineOfVariant(shop, "", currency, line);
  const cost = money(act.shipping ?? "0", shopCurrency, currency.shopDigits);
  if (typeof act.customer === "string" && store.node(act.customer)?.__typename !== "Customer")
    refuse("Customer does not exist");
  const application = act.discount ? applicationOf(act.discount, shopCurrency, currency.shopDigits) : null;

  const made =
    typeof act.customer === "object" && act.customer !== null ? createCustomer(shop, act.customer) : null;
  const customer = made
    ? store.node(made.id)
    : typeof act.customer === "string"
      ? store.node(act.customer)
      : null;
  const address = act.address
    ? readAddress(new JsonReader(act.address, "address"))
    : act.address === null
      ? null
      : readAddressRecord(customer);
  // Of a customer an order has e-mail and phone, unless others were typed.
  const contact = (field: "email" | "phone"): string | null => {
    const typed = act[field];
    return typed === undefined ? readText(customer ?? undefined, field) || null : typed;
  };
  const n = store.takeSlot((slot) => gidOf("Order", slot));
  const number = store.nextOrderNumber();
  const lines = act.lines.map((line, i) => lineOfVariant(shop, gidOf("LineItem", n, i), currency, line));
  const ships = lines.some((line) => line.requiresShipping);
  const shippingLines = ships ? [shippingLine(n, cost)] : [];
  if (application) layDiscount(application, lines);
  layLiveTaxes({ n, createdMs: atMs, currency }, lines, shippingLines, address);
  const draft: OrderDraft = {
    gid: gidOf("Order", n),
    number,
    name: `#${String(number)}`,
    createdMs: atMs,
    processedMs: atMs,
    updatedMs: atMs,
    closedMs: null,
    cancelledMs: null,
    cancelReason: null,
    currency,
    taxesIncluded: true,
    test: act.test ?? false,
    edited: false,
    note: act.note ?? null,
    tags: act.tags ?? [],
    email: contact("email"),
    phone: contact("phone"),
    poNumber: null,
    customerLocale: "en-IN",
    sourceName: ONLINE_STORE.sourceName,
    sourceIdentifier: null,
    app: ONLINE_STORE,
    retailLocationGid: null,
    attributes: [],
    customerGid: customer?.id ?? null,
    billing: address && { gid: orderAddressGid(n, 0), address },
    shipping: address && ships ? { gid: orderAddressGid(n, 1), address } : null,
    applications: application ? [application] : [],
    lines,
    shippingLines,
    additionalFees: [],
    transactions: [],
    fulfillmentOrders: [],
    fulfillments: [],
    refunds: [],
    returns: [],
    cashRounding: NO_MONEY,
  };
  const goods = lines.map((_, i) => i);
  draft.fulfillmentOrders = [openFulfillmentOrder({ n }, draft, 0, 0, "SHIPPING", goods)];
  pay(draft, n, act);
  const under: OrderAct = {
    draft,
    plan: { n, presentment: shopCurrency, updatedMs: atMs },
    random: new RecordRandom(n, STREAM.orderAfter, n),
    atMs,
    waited: [],
  };
  const order = commitOrderAct(shop, under);
  const units = goods.map((line) => ({ line, quantity: lines[line]?.quantity ?? 0 }));
  const stock = moveStock(shop, under, units, (sold) => ({ available: -sold, committed: sold }));
  if (customer && !made) store.change(customer.id, {}, new Date(atMs));
  const buyer = customer ? store.node(customer.id) : null;
  return {
    id: order.id,
    happenings: [
      ...(made?.happenings ?? []),
      told("orders/create", order),
      ...(order["displayFinancialStatus"] === "PAID" ? [told("orders/paid", order)] : []),
      ...toldTransactions(order, 0),
      ...readNodes(order, "fulfillmentOrders").map((one) =>
        told("fulfillment_orders/order_routing_complete", one, { order }),
      ),
      ...stock,
      ...(buyer ? [told("customers/update", buyer)] : []),
    ],
  };
}

function pay(draft: OrderDraft, n: number, act: PlaceOrder): void {
  const { total } = computeCharges(draft);
  const payment = act.payment ?? "paid";
  if (total[1] === 0 || payment === "none") return;
  const name = act.gateway ?? GATEWAYS[payment];
  addTransaction(
    draft,
    n,
    { name, formatted: name, manual: payment === "pending" },
    {
      kind: payment === "authorized" ? "AUTHORIZATION" : "SALE",
      status: payment === "pending" ? "PENDING" : "SUCCESS",
      amount: total,
      timeMs: draft.createdMs,
    },
  );
}

function money(text: string, currency: string, digits: number): number {
  const minor = parseAmount(text, digits);
  return minor === null || minor < 0 ? refuse(`"${text}" is not an amount in ${currency}.`) : minor;
}

function shippingLine(n: number, cost: number): DraftShippingLine {
  const title = cost === 0 ? "Free Shipping" : "Standard Shipping";
  return {
    gid: gidOf("ShippingLine", n),
    title,
    code: cost === 0 ? title : "Standard",
    source: "shopify",
    carrierIdentifier: null,
    custom: false,
    isRemoved: false,
    price: [cost, cost],
    allocations: [],
    taxes: [],
    refunded: NO_MONEY,
  };
}

function applicationOf(
  discount: NonNullable<PlaceOrder["discount"]>,
  currency: string,
  digits: number,
): DraftApplication {
  if ("percentage" in discount && !(discount.percentage > 0 && discount.percentage <= 100))
    refuse("Percentage must be between 0 and 100");
  return {
    type: "DiscountCodeApplication",
    allocationMethod: "ACROSS",
    targetSelection: "ALL",
    targetType: "LINE_ITEM",
    value:
      "percentage" in discount
        ? { percentage: discount.percentage }
        : { amountMinor: money(discount.amount, currency, digits) },
    label: discount.code,
  };
}

/** Spread over all goods but gift cards, as the store does with codes. */
function layDiscount(application: DraftApplication, lines: OrderDraft["lines"]): void {
  const goods = lines.filter((line) => !line.isGiftCard);
  const weights = goods.map(leftOfLine);
  const most = weights.reduce((sum, weight) => sum + weight, 0);
  const { value } = application;
  const amount = "percentage" in value ? Math.round((most * value.percentage) / 100) : value.amountMinor;
  const parts = spread(Math.min(amount, most), weights);
  goods.forEach((line, i) => {
    allocate(line, 0, parts[i] ?? 0, (minor) => minor);
  });
}
