import type { MappedPlaces } from "#app/erp/inventory/mapped-places.ts";
import type { StockForm } from "#app/settings/stock-form.ts";

import type { SettingsChangeView } from "./settings-change-words.ts";

/** What the page Stock rules shows. */
export type StockRulesView = {
  form: StockForm;
  places: MappedPlaces;
  /** Whether stock is being sent. */
  isSending: boolean;
  /** Of the setting `stock`: what a person has seen. */
  version: string;
  lastChange: SettingsChangeView | null;
};
