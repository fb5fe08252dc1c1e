import {
  decodePayload,
  hasNextPage,
  isObject,
  readEach,
  readOptionalBoolean,
  readOptionalDecimal,
  readOptionalGid,
  readOptionalInteger,
  readOptionalNumericId,
  readOptionalString,
  readOptionalTime,
  readRestId,
  readString,
  readStrings,
  readTags,
  Unreadable,
} from "./read.ts";
import type { JsonObject } from "./read.ts";
import { decodeWeightGrams } from "./decode-weight.ts";

export type ProductOption = { name: string; position: number; values: string[] };
export type SelectedOption = { name: string; value: string };

/** One variant as one payload tells it; `undefined` = this payload does not say. */
export type DecodedVariant = {
  id: string;
  title?: string | null;
  sku?: string | null;
  barcode?: string | null;
  position?: number | null;
  /** Exact decimals in shop currency, trimmed ("1299.5"). */
  price?: string | null;
  compareAtPrice?: string | null;
  selectedOptions?: SelectedOption[];
  inventoryItemId?: string | null;
  tracked?: boolean | null;
  requiresShipping?: boolean | null;
  /** Made of components that hold the stock (a bundle's parent). */
  requiresComponents?: boolean | null;
  weightGrams?: string | null;
};

/** One product as one payload tells it; `undefined` = this payload does not say. Ids are Shopify's numbers as text. */
export type DecodedProduct = {
  id: string;
  /** A body with hardly more than an id: what `products/delete` sends. */
  isDeletion: boolean;
  title?: string | null;
  handle?: string | null;
  descriptionHtml?: string | null;
  vendor?: string | null;
  productType?: string | null;
  /** UPPER_SNAKE; values that we do not know are kept. */
  status?: string | null;
  tags?: string[];
  isGiftCard?: boolean | null;
  options?: ProductOption[];
  variants?: DecodedVariant[];
  /** Every variant id the product has, where the payload lists them all; then absence means deletion. */
  variantIds?: string[];
  createdAt?: string | null;
  updatedAt?: string | null;
  publishedAt?: string | null;
};

/**
 * A cached product payload of any shape.
 * @param shape "rest" is a webhook's body; "bulk" and "detail" are GraphQL nodes
 * @param entryId the cache entry's id, for a webhook's body that has only a number too large for JSON
 * @throws AppError PAYLOAD_UNREADABLE naming the path
 */
export function decodeProduct(shape: string, text: string, entryId?: string): DecodedProduct {
  return decodePayload(text, (root) => (shape === "rest" ? fromRest(root, entryId) : fromNode(root)));
}

function fromNode(node: JsonObject): DecodedProduct {
  const id = readOptionalGid(node, "id");
  if (!id) throw new Unreadable("id", "a Shopify id (gid)");
  const variants = readEach(node, "variants", variantFromNode);
  // Every product has at least one variant: an empty list is a list that was not asked for.
  const complete = variants !== undefined && variants.length > 0 && !hasNextPage(node, "variants");
  return {
    id,
    isDeletion: false,
    title: readOptionalString(node, "title"),
    handle: readOptionalString(node, "handle"),
    descriptionHtml: readOptionalString(node, "descriptionHtml"),
    vendor: readOptionalString(node, "vendor"),
    productType: readOptionalString(node, "productType"),
    status: readOptionalString(node, "status")?.toUpperCase(),
    tags: readTags(node, "tags"),
    isGiftCard: readOptionalBoolean(node, "isGiftCard"),
    options: readEach(node, "options", decodeOption),
    variants,
    variantIds: complete ? variants.map((variant) => variant.id) : undefined,
    createdAt: readOptionalTime(node, "createdAt"),
    updatedAt: readOptionalTime(node, "updatedAt"),
    publishedAt: readOptionalTime(node, "publishedAt"),
  };
}

