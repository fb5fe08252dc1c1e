import type { AllowedAction } from "#app/erp/actions/action-outcome.ts";
import type { EntryStatus } from "#app/cache/entry-status.ts";
import type { ErpOrderWithParts } from "#app/erp/orders/erp-order-with-parts.ts";
import type { OrderStory } from "#app/erp/orders/order-story.ts";
import type { OrderExplanation } from "#app/erp/processor/explain-order.ts";
import type { OutboxRow } from "#app/writeback/outbox-row.ts";

import type { WriteBackKind } from "./home-view.ts";

/** The order's cache entry: what Shopify said of it, and whether the ERP could follow. Times are ISO. */
export type OrderEntryView = {
  orderNumber: string | null;
  status: EntryStatus;
  source: string;
  receivedAt: string;
  processedAt: string | null;
  errorCode: string | null;
  error: string | null;
  /** What can be done about the error. */
  next: string | null;
  nextRetryAt: string | null;
  /** What is still to be asked of Shopify, and why that did not succeed. */
  needsFetch: string | null;
  fetchError: string | null;
};

/** What the page of one order shows. Of order and entry one may be missing: not processed yet, or no longer cached. */
export type OrderView = {
  id: string;
  order: ErpOrderWithParts | null;
  entry: OrderEntryView | null;
  story: OrderStory;
  /** The person was erased: the order's money and goods are kept without them. */
  isErased: boolean;
  /** What a person has said of its payment method. */
  correction: "COD" | "Prepaid" | null;
  /** Null where the payload cannot be read. */
  explanation: OrderExplanation | null;
  /** What can be done with it, and why not what cannot; empty where that cannot be said. */
  actions: AllowedAction[];
  /** Shopify's, where parcels may leave from. */
  locations: { id: string; name: string }[];
  /** The ERP's, where goods that come back can be put. */
  erpLocations: { id: string; name: string }[];
  /** Which kinds of news Shopify is told. */
  writesBack: Record<WriteBackKind, boolean>;
  /** What Shopify is told of it, the newest first. */
  outbox: { rows: OutboxRow[]; hasMore: boolean };
  /** The order in Shopify's Admin. */
  shopifyUrl: string;
};
