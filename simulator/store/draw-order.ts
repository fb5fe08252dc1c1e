import { drawAddress, drawForeignAddress } from "./address.ts";
import type { Address } from "./address.ts";
import { DRAFT_ORDERS, GOKWIK, ONLINE_STORE, POINT_OF_SALE } from "./app-records.ts";
import { customerOfOrder } from "./customer-blocks.ts";
import { planCustomer } from "./customer-plan.ts";
import { drawAftermath } from "./draw-aftermath.ts";
import { drawDiscounts } from "./draw-discounts.ts";
import { drawAddedLine, drawLines } from "./draw-lines.ts";
import { openFulfillmentOrders } from "./draw-parcels.ts";
import { drawPayments } from "./draw-payments.ts";
import { drawShipping } from "./draw-shipping.ts";
import { layTaxes } from "./draw-taxes.ts";
import { priceAbroad, toShopMinor } from "./exchange-rates.ts";
import { gidOf, orderAddressGid } from "./ids.ts";
import { LOCATIONS } from "./location-records.ts";
import { currencyPair, NO_MONEY } from "./money.ts";
import type { DraftFee, DraftLine, OrderDraft } from "./order-draft.ts";
import { planOrder } from "./order-plan.ts";
import type { OrderPlan } from "./order-plan.ts";
import { computeCharges } from "./order-totals.ts";
import { drawEmail, drawPerson, drawPhone, normalPhone } from "./people.ts";
import { planProduct } from "./product-plan.ts";
import type { ProductPlan } from "./product-plan.ts";
import { RecordRandom, STREAM } from "./random.ts";
import { SHOP_CURRENCY } from "./shop-record.ts";
import type { StoreContext } from "./store-context.ts";

const NOTES = [
  "Please call before delivery",
  "Gift for माँ 🎁 – no bill inside",
  "He said \"leave at gate\"; O'Brien's door",
  "Line one\nLine two\ttabbed",
  "COD confirm ho gaya",
] as const;
const APPS = { web: ONLINE_STORE, pos: POINT_OF_SALE, draft: DRAFT_ORDERS, gokwik: GOKWIK } as const;

type Contact = {
  customer: number | null;
  email: string | null;
  phone: string | null;
  billing: Address | null;
  shipping: Address | null;
};

function drawContact(context: StoreContext, plan: OrderPlan): Contact {
  const random = new RecordRandom(context.seed, STREAM.orderContact, plan.n);
  const customer = customerOfOrder(context.seed, plan.n, context.orders);
  const known = customer === null ? null : planCustomer(context.seed, customer);
  const person = known?.person ?? drawPerson(random);
  // Guests without an e-mail come as null from the till, as "" from some checkouts.
  const email = known
    ? known.email
    : random.chance(0.5)
      ? drawEmail(random, person, plan.n)
      : random.pick([null, ""]);
  const typed = known ? known.typedPhone : random.chance(0.8) ? drawPhone(random) : null;
  const phone = typed === null || random.chance(0.3) ? null : normalPhone(typed);
  if (plan.channel === "pos") return { customer, email, phone, billing: null, shipping: null };
  let shipping = random.chance(0.92) ? (known?.addresses[0] ?? null) : null;
  shipping ??= drawAddress(random, person, typed);
  const billingOnly = plan.delivery === "PICK_UP";
  if (plan.presentment !== "INR") shipping = drawForeignAddress(random, person, plan.presentment);
  const billing = random.chance(0.85)
    ? shipping
    : random.chance(0.1)
      ? null
      : drawAddress(random, person, typed);
  return { customer, email, phone, billing, shipping: billingOnly ? null : shipping };
}

function layDuties(plan: OrderPlan, lines: readonly DraftLine[]): void {
  lines.forEach((line, i) => {
    if (!line.requiresShipping) return;
    const minor = priceAbroad(15_000, plan.presentment);
    line.duties = [
      {
        gid: gidOf("Duty", plan.n, i),
        amount: [toShopMinor(minor, plan.presentment), minor],
        harmonizedSystemCode: "621143",
        countryCodeOfOrigin: "IN",
      },
    ];
  });
}

