import { defaultPaymentRules } from "./default-payment-rules.ts";
import type { ShopSettings } from "./settings-schema.ts";

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
  feedRetentionDays: 30,
  scheduler: { intervalMinutes: 60, lookBackHours: 24 },
  stock: { leads: "shopify", onConflict: "ask", locations: [] },
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
