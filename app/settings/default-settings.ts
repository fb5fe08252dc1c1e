import type { PaymentRule, ShopSettings } from "./settings-schema.ts";

/** Names that deny what the words after them say; above everything else. */
const notCodPhrases = ["no cod", "non cod", "not cod"];

/** What shops and payment apps call cash on delivery. */
const codPhrases = [
  "cod",
  "c o d",
  "ppcod",
  "partial cod",
  "cash on delivery",
  "cashondelivery",
  "cash upon delivery",
  "card on delivery",
  "pay on delivery",
  "payondelivery",
  "payment on delivery",
  "pay at delivery",
  "nachnahme",
  "contrassegno",
  "contra reembolso",
  "contre remboursement",
  "onder rembours",
];

/** Gateways that take the money before the goods leave. */
const prepaidPhrases = [
  "razorpay",
  "stripe",
  "shopify payments",
  "shop pay",
  "paypal",
  "cashfree",
  "payu",
  "payubiz",
  "payumoney",
  "phonepe",
  "paytm",
  "ccavenue",
  "instamojo",
  "easebuzz",
  "juspay",
  "gokwik",
  "simpl",
  "lazypay",
  "snapmint",
  "klarna",
  "afterpay",
  "affirm",
  "adyen",
  "mollie",
  "worldpay",
  "ideal",
  "sofort",
  "bancontact",
  "amazon pay",
  "google pay",
  "gpay",
  "apple pay",
  "bank transfer",
  "bank deposit",
  "upi",
  "netbanking",
  "net banking",
  "credit card",
  "debit card",
  "gift card",
  "store credit",
  "bogus",
];

const onGateways = (texts: readonly string[], method: PaymentRule["method"]): PaymentRule[] =>
  texts.map((text) => ({ on: "gateway", match: "words", text, method }));

/**
 * The rules a shop starts with. COD stands before Prepaid, so that "Razorpay Cash on Delivery" is COD.
 * "cash" alone is the till of a Shopify POS. "manual" is deliberately nowhere: it is whatever the merchant
 * typed an order in for, so it stays unknown and is judged by whether it is paid.
 */
const defaultPaymentRules: PaymentRule[] = [
  ...onGateways(notCodPhrases, "Prepaid"),
  ...onGateways(codPhrases, "COD"),
  ...onGateways(prepaidPhrases, "Prepaid"),
  { on: "gateway", match: "exact", text: "cash", method: "Prepaid" },
];

/** What holds for a shop that has chosen nothing. Every write-back is off (law: nothing leaves by itself). */
export const defaultSettings: ShopSettings = {
  paymentRules: defaultPaymentRules,
  holdOnMoneyDifference: false,
  codConfirmation: { required: false, confirmedTags: ["COD Confirmed"] },
  roundRupees: "no",
  deliveryUnknownAfterDays: 10,
  colourSynonyms: ["color", "colour", "shade", "farbe", "couleur", "colore", "kleur", "rang", "रंग"],
  ignoredContacts: { emails: [], phones: [] },
  historyRetentionDays: 30,
  deliveryLogRetentionDays: 30,
  scheduler: { intervalMinutes: 60, lookBackHours: 24 },
  writeBack: {
    fulfillmentOrderMove: false,
    fulfillmentCreate: false,
    trackingUpdate: false,
    fulfillmentEvent: false,
    fulfillmentCancel: false,
    orderCancel: false,
    orderEdit: false,
    orderMarkAsPaid: false,
    inventorySet: false,
  },
};
