import fc from "fast-check";
import type { DraftApplication } from "#simulator/store/order-draft.ts";

/**
 * What an arbitrary order is made after: few plain facts, so that fast-check shrinks to a short list of what matters.
 * Amounts are minor units of the buyer's currency; `place` counts on and on (line 7 of three is line 1).
 */
export type OrderRecipe = {
  n: number;
  shop: Currency;
  presentment: Currency;
  lines: LineRecipe[];
  tip: number | null;
  fee: number | null;
  shipping: number[];
  discounts: DiscountRecipe[];
  taxes: { title: string; rate: number }[];
  taxesIncluded: boolean;
  taxedShipping: boolean;
  duty: number | null;
  payment: PaymentKind;
  /** Of what is paid at once, in percent. */
  paidPercent: number;
  delivery: "SHIPPING" | "PICK_UP" | "LOCAL" | "RETAIL";
  twoFulfillmentOrders: boolean;
  test: boolean;
  customer: boolean;
  contact: "both" | "shipping" | "none";
  events: OrderEvent[];
};

export type Currency = "INR" | "USD" | "JPY" | "KWD";

export type LineRecipe = {
  unitPrice: number;
  quantity: number;
  kind: "product" | "deleted" | "custom" | "gift_card" | "service";
  taxable: boolean;
  bundled: boolean;
};

export type DiscountRecipe = {
  type: DraftApplication["type"];
  value: { percentage: number } | { amountMinor: number };
  /** ACROSS: the whole order. EACH: every second line. ONE: a single line. SHIPPING: the shipping lines. */
  on: "ACROSS" | "EACH" | "ONE" | "SHIPPING";
};

export type PaymentKind =
  | "cod"
  | "prepaid"
  | "part_paid"
  | "authorized"
  | "gift_card"
  | "store_credit"
  | "pos_cash"
  | "transfer"
  | "none";

export type OrderEvent =
  | { kind: "add_line"; line: LineRecipe }
  | { kind: "lower_line"; place: number; quantity: number }
  | { kind: "fulfil"; place: number; all: boolean; fate: "no_news" | "in_transit" | "delivered" | "returned" }
  | { kind: "cancel_parcel"; place: number }
  | { kind: "settle" }
  | { kind: "hold" }
  | { kind: "release" }
  | {
      kind: "refund";
      units: { place: number; quantity: number }[];
      restock: "CANCEL" | "RETURN" | "NO_RESTOCK" | "LEGACY_RESTOCK";
      shipping: boolean;
      duties: boolean;
      /** Beyond what the goods are worth, in percent of what the shop still has. */
      goodwillPercent: number;
      /** What is not paid of what is owed is kept as a difference; "later" leaves it owed. */
      money: "owed" | "half" | "kept" | "later";
    }
  | {
      kind: "return";
      place: number;
      quantity: number;
      status: "REQUESTED" | "OPEN" | "CLOSED" | "DECLINED" | "CANCELED";
      refunded: boolean;
    }
  | { kind: "exchange"; place: number; line: LineRecipe; status: "OPEN" | "CLOSED" }
  | { kind: "cancel"; parcelsToo: boolean };

const of = <const T>(...values: T[]) => fc.constantFrom(...values);
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, outOf: number) => fc.option(arbitrary, { freq: outOf });
const place = fc.nat(7);
const currency = of<Currency>("INR", "USD", "JPY", "KWD");

const line: fc.Arbitrary<LineRecipe> = fc.record({
  unitPrice: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1, max: 400_000 }) },
    of(0, 1, 9_999, 100_000),
  ),
  quantity: fc.integer({ min: 1, max: 9 }),
  kind: of(
    "product",
    "product",
    "product",
    "product",
    "product",
    "deleted",
    "custom",
    "gift_card",
    "service",
  ),
  taxable: of(true, true, true, false),
  bundled: of(false, false, false, false, false, true),
});

