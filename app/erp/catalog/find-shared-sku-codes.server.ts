import type { Db } from "#app/lib/db.server.ts";
import type { DecodedVariant } from "#app/shopify/codecs/decode-product.ts";
import { normaliseSkuCode } from "./normalise-sku-code.ts";

/**
 * Of `codes`, those that stand on more than one variant in Shopify: in this batch, or in a product
 * that is cached but not processed yet. (A processed one is a SKU row, and counted there.)
 *
 * Asked only for texts that an unlinked ERP SKU has, so a catalogue born in Shopify never pays for
 * it; for one born in the ERP it reads the payloads that still wait, once per batch of its first dump.
 */
export async function findSharedSkuCodes(
  db: Db,
  {
    shop,
    codes,
    variants,
    shopifyProductIds,
  }: {
    shop: string;
    codes: readonly string[];
    variants: readonly DecodedVariant[];
    shopifyProductIds: readonly string[];
  },
): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const asked = new Set(codes);
  const shared = new Set<string>();
  const seen = new Set<string>();
  for (const variant of variants) {
    const code = normaliseSkuCode(variant.sku);
    if (code === null || !asked.has(code)) continue;
    if (seen.has(code)) shared.add(code);
    seen.add(code);
  }
  const { rows } = await db.query<{ text: string }>(
    `select distinct match[1] as text
       from "ShopifyProductCache" waiting, regexp_matches(waiting."rawData", '"sku"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")', 'g') match
      where waiting.shop = $1 and waiting."processedAt" is null and waiting."deletedAt" is null and waiting.id <> all($2)`,
    [shop, shopifyProductIds],
  );
  for (const { text } of rows) {
    const code = normaliseSkuCode(JSON.parse(text) as string);
    if (code !== null && asked.has(code)) shared.add(code);
  }
  return shared;
}
