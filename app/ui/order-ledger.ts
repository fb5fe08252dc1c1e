import type { ErpOrderWithParts } from "#app/erp/orders/erp-order-with-parts.ts";
import type { ChargeKind } from "#app/erp/processor/order-charge.ts";
import { fromMinor, toMinor } from "#app/lib/money.ts";

import type { Format } from "./format.ts";

/** One line of the account: charges of one kind and name together. Amounts are exact decimals. */
export type LedgerRow = {
  words: string;
  amount: string;
  /** Shown, and no part of the sum: tax inside the prices, the rounding of a cash payment. */
  included: boolean;
};

/** Rows that come to `sum`; what Shopify says, and what of it they leave unexplained. */
export type LedgerStep = { rows: LedgerRow[]; sum: string; shopify: string; difference: string };

/** How an order's total came about, and its current total from it; null where nothing was taken off. */
export type Ledger = { currency: string; placed: LedgerStep; now: LedgerStep | null };

export type LedgerOrder = Pick<
  ErpOrderWithParts,
  | ("charges" | "currency" | "presentmentCurrency" | "totalAmount" | "currentTotalAmount")
  | ("presentmentTotalAmount" | "presentmentCurrentTotalAmount")
>;

const placedKinds: Partial<Record<ChargeKind, string>> = {
  item: "Items",
  line_discount: "Discount",
  order_discount: "Order discount",
  shipping: "Shipping",
  shipping_discount: "Shipping discount",
  tax: "Tax",
  duty: "Duties",
  additional_fee: "Fee",
  cod_fee: "COD fee",
  tip: "Tip",
  cash_rounding: "Rounding of the cash payment",
};
const removalKinds: Partial<Record<ChargeKind, string>> = {
  refund_item: "Items refunded",
  removed_item: "Items removed",
  refund_shipping: "Shipping refunded",
  removed_shipping: "Shipping removed",
  refund_tax: "Tax refunded",
  removed_tax: "Tax removed",
  refund_duty: "Duties refunded",
  removed_duty: "Duties removed",
  removed_fee: "Fees removed",
  refund_tip: "Tip refunded",
  removed_tip: "Tip removed",
  refund_adjustment: "Refund adjusted",
  removal: "Taken off",
};

/**
 * The account of an order in the shop's currency or in the customer's. What does not add up is said, never spread.
 * @param number writes a tax rate's number as the shop does
 */
export function buildOrderLedger(
  order: LedgerOrder,
  of: "shop" | "presentment",
  number: Format["number"],
): Ledger {
  const isShop = of === "shop";
  const currency = isShop ? order.currency : order.presentmentCurrency;
  const minor = (amount: string) => toMinor(amount, currency);
  const charges = order.charges.map((charge) => ({
    ...charge,
    minor: minor(isShop ? charge.amount : charge.presentmentAmount),
  }));
  const step = (kinds: Partial<Record<ChargeKind, string>>, begins: number, shopify: string): LedgerStep => {
    const rows = Object.entries(kinds).flatMap(([kind, words]) =>
      rowsOf(
        charges.filter((charge) => charge.kind === kind),
        words,
        { currency, number },
      ),
    );
    const sum = charges
      .filter(({ kind, included }) => kind in kinds && !included)
      .reduce((total, charge) => total + charge.minor, begins);
    const text = (value: number) => fromMinor(value, currency);
    return { rows, sum: text(sum), shopify, difference: text(minor(shopify) - sum) };
  };
  const placed = step(placedKinds, 0, isShop ? order.totalAmount : order.presentmentTotalAmount);
  const current = isShop ? order.currentTotalAmount : order.presentmentCurrentTotalAmount;
  const now = step(removalKinds, minor(placed.sum), current);
  const isSame = now.rows.length === 0 && minor(current) === minor(placed.shopify);
  return { currency, placed, now: isSame ? null : now };
}

type Charge = LedgerOrder["charges"][number] & { minor: number };

/** Items are one row; everything else one a name. */
function rowsOf(
  charges: readonly Charge[],
  words: string,
  { currency, number }: { currency: string; number: Format["number"] },
): LedgerRow[] {
  const groups = Map.groupBy(charges, ({ kind, title, rate, included }) =>
    JSON.stringify([kind === "item" || kind.endsWith("_item") ? null : title, rate, included]),
  );
  return [...groups.values()].flatMap((group): LedgerRow[] => {
    const [first] = group;
    if (first === undefined) return [];
    const named = first.kind === "item" || first.kind.endsWith("_item") ? null : first.title;
    return [
      {
        words: [words, named === null ? "" : `: ${named}`, rateWords(first.rate, number)].join(""),
        amount: fromMinor(
          group.reduce((sum, charge) => sum + charge.minor, 0),
          currency,
        ),
        included: first.included,
      },
    ];
  });
}

/** "0.18" → " (18 %)". */
function rateWords(rate: string | null, number: Format["number"]): string {
  return rate === null ? "" : ` (${number(Math.round(Number(rate) * 1e5) / 1e3)} %)`;
}
