import type { RecordRandom } from "./random.ts";

/** A payment gateway under one of the names shops really carry: free text, as `gateway` and as formatted. */
export type Gateway = { name: string; formatted: string; manual: boolean };

const gateway = (name: string, manual = false, formatted = name): Gateway => ({ name, formatted, manual });

const COD = [
  [gateway("Cash on Delivery (COD)", true), 40],
  [gateway("cash_on_delivery", true, "Cash On Delivery"), 15],
  [gateway("Cash on Delivery", true), 15],
  [gateway("cash on delivery (COD)", true), 10],
  [gateway("Pay on Delivery", true), 5],
  [gateway("Cash on Delivery (₹49 fee)", true), 5],
  [gateway("COD", true), 4],
  [gateway("Gokwik COD", true), 3],
] as const;

const PREPAID = [
  [gateway("Razorpay"), 30],
  [gateway("1 Razorpay"), 12],
  [gateway("razorpay"), 5],
  [gateway("Cashfree Payments"), 15],
  [gateway("PayU India"), 10],
  [gateway("PhonePe"), 8],
  [gateway("upi", false, "UPI"), 5],
  [gateway("Stripe", false, "Stripe"), 3],
  [gateway("shopify_payments", false, "Shopify Payments"), 3],
  [gateway("paypal", false, "PayPal"), 2],
] as const;

const FOREIGN = [
  [gateway("shopify_payments", false, "Shopify Payments"), 5],
  [gateway("paypal", false, "PayPal"), 4],
  [gateway("Stripe"), 2],
] as const;

export const GIFT_CARD_GATEWAY = gateway("gift_card", false, "Gift Card");
export const STORE_CREDIT_GATEWAY = gateway("shopify_store_credit", false, "Store Credit");
export const CASH_GATEWAY = gateway("cash", false, "Cash");
export const PPCOD_GATEWAY = gateway("Gokwik PPCOD", true);

export function drawCodGateway(random: RecordRandom): Gateway {
  return random.weighted(COD);
}

export function drawPrepaidGateway(random: RecordRandom, foreign: boolean): Gateway {
  return foreign ? random.weighted(FOREIGN) : random.weighted(PREPAID);
}

export function drawTransferGateway(random: RecordRandom): Gateway {
  return random.pick([
    gateway("Bank Transfer (Advance Payment)", true),
    gateway("manual", true, "Manual"),
    gateway("manual", true, "Manual"),
  ]);
}

export function drawTillGateway(random: RecordRandom): Gateway {
  return random.pick([
    gateway("Pine Labs"),
    gateway("shopify_payments", false, "Shopify Payments"),
    gateway("external_credit", false, "External Credit"),
  ]);
}
