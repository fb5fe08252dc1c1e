import type { DecodedProduct, DecodedVariant, ProductOption } from "./decode-product.ts";
import { newestFirst, newestKnown } from "./newest-first.ts";
import type { SlotTime } from "./newest-first.ts";

/** All that is known of a product: one state, whichever payloads told it. */
export type ProductSnapshot = {
  id: string;
  /** Shopify said that it is gone. Ids are never used again, so this is final. */
  deleted: boolean;
  title: string | null;
  handle: string | null;
  descriptionHtml: string | null;
  vendor: string | null;
  productType: string | null;
  /** ACTIVE, ARCHIVED, DRAFT, UNLISTED or what Shopify adds. */
  status: string;
  tags: string[];
  isGiftCard: boolean;
  options: ProductOption[];
  /** By position. A field that no payload ever carried is `undefined`. */
  variants: DecodedVariant[];
  /** Every variant id the product has, where a payload lists them all: then absence means deletion. Else null. */
  variantIds: string[] | null;
  /** True when all of `variantIds` are known in full; false for what a webhook tells beyond its first 100. */
  variantsComplete: boolean;
  createdAt: string | null;
  updatedAt: string | null;
  publishedAt: string | null;
};

/**
 * The slots of one product as one snapshot (law 3): each field from the newest shape that carries
 * it, so that a webhook, which knows nothing of weights, never erases one.
 * @param slots at least one; any order
 */
export function mergeProductSlots(
  slots: readonly (SlotTime & { decoded: DecodedProduct })[],
): ProductSnapshot {
  const told = newestFirst(slots).map((slot) => slot.decoded);
  const newest = told[0];
  if (newest === undefined) throw new Error("mergeProductSlots needs at least one slot");
  const field = <K extends keyof DecodedProduct>(key: K) => newestKnown(told.map((product) => product[key]));

  return {
    id: newest.id,
    deleted: told.some((product) => product.isDeletion),
    title: field("title") ?? null,
    handle: field("handle") ?? null,
    descriptionHtml: field("descriptionHtml") ?? null,
    vendor: field("vendor") ?? null,
    productType: field("productType") ?? null,
    status: field("status") ?? "ACTIVE",
    tags: field("tags") ?? [],
    isGiftCard: field("isGiftCard") ?? false,
    options: field("options") ?? [],
    ...mergeVariants(told),
    createdAt: field("createdAt") ?? null,
    updatedAt: field("updatedAt") ?? null,
    publishedAt: field("publishedAt") ?? null,
  };
}

/** From a payload that lists every variant on, older payloads add fields but no variants. */
function mergeVariants(
  told: readonly DecodedProduct[],
): Pick<ProductSnapshot, "variants" | "variantIds" | "variantsComplete"> {
  const byId = new Map<string, DecodedVariant>();
  let listed: Set<string> | null = null;
  for (const product of told) {
    for (const variant of product.variants ?? []) {
      const newer = byId.get(variant.id);
      if (newer !== undefined) byId.set(variant.id, fillGaps(newer, variant));
      else if (listed === null || listed.has(variant.id)) byId.set(variant.id, variant);
    }
    if (listed === null && product.variantIds !== undefined) {
      listed = new Set([...product.variantIds, ...byId.keys()]);
    }
  }
  return {
    variants: [...byId.values()].sort((a, b) => (a.position ?? 0) - (b.position ?? 0)),
    variantIds: listed === null ? null : [...listed],
    variantsComplete: listed !== null && listed.size === byId.size,
  };
}

function fillGaps(newer: DecodedVariant, older: DecodedVariant): DecodedVariant {
  const known = Object.entries<unknown>(newer).filter(([, value]) => value !== undefined);
  return { ...older, ...Object.fromEntries(known) };
}
