import type { QueuedKind } from "#app/cache/cache-tables.ts";
import {
  listFulfillmentOrderVersions,
  listPayloadVersions,
  loadPayloadText,
  type PayloadVersion,
} from "#app/cache/list-payload-versions.server.ts";
import { isEntryForgotten, loadEntryState } from "#app/cache/load-entry-state.server.ts";
import { findErpRecord, type ErpRecord } from "#app/erp/find-erp-record.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { EntryView, VersionView } from "#app/ui/cache-view.ts";
import { shopifyRecordUrl } from "#app/ui/shopify-record-url.ts";

import { loadNotApplied } from "./api/load-not-applied.server.ts";
import { noSuchEntry } from "./cache-kind.ts";
import { viewCacheRow } from "./cache-list.server.ts";
import type { PageRequest } from "./load-page.server.ts";

/** A larger payload comes when a person asks for it, not with the page. */
const WITH_PAGE_BYTES = 300_000;

/**
 * One entry as its page shows it.
 * @throws AppError NOT_FOUND
 */
export async function loadCacheEntry(
  { pool, shop, context }: Pick<PageRequest, "pool" | "shop" | "context">,
  { kind, id }: { kind: QueuedKind; id: string },
): Promise<EntryView> {
  const key = { shop, kind, id };
  const state = await loadEntryState(pool, key);
  if (!state) throw new AppError("NOT_FOUND", noSuchEntry(kind, id));
  const isOrder = kind === "order";
  const [versions, fulfillmentOrders, erp, isForgotten, notApplied] = await Promise.all([
    listPayloadVersions(pool, key),
    isOrder ? listFulfillmentOrderVersions(pool, { shop, orderId: id }) : [],
    findErpRecord(pool, key),
    isEntryForgotten(pool, key),
    isOrder ? loadNotApplied(context, { shop, orderId: id }) : null,
  ]);
  const [newest] = versions;
  const isSmall = newest !== undefined && newest.bytes <= WITH_PAGE_BYTES;
  return {
    ...viewCacheRow(state),
    ...{ kind, isForgotten, fetchAttempts: state.fetchAttempts, untold: state.untold },
    triggeredAt: state.triggeredAt?.toISOString() ?? null,
    quarantinedAt: state.quarantinedAt?.toISOString() ?? null,
    newsAt: state.newsAt?.toISOString() ?? null,
    nextFetchAt: state.nextFetchAt?.toISOString() ?? null,
    erp: erp && { label: labelOf[erp.of](erp.name), path: pathOf(erp) },
    shopifyUrl: shopifyRecordUrl(shop, kind, id),
    versions: versions.map(viewVersion),
    fulfillmentOrders: fulfillmentOrders.map(viewVersion),
    newestRaw: isSmall ? await loadPayloadText(pool, { shop, ...newest }) : null,
    notApplied: notApplied && notApplied.map(({ news, fact }) => ({ news, fact })),
  };
}

const labelOf: Record<ErpRecord["of"], (name: string) => string> = {
  order: (name) => `Order ${name}`,
  product: (name) => `Product ${name}`,
  customer: (name) => `Customer ${name}`,
};

function pathOf({ of, id }: ErpRecord): string {
  const folders = { order: "orders", product: "catalogue", customer: "customers" } as const;
  return `/app/${folders[of]}/${id}`;
}

function viewVersion(version: PayloadVersion): VersionView {
  const { kind, id, shape, source, contentHash, bytes } = version;
  return {
    ...{ kind, id, shape, source, contentHash, bytes },
    shopifyUpdatedAt: version.shopifyUpdatedAt?.toISOString() ?? null,
    triggeredAt: version.triggeredAt?.toISOString() ?? null,
    receivedAt: version.receivedAt.toISOString(),
    supersededAt: version.supersededAt?.toISOString() ?? null,
  };
}
