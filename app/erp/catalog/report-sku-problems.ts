import { normaliseSkuCode } from "./normalise-sku-code.ts";

/** A variant as Shopify has it (or a SKU as the ERP has it), as far as its SKU text goes. */
export type LabelledVariant = {
  /** The ERP product it is in; null for what only the cache knows. */
  productId: string | null;
  shopifyProductId: string | null;
  shopifyVariantId: string | null;
  title: string;
  skuText: string | null;
  /** Sold no more: it has no problem of its own, but its text still makes a living one's ambiguous. */
  archived: boolean;
};

export type SkuReport = {
  /** Living ones. */
  variants: number;
  /** Texts on more than one variant, at least one of them living, each with those variants; most shared first. */
  duplicates: { skuCode: string; variants: LabelledVariant[] }[];
  /** Living ones without a text. */
  blank: LabelledVariant[];
};

/** Duplicate and blank SKU texts: they never match anything, and a merchant should know before a sync. */
export function reportSkuProblems(variants: Iterable<LabelledVariant>): SkuReport {
  const byCode = new Map<string, LabelledVariant[]>();
  const blank: LabelledVariant[] = [];
  let count = 0;
  for (const variant of variants) {
    if (!variant.archived) count++;
    const code = normaliseSkuCode(variant.skuText);
    if (code === null) {
      if (!variant.archived) blank.push(variant);
      continue;
    }
    const same = byCode.get(code);
    if (same === undefined) byCode.set(code, [variant]);
    else same.push(variant);
  }
  const duplicates = [...byCode]
    .filter(([, same]) => same.length > 1 && same.some((variant) => !variant.archived))
    .map(([skuCode, same]) => ({ skuCode, variants: same }))
    .sort((a, b) => b.variants.length - a.variants.length || (a.skuCode < b.skuCode ? -1 : 1));
  return { variants: count, duplicates, blank };
}
