import { drawAddress } from "#simulator/store/address.ts";
import { ONLINE_STORE, POINT_OF_SALE } from "#simulator/store/app-records.ts";
import { allocate, leftOfLine, spread } from "#simulator/store/draw-discounts.ts";
import { plainLine } from "#simulator/store/draw-lines.ts";
import { openFulfillmentOrder } from "#simulator/store/draw-parcels.ts";
import { convertMinor } from "#simulator/store/exchange-rates.ts";
import { gidOf, orderAddressGid } from "#simulator/store/ids.ts";
import { LOCATIONS } from "#simulator/store/location-records.ts";
import { currencyPair, NO_MONEY, type Money2 } from "#simulator/store/money.ts";
import type {
  DraftApplication,
  DraftLine,
  DraftShippingLine,
  DraftTax,
  OrderDraft,
} from "#simulator/store/order-draft.ts";
import { lineNet, shippingNet } from "#simulator/store/order-totals.ts";
import { RecordRandom } from "#simulator/store/random.ts";
import type { DiscountRecipe, LineRecipe, OrderRecipe } from "./order-recipe.ts";

/** An order as it was placed: goods, discounts, taxes, nothing paid and nothing sent yet. */
export function draftFromRecipe(recipe: OrderRecipe): OrderDraft {
  const { n } = recipe;
  const createdMs = Date.UTC(2026, 9, 1, 8) + n * 1000;
  const pos = recipe.delivery === "RETAIL";
  const app = pos ? POINT_OF_SALE : ONLINE_STORE;
  const lines = recipe.lines.map((line, i) => lineFromRecipe(recipe, line, i));
  if (recipe.tip !== null)
    lines.push(
      plainLine({
        gid: gidOf("LineItem", n, lines.length),
        title: "Tip",
        quantity: 1,
        unitPrice: both(recipe, recipe.tip),
        requiresShipping: false,
        taxable: false,
        isTip: true,
      }),
    );
  const shippingLines = recipe.shipping.map((price, i) => shippingLine(recipe, price, i));
  const applications = recipe.discounts.map((one) => applicationOf(one));
  recipe.discounts.forEach((one, index) => {
    layDiscount(recipe, one, index, lines, shippingLines);
  });
  for (const line of lines) layTaxes(recipe, line);
  if (recipe.taxedShipping)
    for (const line of shippingLines) line.taxes = taxesOf(recipe, shippingNet(line)[1]);

  const address = drawAddress(new RecordRandom(7, 7, n), { firstName: "Asha", lastName: "O'Neil" }, null);
  const place = { gid: orderAddressGid(n, 1), address };
  const draft: OrderDraft = {
    gid: gidOf("Order", n),
    number: 1001 + n,
    name: `#${String(1001 + n)}`,
    createdMs,
    processedMs: createdMs,
    updatedMs: createdMs,
    closedMs: null,
    cancelledMs: null,
    cancelReason: null,
    currency: currencyPair(recipe.shop, recipe.presentment),
    taxesIncluded: recipe.taxesIncluded,
    test: recipe.test,
    edited: false,
    note: n % 5 === 0 ? 'Gift for माँ 🎁 – "no bill"\n' : null,
    tags: n % 3 === 0 ? ["COD", "low_risk"] : [],
    email: [null, "", "asha@example.com"][n % 3] ?? null,
    phone: n % 2 === 0 ? null : "+919555501000",
    poNumber: null,
    customerLocale: "en-IN",
    sourceName: app.sourceName,
    sourceIdentifier: null,
    app,
    retailLocationGid: pos ? LOCATIONS[1].id : null,
    attributes: n % 7 === 0 ? [{ key: "utm_source", value: "" }] : [],
    customerGid: recipe.customer ? gidOf("Customer", n) : null,
    billing: recipe.contact === "both" ? place : null,
    shipping: recipe.contact === "none" ? null : place,
    applications,
    lines,
    shippingLines,
    additionalFees:
      recipe.fee === null
        ? []
        : [
            {
              gid: gidOf("AdditionalFee", n),
              name: "COD fee",
              amount: both(recipe, recipe.fee),
              refunded: false,
            },
          ],
    transactions: [],
    fulfillmentOrders: [],
    fulfillments: [],
    refunds: [],
    returns: [],
    cashRounding: NO_MONEY,
  };
  openFulfillmentOrders(recipe, draft);
  return draft;
}