function variantFromNode(node: JsonObject): DecodedVariant {
  const id = readOptionalGid(node, "id");
  if (!id) throw new Unreadable("id", "a Shopify id (gid)");
  const item = isObject(node["inventoryItem"]) ? node["inventoryItem"] : {};
  return {
    id,
    title: readOptionalString(node, "title"),
    sku: readOptionalString(node, "sku"),
    barcode: readOptionalString(node, "barcode"),
    position: readOptionalInteger(node, "position"),
    price: readOptionalDecimal(node, "price"),
    compareAtPrice: readOptionalDecimal(node, "compareAtPrice"),
    selectedOptions: readEach(node, "selectedOptions", (option) => ({
      name: readString(option, "name"),
      value: readString(option, "value"),
    })),
    inventoryItemId: readOptionalGid(item, "id"),
    tracked: readOptionalBoolean(item, "tracked"),
    requiresShipping: readOptionalBoolean(item, "requiresShipping"),
    requiresComponents: readOptionalBoolean(node, "requiresComponents"),
    weightGrams: decodeWeightGrams(item),
  };
}

function fromRest(body: JsonObject, entryId: string | undefined): DecodedProduct {
  const id = readRestId(body) ?? entryId;
  if (id === undefined) throw new Unreadable("admin_graphql_api_id", "a Shopify id");
  const options = readEach(body, "options", decodeOption);
  const variants = readEach(body, "variants", (variant) => variantFromRest(variant, options ?? []));
  return {
    id,
    isDeletion: body["title"] === undefined && variants === undefined,
    title: readOptionalString(body, "title"),
    handle: readOptionalString(body, "handle"),
    descriptionHtml: readOptionalString(body, "body_html"),
    vendor: readOptionalString(body, "vendor"),
    productType: readOptionalString(body, "product_type"),
    status: readOptionalString(body, "status")?.toUpperCase(),
    tags: readTags(body, "tags"),
    options,
    variants,
    variantIds: variantIdsFromRest(body, variants ?? []),
    createdAt: readOptionalTime(body, "created_at"),
    updatedAt: readOptionalTime(body, "updated_at"),
    publishedAt: readOptionalTime(body, "published_at"),
  };
}

/**
 * Shopify's docs, products/update: only the first 100 variants are there in full, `variant_gids` has
 * the ids of all. Without `variant_gids` a variant's absence proves nothing.
 */
function variantIdsFromRest(body: JsonObject, variants: readonly DecodedVariant[]): string[] | undefined {
  const listed = readEach(body, "variant_gids", (entry) => readOptionalGid(entry, "admin_graphql_api_id"));
  if (listed === undefined || listed.length === 0) return undefined;
  const ids = new Set(variants.map((variant) => variant.id));
  for (const id of listed) if (id) ids.add(id);
  return [...ids];
}

function variantFromRest(variant: JsonObject, options: readonly ProductOption[]): DecodedVariant {
  const id = readRestId(variant);
  if (id === undefined) throw new Unreadable("admin_graphql_api_id", "a Shopify id");
  return {
    id,
    title: readOptionalString(variant, "title"),
    sku: readOptionalString(variant, "sku"),
    barcode: readOptionalString(variant, "barcode"),
    position: readOptionalInteger(variant, "position"),
    price: readOptionalDecimal(variant, "price"),
    compareAtPrice: readOptionalDecimal(variant, "compare_at_price"),
    selectedOptions: selectedOptionsFromRest(variant, options),
    inventoryItemId: readOptionalNumericId(variant, "inventory_item_id"),
  };
}

function selectedOptionsFromRest(
  variant: JsonObject,
  options: readonly ProductOption[],
): SelectedOption[] | undefined {
  if (variant["option1"] === undefined) return undefined;
  const selected: SelectedOption[] = [];
  for (const position of [1, 2, 3]) {
    const value = readOptionalString(variant, `option${String(position)}`);
    if (value === null || value === undefined) continue;
    const name = options.find((option) => option.position === position)?.name ?? `Option ${String(position)}`;
    selected.push({ name, value });
  }
  return selected;
}

function decodeOption(option: JsonObject, index: number): ProductOption {
  return {
    name: readString(option, "name"),
    position: readOptionalInteger(option, "position") ?? index + 1,
    values: readStrings(option, "values") ?? [],
  };
}
