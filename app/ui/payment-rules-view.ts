import type { PaymentVerdict } from "#app/settings/determine-payment-method.ts";
import type { PaymentRule } from "#app/settings/settings-schema.ts";

import type { PageAnswer } from "./page-answer.ts";
import type { SettingsChangeView } from "./settings-change-words.ts";

/** A gateway name of orders that no rule knows. */
export type UnknownNameView = {
  name: string;
  orders: number;
  openOrders: number;
  lastSeenAt: string;
  exampleOrderId: string;
  exampleOrderNumber: string;
};

export type PaymentRulesView = {
  rules: PaymentRule[];
  /** Another one where the rules are others. */
  version: string;
  unknown: UnknownNameView[];
  lastChange: SettingsChangeView | null;
};

/** What rules would do to the orders that are there. */
export type RulesPreviewView = {
  orders: number;
  changed: number;
  becomeCod: number;
  becomePrepaid: number;
  becomeHeld: number;
  becomeReleased: number;
  examples: { shopifyOrderId: string; orderNumber: string; from: PaymentVerdict; to: PaymentVerdict }[];
};

export type RulesAnswer = PageAnswer & { preview?: RulesPreviewView };
