import type { SimNode } from "../types.ts";

/** The variants of a data file, found by gid or by SKU text. */
export type FileCatalogue = {
  byGid: ReadonlyMap<string, { variant: SimNode; product: SimNode }>;
  bySku: ReadonlyMap<string, string>;
};

/** Of several variants with one SKU text the first in the file is meant. */
export function indexVariants(
  products: readonly { product: SimNode; variants: readonly SimNode[] }[],
): FileCatalogue {
  const byGid = new Map<string, { variant: SimNode; product: SimNode }>();
  const bySku = new Map<string, string>();
  for (const { product, variants } of products) {
    for (const variant of variants) {
      byGid.set(variant.id, { variant, product });
      const sku = variant["sku"];
      if (typeof sku === "string" && sku !== "" && !bySku.has(sku)) bySku.set(sku, variant.id);
    }
  }
  return { byGid, bySku };
}
