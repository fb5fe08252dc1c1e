import fc from "fast-check";
import { expect, test } from "vitest";
import { createFormat } from "./format.ts";
import { buildOrderLedger, type LedgerOrder } from "./order-ledger.ts";

const { number } = createFormat({ locale: "en", timeZone: "UTC" });

const charge = (
  kind: LedgerOrder["charges"][number]["kind"],
  amount: string,
  more: Partial<LedgerOrder["charges"][number]> = {},
): LedgerOrder["charges"][number] => ({
  ...{ kind, amount, presentmentAmount: amount, position: 0, lineId: null, title: null, rate: null },
  ...{ included: false, ...more },
});

const order = (charges: LedgerOrder["charges"], total: string, current = total): LedgerOrder => ({
  ...{
    charges,
    currency: "INR",
    presentmentCurrency: "INR",
    totalAmount: total,
    currentTotalAmount: current,
  },
  ...{ presentmentTotalAmount: total, presentmentCurrentTotalAmount: current },
});

test("charges of one kind and name are one row, and come to the total", () => {
  const ledger = buildOrderLedger(
    order(
      [
        charge("item", "100.00", { title: "Shirt" }),
        charge("item", "50.50", { title: "Belt" }),
        charge("order_discount", "-10.50", { title: "WELCOME" }),
        charge("shipping", "20.00", { title: "Standard" }),
        charge("tax", "15.00", { title: "IGST", rate: "0.18", included: true }),
        charge("tax", "6.86", { title: "IGST", rate: "0.18", included: true }),
      ],
      "160.00",
    ),
    "shop",
    number,
  );
  expect(ledger).toEqual({
    currency: "INR",
    now: null,
    placed: {
      ...{ sum: "160.00", shopify: "160.00", difference: "0.00" },
      rows: [
        { words: "Items", amount: "150.50", included: false },
        { words: "Order discount: WELCOME", amount: "-10.50", included: false },
        { words: "Shipping: Standard", amount: "20.00", included: false },
        { words: "Tax: IGST (18 %)", amount: "21.86", included: true },
      ],
    },
  });
});

test("what a refund took off leads from the total to the current total, and what is left unexplained is said", () => {
  const { placed, now } = buildOrderLedger(
    order([charge("item", "100.00"), charge("refund_item", "-40.00")], "101.00", "60.00"),
    "shop",
    number,
  );
  expect(placed).toMatchObject({ sum: "100.00", shopify: "101.00", difference: "1.00" });
  expect(now).toMatchObject({ sum: "60.00", shopify: "60.00", difference: "0.00" });
});

const kinds = [
  ...(["item", "line_discount", "shipping", "tax", "tip", "cash_rounding", "cod_fee", "duty"] as const),
  ...(["refund_item", "refund_tax", "removed_item", "removal"] as const),
];

test("rows always come to the sum, and the sum with the difference to what Shopify says, to the last unit", () => {
  const anOrder = fc.record({
    currency: fc.constantFrom("INR", "JPY", "KWD"),
    charges: fc.array(
      fc.record({
        kind: fc.constantFrom(...kinds),
        minor: fc.integer({ min: -1_000_000, max: 1_000_000 }),
        title: fc.constantFrom(null, "A", "B"),
        included: fc.boolean(),
      }),
    ),
    total: fc.integer({ min: 0, max: 10_000_000 }),
    current: fc.integer({ min: 0, max: 10_000_000 }),
  });
  fc.assert(
    fc.property(anOrder, ({ currency, charges, total, current }) => {
      const exponent = { INR: 2, JPY: 0, KWD: 3 }[currency];
      const text = (minor: number) => (minor / 10 ** exponent).toFixed(exponent);
      const units = (amount: string) => Math.round(Number(amount) * 10 ** exponent);
      const told: LedgerOrder = {
        ...order(
          charges.map(({ kind, minor, title, included }) => charge(kind, text(minor), { title, included })),
          text(total),
          text(current),
        ),
        ...{ currency, presentmentCurrency: currency },
      };
      const { placed, now } = buildOrderLedger(told, "presentment", number);
      let begins = 0;
      for (const step of now === null ? [placed] : [placed, now]) {
        const rows = step.rows.filter(({ included }) => !included);
        expect(begins + rows.reduce((sum, { amount }) => sum + units(amount), 0)).toBe(units(step.sum));
        expect(units(step.sum) + units(step.difference)).toBe(units(step.shopify));
        begins = units(step.sum);
      }
    }),
  );
});
