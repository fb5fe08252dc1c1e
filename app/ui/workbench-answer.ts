import type { SkuChoice } from "#app/erp/catalog/workbench-views.ts";

import type { PageAnswer } from "./page-answer.ts";

/** What a mapping did for the orders that waited. */
export type Released = {
  variantId: string;
  /** As the orders name it, or the variant's title. */
  name: string;
  /** Orders that waited for nothing else: they go through now. */
  orders: number;
  /** Orders that wait for another SKU as well. */
  stillWaiting: number;
  /** Whether all orders that waited were counted; else there may be more. */
  isAll: boolean;
};

export type WorkbenchAnswer = PageAnswer & {
  skus?: SkuChoice[];
  /** What was searched for. */
  searched?: string;
  released?: Released;
};
