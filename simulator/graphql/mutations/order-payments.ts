import { accessDenied } from "../access-errors.ts";
import { checkGidOf } from "../global-id.ts";
import type { Mutation } from "./mutation-desk.ts";
import { readInput, readString, readTime } from "./read-args.ts";
import { attempt, userError } from "./user-errors.ts";
import { computeCharges, computePayments } from "#simulator/store/order-totals.ts";
import { currencyDigits, parseAmount } from "#simulator/store/money.ts";
import { readField } from "#simulator/store/read-record.ts";

/** All that is owed is paid. Shopify's words. */
export const orderMarkAsPaid: Mutation = ({ desk, args }) => {
  const order = checkGidOf(String(readInput(args, "input")["id"]), "Order");
  if (desk.shop.store.node(order) === null) return unpaid("Order does not exist");
  const paid = attempt(() => desk.perform({ act: "payOrder", order }));
  return "words" in paid ? unpaid(paid.words) : { order: desk.shop.store.node(order), userErrors: [] };
};

function unpaid(words: string) {
  return { order: null, userErrors: [userError(["id"], words)] };
}

/** Shopify's words for each code are those of the schema's descriptions (assumed). */
const WORDS = {
  AMOUNT_EXCEEDS_BALANCE: "Amount exceeds the remaining balance.",
  AMOUNT_NOT_POSITIVE: "Amount must be positive.",
  CURRENCY_MISMATCH: "The currency of the amount doesn't match the presentment currency of the order.",
  ORDER_NOT_FOUND: "Order is not found.",
  PROCESSED_AT_INVALID:
    "Indicates that the processedAt field is invalid, such as when it references a future date.",
} as const;

/**
 * Money that came outside the checkout: all that is owed, or a part of it, which only a shop on Shopify Plus may say.
 * Assumed: an order that owes nothing, or is cancelled, exceeds its balance by any amount.
 */
export const orderCreateManualPayment: Mutation = ({ desk, args, admin, name }) => {
  const order = checkGidOf(String(args["id"]), "Order");
  const { store } = desk.shop;
  const hasAmount = args["amount"] !== undefined && args["amount"] !== null;
  const [rule] = admin.access.forField("Mutation", name, "OrderCreateManualPaymentPayload");
  if (hasAmount && rule && readField(store.shop, "plan", "shopifyPlus") !== true)
    throw accessDenied(name, rule);
  const draft = store.draftOf(order);
  if (draft === null) return refused("id", "ORDER_NOT_FOUND");
  const at = readTime(args, "processedAt");
  if (at !== undefined && Date.parse(at) > desk.shop.nowMs() + 1_000)
    return refused("processedAt", "PROCESSED_AT_INVALID");
  const { outstanding } = computePayments(draft, computeCharges(draft).currentTotal);
  const given = readInput(args, "amount");
  const currency = draft.currency.presentment;
  const amount = hasAmount ? String(given["amount"]) : undefined;
  if (amount !== undefined) {
    const minor = parseAmount(amount, currencyDigits(currency));
    if (given["currencyCode"] !== currency) return refused("amount", "CURRENCY_MISMATCH");
    if (minor === null || minor <= 0) return refused("amount", "AMOUNT_NOT_POSITIVE");
    if (minor > outstanding[1]) return refused("amount", "AMOUNT_EXCEEDS_BALANCE");
  }
  const method = readString(args, "paymentMethodName") ?? "Other";
  const paid = attempt(() => desk.perform({ act: "payOrder", order, amount, method, at }));
  return "words" in paid
    ? refused("id", "AMOUNT_EXCEEDS_BALANCE")
    : { order: store.node(order), userErrors: [] };
};

function refused(field: string, code: keyof typeof WORDS) {
  return { order: null, userErrors: [userError([field], WORDS[code], code)] };
}
