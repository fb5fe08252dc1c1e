import { addTransaction } from "#simulator/store/draw-payments.ts";
import {
  CASH_GATEWAY,
  GIFT_CARD_GATEWAY,
  STORE_CREDIT_GATEWAY,
  type Gateway,
} from "#simulator/store/gateways.ts";
import { portionMoney, subtractMoney, type Money2 } from "#simulator/store/money.ts";
import type { DraftTransaction, OrderDraft } from "#simulator/store/order-draft.ts";
import { computeCharges } from "#simulator/store/order-totals.ts";
import type { OrderRecipe } from "./order-recipe.ts";

const COD: Gateway = { name: "Cash on Delivery (COD)", formatted: "Cash on Delivery (COD)", manual: true };
const TRANSFER: Gateway = { name: "Bank Transfer", formatted: "Bank Transfer", manual: true };
const CARD: Gateway = { name: "shopify_payments", formatted: "Shopify Payments", manual: false };
const RAZORPAY: Gateway = { name: "1 Razorpay", formatted: "1 Razorpay", manual: false };

/** The transactions of the checkout. */
export function payForOrder(recipe: OrderRecipe, draft: OrderDraft): void {
  const { n, payment } = recipe;
  const total = computeCharges(draft).originalTotal;
  if (total[1] === 0) return;
  const add = (
    gateway: Gateway,
    amount: Money2,
    fields: Partial<DraftTransaction> = {},
  ): DraftTransaction | undefined =>
    amount[1] <= 0
      ? undefined
      : addTransaction(draft, n, gateway, {
          kind: "SALE",
          status: "SUCCESS",
          amount,
          timeMs: draft.createdMs,
          ...fields,
        });
  const part = portionMoney(total, recipe.paidPercent, 100);
  const rest = subtractMoney(total, part);
  switch (payment) {
    case "cod":
      add(COD, total, { status: "PENDING" });
      return;
    case "transfer":
      add(TRANSFER, total, { status: "PENDING" });
      return;
    case "prepaid":
      if (n % 4 === 0) add(RAZORPAY, total, { status: "FAILURE", errorCode: "CARD_DECLINED" });
      if (n % 3 === 0) {
        const hold = add(CARD, total, { kind: "AUTHORIZATION" });
        add(CARD, total, { kind: "CAPTURE", parentGid: hold?.gid ?? null });
      } else add(RAZORPAY, total);
      return;
    case "part_paid":
      add(RAZORPAY, part);
      add(COD, rest, { status: "PENDING" });
      return;
    case "gift_card":
    case "store_credit":
      add(payment === "gift_card" ? GIFT_CARD_GATEWAY : STORE_CREDIT_GATEWAY, part);
      add(n % 2 === 0 ? COD : RAZORPAY, rest, { status: n % 2 === 0 ? "PENDING" : "SUCCESS" });
      return;
    case "authorized":
      add(CARD, total, { kind: "AUTHORIZATION" });
      return;
    case "pos_cash": {
      const oneCurrency = recipe.shop === recipe.presentment;
      const over = oneCurrency && draft.currency.shopDigits === 2 ? total[1] % 100 : 0;
      const rounding = over === 0 ? 0 : over < 50 ? -over : 100 - over;
      add(CASH_GATEWAY, total, { rounding: [rounding, rounding], paymentId: null });
      draft.cashRounding = [rounding, rounding];
      return;
    }
    case "none":
  }
}
