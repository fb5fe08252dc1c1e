import type { OrderRulesErrors, OrderRulesForm } from "#app/settings/order-rules-form.ts";

import type { PageAnswer } from "./page-answer.ts";
import type { SettingsChangeView } from "./settings-change-words.ts";

export type OrderRulesView = {
  form: OrderRulesForm;
  /** When the app was installed: from then on orders count, unless the shop chose a day. */
  installedAt: string;
  timeZone: string;
  /** When the page was loaded. */
  now: string;
  /** Of every setting, and of all together. */
  versions: Record<string, string>;
  version: string;
  changes: SettingsChangeView[];
};

/** What a save would change among the records that are there. */
export type OrderRulesPreviewView = {
  cutOver: {
    becomeHistory: number;
    becomeHistoryOpen: number;
    becomeLive: number;
    becomeLiveOpen: number;
  } | null;
  computed: { setting: string; count: number }[];
};

export type OrderRulesAnswer = PageAnswer & { preview?: OrderRulesPreviewView; errors?: OrderRulesErrors };
