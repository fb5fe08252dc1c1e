import type { StockCompareCounts, StockSkip } from "#app/erp/inventory/stock-compare-row.ts";

/** What letting stock be sent would mean, counted over all levels: what a person is shown of it. */
export type StockToSend = Omit<StockCompareCounts, "skipped" | "unprocessedOrders" | "waits"> &
  Record<StockSkip, number> & {
    /** Changes that have waited for it, and leave at once. */
    waiting: number;
  };

/** The same as a person is shown it; by `id` stock can be switched on for an hour. */
export type ShownStockPreview = StockToSend & {
  id: string;
  kind: "inventorySet";
  /** The permission that has to be granted before; null: none. */
  missingScope: string | null;
};
