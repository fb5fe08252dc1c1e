import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode, SimValue } from "#simulator/store/types.ts";
import { afterShopTime, decimals, lower, numberOf, type Json } from "./rest-values.ts";

/** Webhooks tell this many variants in full; the others stand in `variant_gids` only. */
const FULL_VARIANTS = 100;

/**
 * The body of products/create and products/update at API version 2026-10. Since 2024-07 a variant no longer has weight,
 * grams, requires_shipping, inventory_management or fulfillment_service (Shopify's changelog).
 *
 * What the store does not know is Shopify's usual value: `published_scope` "web"; a variant's `image_id` null;
 * `old_inventory_quantity` as REST has it since it may no longer be written, the same as `inventory_quantity`.
 */
export function renderRestProduct(product: SimNode): Json {
  const variants = readNodes(product, "variants");
  const media = readNodes(product, "media");
  const images = media.flatMap((one, index) => renderImage(product, one, index) ?? []);
  return {
    admin_graphql_api_id: product.id,
    body_html: readField(product, "descriptionHtml"),
    created_at: afterShopTime(product["createdAt"]),
    handle: product["handle"],
    id: numberOf(product.id),
    product_type: product["productType"],
    published_at: afterShopTime(product["publishedAt"]),
    template_suffix: product["templateSuffix"],
    title: product["title"],
    updated_at: afterShopTime(product["updatedAt"]),
    vendor: product["vendor"],
    status: lower(product["status"]),
    published_scope: "web",
    tags: (readNodes(product, "tags") as readonly unknown[] as string[]).join(", "),
    variants: variants.slice(0, FULL_VARIANTS).map((variant) => renderVariant(product, variant)),
    options: readNodes(product, "options").map((option) => ({
      name: option["name"],
      id: numberOf(option.id),
      product_id: numberOf(product.id),
      position: option["position"],
      values: readField(option, "values"),
    })),
    images,
    image: images[0] ?? null,
    media: media.map((one, index) => renderMedia(product, one, index)),
    variant_gids: variants.map((variant) => ({
      admin_graphql_api_id: variant.id,
      // One of the few times in UTC, with milliseconds.
      updated_at: readText(variant, "updatedAt").replace(/Z$/, ".000Z"),
    })),
    has_variants_that_requires_components: product["hasVariantsThatRequiresComponents"],
    category: renderCategory(readField(product, "category")),
  };
}

function renderVariant(product: SimNode, variant: SimNode): Json {
  const values = readNodes(variant, "selectedOptions").map((one) => readText(one as SimValue, "value"));
  const quantity = readField(variant, "inventoryQuantity");
  return {
    admin_graphql_api_id: variant.id,
    barcode: variant["barcode"],
    compare_at_price: price(readField(variant, "compareAtPrice")),
    created_at: afterShopTime(variant["createdAt"]),
    id: numberOf(variant.id),
    inventory_policy: lower(variant["inventoryPolicy"]),
    position: variant["position"],
    price: price(readField(variant, "price")),
    product_id: numberOf(product.id),
    sku: variant["sku"],
    taxable: variant["taxable"],
    title: variant["title"],
    updated_at: afterShopTime(variant["updatedAt"]),
    option1: values[0] ?? null,
    option2: values[1] ?? null,
    option3: values[2] ?? null,
    image_id: null,
    inventory_item_id: numberOf(readField(variant, "inventoryItem", "id")),
    inventory_quantity: quantity,
    old_inventory_quantity: quantity,
  };
}

/** A variant's prices are plain text in GraphQL too, but trimmed there ("499.0"). */
function price(amount: SimValue | undefined): string | null {
  return typeof amount === "string" ? decimals({ amount }) : null;
}

function renderImage(product: SimNode, media: SimNode, index: number): Json | null {
  const image = readField(media, "image");
  if (!image) return null;
  const number = numberOf(readField(image, "id"));
  return {
    id: number,
    alt: readField(image, "altText"),
    position: index + 1,
    product_id: numberOf(product.id),
    created_at: afterShopTime(readField(media, "createdAt")),
    updated_at: afterShopTime(readField(media, "updatedAt")),
    admin_graphql_api_id: `gid://shopify/ProductImage/${String(number)}`,
    width: readField(image, "width"),
    height: readField(image, "height"),
    src: readField(image, "url"),
    variant_ids: [],
  };
}

function renderMedia(product: SimNode, media: SimNode, index: number): Json {
  const preview = readField(media, "preview", "image");
  return {
    id: numberOf(media.id),
    product_id: numberOf(product.id),
    position: index + 1,
    created_at: afterShopTime(media["createdAt"]),
    updated_at: afterShopTime(media["updatedAt"]),
    alt: media["alt"],
    status: readField(media, "status"),
    media_content_type: media["mediaContentType"],
    preview_image: {
      width: readField(preview, "width"),
      height: readField(preview, "height"),
      src: readField(preview, "url"),
      status: readField(media, "preview", "status"),
    },
    variant_ids: [],
    admin_graphql_api_id: media.id,
  };
}

function renderCategory(category: SimValue | undefined): Json | null {
  if (!category) return null;
  return {
    admin_graphql_api_id: readField(category, "id"),
    name: readField(category, "name"),
    full_name: readField(category, "fullName"),
  };
}
