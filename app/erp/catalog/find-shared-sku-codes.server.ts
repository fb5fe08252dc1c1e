import type { Db } from "#app/lib/db.server.ts";
import type { DecodedVariant } from "#app/shopify/codecs/decode-product.ts";
import { normaliseSkuCode } from "./normalise-sku-code.ts";

/**
 * Of `codes`, those that stand on more than one variant in Shopify: in this batch, or in a product
 * that is cached but not processed yet, whichever of its payloads tells it. (A processed one is a SKU row,
 * and counted there.)
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
    `with waiting as (
       select id, "rawData" from "ShopifyProductCache"
        where shop = $1 and "processedAt" is null and "deletedAt" is null and id <> all($2))
     select distinct match[1] as text
       from (select "rawData" from waiting
             union all
             select slot."rawData" from waiting join "ShopifyCacheSlot" slot
                 on slot.shop = $1 and slot.kind = 'product' and slot.id = waiting.id) told,
            regexp_matches(told."rawData", '"sku"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")', 'g') match`,
    [shop, shopifyProductIds],
  );
  for (const { text } of rows) {
    const code = normaliseSkuCode(JSON.parse(text) as string);
    if (code !== null && asked.has(code)) shared.add(code);
  }
  return shared;
}
