import { z } from "@hono/zod-openapi";

import { Amount, Instant } from "./schemas.ts";

const rowTimes = {
  archivedAt: Instant.nullable().openapi({
    description: "Since when it is gone at Shopify, or archived there; old orders still name it.",
  }),
  ...{ createdAt: Instant, updatedAt: Instant },
};
const erpId = z.string().openapi({ description: "The ERP's id." });

const productFields = {
  id: erpId,
  name: z.string(),
  handle: z.string().nullable(),
  description: z.string().nullable().openapi({ description: "HTML." }),
  ...{ vendor: z.string().nullable(), productType: z.string().nullable() },
  status: z.string().openapi({ example: "ACTIVE", description: "Shopify's word." }),
  tags: z.array(z.string()),
  shopifyProductId: z
    .string()
    .nullable()
    .openapi({ description: "The Shopify product that names and describes it." }),
  shopifyProductIds: z.array(z.string()).openapi({
    description: "Every Shopify product that feeds it, that one included (a relaunch, a split by colour).",
  }),
  isGiftCard: z.boolean(),
  ...rowTimes,
};

export const ErpProduct = z.strictObject(productFields).openapi("ErpProduct");

export const ErpSku = z
  .strictObject({
    ...{ id: erpId, productId: z.string(), variationId: z.string() },
    skuCode: z
      .string()
      .nullable()
      .openapi({ description: "The SKU text; not unique, for Shopify lets variants share one." }),
    size: z.string().nullable(),
    options: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    ...{ title: z.string(), barcode: z.string().nullable() },
    price: Amount.nullable().openapi({ description: "In the shop's currency." }),
    ...{ compareAtPrice: Amount.nullable(), weightGrams: Amount.nullable() },
    tracked: z.boolean().openapi({ description: "Whether Shopify counts its stock." }),
    requiresShipping: z.boolean(),
    isBundle: z.boolean(),
    isPlaceholder: z.boolean().openapi({
      description: "Made from an order's line, because Shopify says the variant no longer exists.",
    }),
    shopifyVariantId: z.string().nullable(),
    shopifyInventoryItemId: z.string().nullable(),
    mappedVariantIds: z
      .array(z.string())
      .openapi({ description: "Further Shopify variants that a person mapped to it." }),
    position: z.int(),
    ...rowTimes,
  })
  .openapi("ErpSku");

const ErpVariation = z
  .strictObject({
    ...{ id: erpId, productId: z.string() },
    axis: z
      .string()
      .nullable()
      .openapi({
        ...{
          example: "Color",
          description: "The option that makes it; null where the product has only one.",
        },
      }),
    name: z.string(),
    shopifySourceProductId: z.string().nullable(),
    position: z.int(),
    ...rowTimes,
    skus: z.array(ErpSku),
  })
  .openapi("ErpVariation");

export const ErpProductWithSkus = z
  .strictObject({ ...productFields, variations: z.array(ErpVariation) })
  .openapi("ErpProductWithSkus");