/** Everything about order `n`, from its seed: goods, discounts, tax, payments and what happened to it. */
export function drawOrder(
  context: StoreContext,
  n: number,
  productOf: (p: number) => ProductPlan = (p) => planProduct(context.seed, p, context.products),
): OrderDraft {
  const { seed } = context;
  const plan = planOrder(seed, n, context.orders);
  const catalogue = { seed, products: context.products, productOf };
  const text = new RecordRandom(seed, STREAM.orderText, n);
  const money = new RecordRandom(seed, STREAM.orderMoney, n);
  const contact = drawContact(context, plan);
  const app = APPS[plan.channel];
  const lines = drawLines(catalogue, plan);
  const edited = plan.outcome === "edited" && plan.editedMs !== null;
  if (edited) lines.push(drawAddedLine(catalogue, plan, lines.length));
  const shippingLines = drawShipping(money, plan, lines);
  const applications = drawDiscounts(
    money,
    plan,
    lines.filter((line) => !line.addedLater),
    shippingLines,
  );
  const sellerState = plan.channel === "pos" ? LOCATIONS[1].provinceCode : LOCATIONS[0].provinceCode;
  const exchange = plan.exchangedMs === null ? null : drawAddedLine(catalogue, plan, lines.length);
  // Half of the exchanges are for another size, at the price of what comes back.
  if (exchange && lines[0] && n % 2 === 0) exchange.unitPrice = lines[0].unitPrice;
  if (exchange) layTaxes(plan, [exchange], [], contact.shipping, sellerState);
  const taxesIncluded = layTaxes(plan, lines, shippingLines, contact.shipping, sellerState);
  if (plan.presentment !== "INR" && n % 3 === 1) layDuties(plan, lines);

  const draft: OrderDraft = {
    gid: gidOf("Order", n),
    number: 1001 + n,
    name: `#${String(1001 + n)}`,
    createdMs: plan.createdMs,
    // A few orders were brought in from elsewhere: the sale is older than the record.
    processedMs: plan.channel === "draft" && n % 7 === 0 ? plan.createdMs - 86_400_000 * 3 : plan.createdMs,
    updatedMs: plan.updatedMs,
    closedMs: plan.closedMs,
    cancelledMs: null,
    cancelReason: null,
    currency: currencyPair(SHOP_CURRENCY, plan.presentment),
    taxesIncluded,
    test: plan.test,
    edited,
    note: text.chance(0.08) ? text.pick(NOTES) : text.chance(0.05) ? "" : null,
    tags: drawTags(text, plan),
    email: contact.email,
    phone: contact.phone,
    poNumber: plan.channel === "draft" && text.chance(0.3) ? `PO/${text.digits(4)}` : null,
    customerLocale:
      plan.channel === "pos" || plan.channel === "draft" ? null : text.chance(0.9) ? "en-IN" : "hi-IN",
    sourceName: app.sourceName,
    sourceIdentifier: plan.channel === "pos" ? `71204470893-1-${String(1000 + n)}` : null,
    app,
    retailLocationGid: plan.channel === "pos" ? LOCATIONS[1].id : null,
    attributes: drawAttributes(text, plan),
    customerGid: contact.customer === null ? null : gidOf("Customer", contact.customer),
    billing: contact.billing === null ? null : { gid: orderAddressGid(n, 0), address: contact.billing },
    shipping: contact.shipping === null ? null : { gid: orderAddressGid(n, 1), address: contact.shipping },
    applications,
    lines,
    shippingLines,
    additionalFees: drawFees(seed, plan),
    transactions: [],
    fulfillmentOrders: [],
    fulfillments: [],
    refunds: [],
    returns: [],
    cashRounding: NO_MONEY,
  };
  draft.fulfillmentOrders = openFulfillmentOrders(plan, draft);
  drawPayments(money, plan, draft, computeCharges(draft).originalTotal);
  drawAftermath(new RecordRandom(seed, STREAM.orderAfter, n), plan, draft, exchange);
  return draft;
}

/** A few shops book what paying at the door costs as an additional fee. */
function drawFees(seed: number, plan: OrderPlan): DraftFee[] {
  if (plan.payment !== "cod" || plan.channel !== "web") return [];
  if (!new RecordRandom(seed, STREAM.orderFees, plan.n).chance(0.03)) return [];
  return [{ gid: gidOf("AdditionalFee", plan.n), name: "COD fee", amount: [4_900, 4_900], refunded: false }];
}

function drawTags(random: RecordRandom, plan: OrderPlan): string[] {
  const tags: string[] = [];
  if (plan.payment === "cod" && random.chance(0.3))
    tags.push(random.pick(["cod-confirmed", "COD", "cod-unconfirmed"]));
  if (plan.channel === "gokwik") tags.push("GoKwik", random.pick(["low_risk", "high_risk", "medium_risk"]));
  if (random.chance(0.04)) tags.push("Exchange – Size");
  if (plan.outcome === "cancelled_after_shipping" && plan.cancelledMs !== null) tags.push("RTO");
  return tags;
}

function drawAttributes(random: RecordRandom, plan: OrderPlan): { key: string; value: string | null }[] {
  if (plan.channel === "gokwik") {
    return [
      { key: "gokwik_order_id", value: `KWIK${random.digits(10)}` },
      { key: "utm_source", value: random.pick(["instagram", "google", ""]) },
    ];
  }
  return random.chance(0.05) ? [{ key: "Delivery instructions", value: 'Ring twice 🔔 & "wait"' }] : [];
}
