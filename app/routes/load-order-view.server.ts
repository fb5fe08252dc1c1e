import { listCacheEntries } from "#app/cache/list-cache-entries.server.ts";
import { sayWish } from "#app/cache/news-wish.ts";
import { erpLocations } from "#app/erp/inventory/erp-locations.ts";
import { listStockLocations } from "#app/erp/inventory/list-stock-locations.server.ts";
import { loadOrder } from "#app/erp/orders/load-order.server.ts";
import { loadOrderStory } from "#app/erp/orders/load-order-story.server.ts";
import { AppError, explainError } from "#app/lib/errors.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import type { OrderEntryView, OrderView } from "#app/ui/order-view.ts";
import { shopifyAdminUrl } from "#app/ui/shopify-admin-url.ts";
import { locationName } from "#app/ui/stock-words.ts";
import { listOutbox } from "#app/writeback/list-outbox.server.ts";

import { explainIfReadable } from "./explain-if-readable.server.ts";
import { loadAllowedActions } from "./load-allowed-actions.server.ts";
import type { PageRequest } from "./load-page.server.ts";

/** Updates to Shopify of one order; more are in their list. */
const UPDATES_SHOWN = 10;

/**
 * Everything the page of one order shows.
 * @throws AppError NOT_FOUND where neither the ERP nor the cache has such an order
 */
export async function loadOrderView(
  visit: Pick<PageRequest, "context" | "pool" | "shop" | "now">,
  id: string,
): Promise<OrderView> {
  const { pool, shop, now } = visit;
  const [order, entry, { correction, isErased, ...story }, locations, settings, outbox] = await Promise.all([
    loadOrder(pool, { shop, id }),
    loadEntry(visit, id),
    loadOrderStory(pool, { shop, id }),
    listStockLocations(pool, { shop }),
    loadSettings(pool, { shop }),
    listOutbox(pool, { shop, orderId: id, limit: UPDATES_SHOWN, now }),
  ]);
  if (order === null && entry === null) throw new AppError("NOT_FOUND", `There is no order ${id} here`);
  const places = locations
    .filter(({ isActive }) => isActive)
    .map((location) => ({ id: location.id, name: locationName(location) }));
  return {
    ...{ id, order, entry, story, correction, isErased },
    explanation: entry === null ? null : await explainIfReadable(visit.context, { shop, orderId: id }),
    actions: entry === null ? [] : await loadAllowedActions(visit.context, { shop, orderId: id }),
    locations: places,
    erpLocations: erpLocations(settings.stock.locations, places),
    writesBack: settings.writeBack,
    outbox: { rows: outbox.rows, hasMore: outbox.next !== null },
    shopifyUrl: shopifyAdminUrl(shop, `orders/${id}`),
  };
}

async function loadEntry(
  { pool, shop }: Pick<PageRequest, "pool" | "shop">,
  id: string,
): Promise<OrderEntryView | null> {
  const [entry] = await listCacheEntries(pool, { shop, kind: "order", limit: 1, id });
  if (entry === undefined) return null;
  const { status, source, errorCode, processingError, needsFetch, fetchError, label } = entry;
  return {
    orderNumber: label === id ? null : label,
    ...{ status, source, errorCode, needsFetch: sayWish(needsFetch), fetchError },
    error: processingError,
    next: errorCode === null ? null : explainError(errorCode).next,
    receivedAt: entry.receivedAt.toISOString(),
    processedAt: entry.processedAt?.toISOString() ?? null,
    nextRetryAt: entry.nextRetryAt?.toISOString() ?? null,
  };
}
