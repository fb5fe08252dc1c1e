import { completeProduct, type CompletedProduct } from "#simulator/store/data-file/complete-product.ts";
import { DataFileError, JsonReader } from "#simulator/store/data-file/json-reader.ts";
import { gidOf } from "#simulator/store/ids.ts";
import { currencyDigits, formatFixed, parseAmount } from "#simulator/store/money.ts";
import { readNodes, readText } from "#simulator/store/read-record.ts";
import { formatTime } from "#simulator/store/store-clock.ts";
import type { SimNode, SimValue } from "#simulator/store/types.ts";
import type { Happening } from "#simulator/webhooks/happening.ts";
import { addOptionValues } from "./option-values.ts";
import { fileContext } from "./file-context-of.ts";
import { told } from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { refuse } from "./refused-act.ts";

export type NewVariant = {
  sku?: string | null;
  price: string;
  options?: Readonly<Record<string, string>>;
  inventoryQuantity?: number;
};

export type ProductFields = {
  title?: string;
  status?: "ACTIVE" | "ARCHIVED" | "DRAFT" | "UNLISTED";
  vendor?: string;
  productType?: string;
  tags?: readonly string[];
};

export type CreateProduct = ProductFields & { title: string; variants: readonly NewVariant[] };

/** A new product; its items are told beside it, and where they are stocked. */
export function createProduct(shop: LiveShop, act: CreateProduct): ActDone {
  if (act.title.trim() === "") refuse("Title can't be blank");
  const made = complete(shop, (n) => gidOf("Product", n), act);
  shop.store.add("products", made.product);
  const items = addVariants(shop, made);
  return { id: made.product.id, happenings: [told("products/create", made.product), ...items] };
}

export type UpdateProduct = ProductFields & {
  product: string;
  change?: readonly { variant: string; price?: string; sku?: string | null }[];
  add?: readonly NewVariant[];
  remove?: readonly string[];
};

/** Changes a product and its variants, told by one products/update. */
export function updateProduct(shop: LiveShop, act: UpdateProduct): ActDone {
  const { store } = shop;
  const at = new Date(shop.nowMs());
  const product = find(shop, act.product);
  const [change, add, remove] = [act.change ?? [], act.add ?? [], act.remove ?? []];
  const own = shop.products.variantsOf(product.id);
  for (const gid of [...change.map((one) => one.variant), ...remove])
    if (!own.includes(gid)) refuse("Product variant does not exist");
  if (own.length + add.length - new Set(remove).size < 1) refuse("A product must have at least one variant");
  const prices = change.map((one) => priceText(shop, one.price));
  const made =
    add.length === 0
      ? null
      : complete(shop, () => product.id, { title: readText(product, "title"), variants: add });
  const options = made ? addOptionValues(shop, product, made.variants) : null;

  const happenings: Happening[] = [];
  change.forEach(({ variant, sku }, i) => {
    const price = prices[i];
    const fields: Record<string, SimValue> = { ...(price === undefined ? {} : { price }) };
    if (sku !== undefined) {
      fields["sku"] = sku;
      const item = readText(store.node(variant) ?? undefined, "inventoryItem", "id");
      store.change(item, { sku }, at);
      happenings.push(told("inventory_items/update", store.node(item) ?? product));
    }
    store.change(variant, fields, at);
  });
  if (made && options)
    happenings.push(...addVariants(shop, { ...made, product, variants: options.variants }));
  for (const variant of new Set(remove)) happenings.push(...removeVariant(shop, product.id, variant));
  const fields: Record<string, SimValue> = options ? { options: options.options } : {};
  for (const field of ["title", "status", "vendor", "productType", "tags"] as const)
    if (act[field] !== undefined) fields[field] = act[field];
  store.change(product.id, fields, at);
  if (act.title !== undefined)
    for (const gid of shop.products.variantsOf(product.id))
      store.patch(gid, { displayName: `${act.title} - ${readText(store.node(gid) ?? undefined, "title")}` });
  return { id: product.id, happenings: [told("products/update", find(shop, product.id)), ...happenings] };
}

/** A product goes with its variants and items; orders keep what they say of it. */
export function deleteProduct(shop: LiveShop, act: { product: string }): ActDone {
  const product = find(shop, act.product);
  const items = [...shop.products.variantsOf(product.id)].flatMap((one) =>
    removeVariant(shop, product.id, one),
  );
  shop.store.remove(product.id);
  return { id: product.id, happenings: [told("products/delete", product), ...items] };
}

function find(shop: LiveShop, gid: string): SimNode {
  const record = shop.store.node(gid);
  return record?.__typename === "Product" ? record : refuse("Product does not exist");
}

/** Records of new variants, of a new product or of the one `ownerOf` names. */
function complete(shop: LiveShop, ownerOf: (n: number) => string, written: CreateProduct): CompletedProduct {
  if (written.variants.length === 0) refuse("A product must have at least one variant");
  for (const one of written.variants) priceText(shop, one.price);
  const n = shop.store.takeSlot(ownerOf);
  const now = formatTime(shop.nowMs());
  try {
    return completeProduct(
      fileContext(shop),
      new JsonReader({ ...written, createdAt: now }, "product"),
      n,
      n,
    );
  } catch (error) {
    if (error instanceof DataFileError) return refuse(error.message);
    throw error;
  }
}

function addVariants(shop: LiveShop, made: CompletedProduct): Happening[] {
  const { store } = shop;
  for (const item of made.items) store.add("inventoryItems", item);
  for (const variant of made.variants) {
    store.add("productVariants", variant);
    if (!shop.products.variantsOf(made.product.id).includes(variant.id))
      shop.products.append(made.product.id, variant.id);
  }
  return made.items.flatMap((item) => [
    told("inventory_items/create", item),
    ...readNodes(item, "inventoryLevels").map((level) => told("inventory_levels/connect", level)),
  ]);
}

function removeVariant(shop: LiveShop, product: string, gid: string): Happening[] {
  const item = shop.store.node(readText(shop.store.node(gid) ?? undefined, "inventoryItem", "id"));
  shop.products.without(product, gid);
  shop.store.remove(gid);
  if (item === null) return [];
  shop.store.remove(item.id);
  return [told("inventory_items/delete", item)];
}

function priceText(shop: LiveShop, price: string | undefined): string | undefined {
  if (price === undefined) return undefined;
  const digits = currencyDigits(readText(shop.store.shop, "currencyCode"));
  const minor = parseAmount(price, digits);
  if (minor === null) return refuse(`"${price}" is not an amount.`);
  return minor < 0 ? refuse("Price cannot take a negative value.") : formatFixed(minor, digits);
}