const discount: fc.Arbitrary<DiscountRecipe> = fc.record({
  type: of(
    "DiscountCodeApplication",
    "ManualDiscountApplication",
    "AutomaticDiscountApplication",
    "ScriptDiscountApplication",
  ),
  value: fc.oneof(
    of(5, 10, 12.5, 33, 50, 100).map((percentage) => ({ percentage })),
    fc.integer({ min: 1, max: 50_000 }).map((amountMinor) => ({ amountMinor })),
  ),
  on: of("ACROSS", "ACROSS", "EACH", "ONE", "SHIPPING"),
});

/** One rate, or several titles together; rates as they are in India, in Texas and in Europe. */
const taxes = of<OrderRecipe["taxes"]>(
  [],
  [{ title: "IGST", rate: 0.05 }],
  [{ title: "IGST", rate: 0.18 }],
  [
    { title: "CGST", rate: 0.025 },
    { title: "SGST", rate: 0.025 },
  ],
  [
    { title: "Texas State Tax", rate: 0.0625 },
    { title: "Harris County Tax", rate: 0.01 },
    { title: "Houston City Tax", rate: 0.01 },
  ],
  [{ title: "VAT", rate: 0.19 }],
);

const event: fc.Arbitrary<OrderEvent> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("add_line"), line }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("lower_line"),
      place,
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant("fulfil"),
      place: fc.nat(2),
      all: of(true, true, false),
      fate: of("no_news", "in_transit", "delivered", "delivered", "returned"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("cancel_parcel"), place: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("settle") }) },
  { weight: 1, arbitrary: fc.record({ kind: of("hold", "release") }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("refund"),
      units: fc.array(fc.record({ place, quantity: fc.integer({ min: 1, max: 9 }) }), { maxLength: 3 }),
      restock: of("CANCEL", "RETURN", "RETURN", "NO_RESTOCK", "LEGACY_RESTOCK"),
      shipping: of(false, false, true),
      duties: of(false, true),
      goodwillPercent: of(0, 0, 0, 3, 50),
      money: of("owed", "owed", "owed", "half", "kept", "later"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("return"),
      place,
      quantity: fc.integer({ min: 1, max: 9 }),
      status: of("REQUESTED", "OPEN", "CLOSED", "CLOSED", "DECLINED", "CANCELED"),
      refunded: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("exchange"), place, line, status: of("OPEN", "CLOSED") }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("cancel"), parcelsToo: fc.boolean() }) },
);

/** Three orders in five are paid in the shop's own currency. */
const currencies: fc.Arbitrary<[Currency, Currency]> = fc.oneof(
  { weight: 3, arbitrary: currency.map((code): [Currency, Currency] => [code, code]) },
  { weight: 2, arbitrary: fc.tuple(currency, currency) },
);

export const orderRecipe: fc.Arbitrary<OrderRecipe> = fc
  .tuple(
    currencies,
    fc.record({
      n: fc.nat(50_000),
      lines: fc.array(line, { minLength: 1, maxLength: 6 }),
      tip: sometimes(fc.integer({ min: 1, max: 20_000 }), 8),
      fee: sometimes(fc.integer({ min: 1, max: 9_999 }), 8),
      shipping: fc.array(fc.oneof(fc.integer({ min: 1, max: 20_000 }), of(0)), { maxLength: 2 }),
      discounts: fc.array(discount, { maxLength: 3 }),
      taxes,
      taxesIncluded: fc.boolean(),
      taxedShipping: fc.boolean(),
      duty: sometimes(fc.integer({ min: 1, max: 30_000 }), 6),
      payment: of(
        "cod",
        "cod",
        "prepaid",
        "prepaid",
        "part_paid",
        "authorized",
        "gift_card",
        "store_credit",
        "pos_cash",
        "transfer",
        "none",
      ),
      paidPercent: of(10, 33, 50, 100),
      delivery: of("SHIPPING", "SHIPPING", "SHIPPING", "SHIPPING", "PICK_UP", "LOCAL", "RETAIL"),
      twoFulfillmentOrders: of(false, false, true),
      test: of(false, false, false, false, false, false, false, false, false, true),
      customer: of(true, true, false),
      contact: of("both", "both", "shipping", "none"),
      events: fc.array(event, { maxLength: 7 }),
    }),
  )
  .map(([[shop, presentment], recipe]): OrderRecipe => ({ ...recipe, shop, presentment }));
