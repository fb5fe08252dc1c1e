import type { StockCompareCounts, StockCompareRow } from "#app/erp/inventory/stock-compare-row.ts";
import type { ListPage } from "#app/lib/list-page.ts";
import type { StockWish } from "#app/outbox/stock-wish.ts";
import type { ShopSettings } from "#app/settings/settings-schema.ts";
import type { ShownStockPreview } from "#app/writeback/stock-to-send.ts";

import type { PageAnswer } from "./page-answer.ts";

/** What the page Compare stock shows; its figures are asked for once it stands. */
export type StockCompareView = {
  page: ListPage<StockCompareRow>;
  ignored: string[];
  /** Of the page's levels, by their ids: which are on their way. */
  wishes: Partial<Record<string, StockWish>>;
  leads: ShopSettings["stock"]["leads"];
  onConflict: ShopSettings["stock"]["onConflict"];
  /** Whether stock is being sent. */
  isSending: boolean;
  /** The permission that is missing to send it; null where it is there. */
  missingScope: string | null;
} & StockSendNews;

/** What keeps stock from being sent: it comes with the page, so that nothing is pushed down, and again with its figures. */
export type StockSendNews = Pick<StockCompareCounts, "waits"> & {
  /** Levels that somebody changed in Shopify meanwhile: a person says which number counts. */
  questions: number;
};

/** The comparison in figures. */
export type StockFigures = StockCompareCounts & StockSendNews;

/** What came of a wish on the page; of looking at what would be sent also that. */
export type StockSendAnswer = PageAnswer & { preview?: ShownStockPreview };

/** A level's id: Shopify's item and location. */
export const comparedId = ({ inventoryItemId, locationId }: StockCompareRow) =>
  `${inventoryItemId}@${locationId}`;
