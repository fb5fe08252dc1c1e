import { normaliseSkuCode } from "#app/erp/catalog/normalise-sku-code.ts";
import type { SkuIndex } from "#app/erp/catalog/sku-index.ts";
import type { OrderLinePart } from "#app/shopify/codecs/order-parts.ts";

/** The id of a line's SKU: by a person's mapping, then its variant id, then a SKU text that exactly one SKU has. */
export function findSku(line: OrderLinePart, skus: SkuIndex): string | undefined {
  const variantId = line.variantId ?? "";
  const code = line.sku === null ? null : normaliseSkuCode(line.sku);
  const found =
    skus.byMapping.get(variantId) ??
    skus.byVariantId.get(variantId) ??
    (code === null ? undefined : skus.bySkuCode.get(code));
  return found?.skuId;
}