/** A line of the order, or one that an edit or an exchange adds, with its tax. */
export function lineFromRecipe(
  recipe: OrderRecipe,
  line: LineRecipe,
  i: number,
  addedLater = false,
): DraftLine {
  const product = line.kind === "product" || line.kind === "gift_card";
  const made = plainLine({
    gid: gidOf("LineItem", recipe.n, i),
    title: line.kind === "service" ? "Gift wrap" : "Anarkali Kurta",
    variantTitle: product ? "M" : null,
    sku: product ? `AK-${String(i)}` : null,
    vendor: product || line.kind === "deleted" ? "Nazrana" : null,
    productGid: product ? gidOf("Product", i) : null,
    variantGid: product ? gidOf("ProductVariant", i, 1) : null,
    quantity: line.quantity,
    unitPrice: both(recipe, line.unitPrice),
    grams: 350,
    requiresShipping: line.kind !== "gift_card" && line.kind !== "service",
    taxable: line.taxable && line.kind !== "gift_card",
    isGiftCard: line.kind === "gift_card",
    addedLater,
    group: line.bundled
      ? {
          id: gidOf("LineItemGroup", recipe.n),
          title: "Festive Combo",
          quantity: 1,
          variantId: null,
          productId: null,
        }
      : null,
  });
  if (recipe.duty !== null && made.requiresShipping && !addedLater)
    made.duties = [
      {
        gid: gidOf("Duty", recipe.n, i),
        amount: both(recipe, recipe.duty),
        harmonizedSystemCode: "621143",
        countryCodeOfOrigin: "IN",
      },
    ];
  return made;
}

export function layTaxes(recipe: OrderRecipe, line: DraftLine): void {
  if (line.taxable) line.taxes = taxesOf(recipe, lineNet(line)[1]);
}

/** Each title by itself, inside the amount or on top of it, and each converted by itself. */
function taxesOf(recipe: OrderRecipe, net: number): DraftTax[] {
  const sum = recipe.taxesIncluded ? recipe.taxes.reduce((rates, tax) => rates + tax.rate, 1) : 1;
  return recipe.taxes.map(({ title, rate }) => ({
    title,
    rate,
    amount: both(recipe, Math.round((net * rate) / sum)),
  }));
}

function both(recipe: OrderRecipe, minor: number): Money2 {
  return [convertMinor(minor, recipe.presentment, recipe.shop), minor];
}

function shippingLine(recipe: OrderRecipe, price: number, i: number): DraftShippingLine {
  return {
    gid: gidOf("ShippingLine", recipe.n, i),
    title: price === 0 ? "Free Shipping" : "Standard Shipping",
    code: "Standard",
    source: "shopify",
    carrierIdentifier: null,
    custom: false,
    isRemoved: false,
    price: both(recipe, price),
    allocations: [],
    taxes: [],
    refunded: NO_MONEY,
  };
}

const LABELS = {
  DiscountCodeApplication: "WELCOME10",
  ManualDiscountApplication: "Friends & family",
  AutomaticDiscountApplication: "Kurta Week",
  ScriptDiscountApplication: "5% off",
};

function applicationOf({ type, value, on }: DiscountRecipe): DraftApplication {
  return {
    type,
    allocationMethod: on === "SHIPPING" ? "EACH" : on,
    targetSelection: on === "ACROSS" || on === "SHIPPING" ? "ALL" : on === "EACH" ? "ENTITLED" : "EXPLICIT",
    targetType: on === "SHIPPING" ? "SHIPPING_LINE" : "LINE_ITEM",
    value,
    label: LABELS[type],
  };
}

function layDiscount(
  recipe: OrderRecipe,
  { value, on }: DiscountRecipe,
  index: number,
  lines: readonly DraftLine[],
  shipping: readonly DraftShippingLine[],
): void {
  const toShop = (minor: number): number => convertMinor(minor, recipe.presentment, recipe.shop);
  const off = (left: number): number =>
    "percentage" in value ? Math.round((left * value.percentage) / 100) : Math.min(left, value.amountMinor);
  const goods = lines.filter((line) => !line.isTip && !line.isGiftCard);
  if (on === "SHIPPING") {
    for (const line of shipping) {
      const left = shippingNet(line);
      const minor = off(left[1]);
      const shop = minor === left[1] ? left[0] : Math.min(left[0], toShop(minor));
      if (minor > 0) line.allocations.push({ application: index, amount: [shop, minor] });
    }
    return;
  }
  if (on === "ACROSS") {
    const weights = goods.map(leftOfLine);
    const parts = spread(off(weights.reduce((sum, weight) => sum + weight, 0)), weights);
    goods.forEach((line, i) => {
      allocate(line, index, parts[i] ?? 0, toShop);
    });
    return;
  }
  const entitled = on === "ONE" ? goods.slice(0, 1) : goods.filter((_, i) => i % 2 === 0);
  for (const line of entitled) allocate(line, index, off(leftOfLine(line)), toShop);
}

function openFulfillmentOrders(recipe: OrderRecipe, draft: OrderDraft): void {
  const goods = draft.lines.flatMap((line, i) => (line.isTip ? [] : [i]));
  const parts =
    recipe.twoFulfillmentOrders && goods.length > 1
      ? [goods.filter((_, k) => k % 2 === 0), goods.filter((_, k) => k % 2 === 1)]
      : [goods];
  draft.fulfillmentOrders = parts.map((places, part) =>
    openFulfillmentOrder(recipe, draft, part, part === 0 ? 0 : 2, recipe.delivery, places),
  );
}
