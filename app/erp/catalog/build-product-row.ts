import type { ProductSnapshot } from "#app/shopify/codecs/merge-product-slots.ts";
import type { ProductRow } from "./catalog-rows.ts";

/**
 * The ERP product's row. The Shopify product that it is linked to first names and describes it;
 * others that feed it (a relaunch, a split by colour) only add themselves.
 */
export function buildProductRow(
  snapshot: ProductSnapshot,
  before: ProductRow | undefined,
  { id, name, archived, now }: { id: string; name: string; archived: boolean; now: string },
): ProductRow {
  const shopifyProductIds = before?.shopifyProductIds ?? [];
  const links = {
    shopifyProductId: before?.shopifyProductId ?? snapshot.id,
    shopifyProductIds: shopifyProductIds.includes(snapshot.id)
      ? shopifyProductIds
      : [...shopifyProductIds, snapshot.id],
    archivedAt: archived ? (before?.archivedAt ?? now) : null,
  };
  if (before !== undefined && links.shopifyProductId !== snapshot.id) return { ...before, ...links };
  // A deletion that came alone says nothing of the rest.
  if (before !== undefined && snapshot.title === null) return { ...before, ...links };
  return {
    id,
    name,
    handle: snapshot.handle,
    description: snapshot.descriptionHtml,
    vendor: snapshot.vendor,
    productType: snapshot.productType,
    status: snapshot.status,
    tags: snapshot.tags,
    isGiftCard: snapshot.isGiftCard,
    ...links,
  };
}
