import { gidOf, legacyId, makeGid, optionValueGid } from "../ids.ts";
import { formatFixed, currencyDigits, moneyV2, parseAmount } from "../money.ts";
import { currencyPair } from "../money.ts";
import { formatTime } from "../store-clock.ts";
import { readNodes, readText } from "../read-record.ts";
import type { SimNode } from "../types.ts";
import { defaultTimeMs } from "./file-context.ts";
import type { FileContext } from "./file-context.ts";
import type { JsonReader } from "./json-reader.ts";
import { JsonReader as Reader } from "./json-reader.ts";
import { standVerbatim } from "./stand-verbatim.ts";

export type CompletedProduct = { product: SimNode; variants: SimNode[]; items: SimNode[] };

const FIRST_LEVEL = 108_219_858_989;
const STOCK_NAMES = [
  "available",
  "on_hand",
  "committed",
  "incoming",
  "reserved",
  "damaged",
  "quality_control",
  "safety_stock",
];

type Option = { name: string; values: string[] };

/** The choices of one variant: `selectedOptions`, or short `options: {"Color": "Red", "Size": "M"}`. */
function readChoices(variant: JsonReader): { name: string; value: string }[] {
  const selected = variant.list("selectedOptions");
  if (selected)
    return selected.map((one) => ({ name: one.text("name") ?? "", value: one.text("value") ?? "" }));
  const short = variant.object("options");
  if (!short) return [];
  return Object.keys(short.given).map((name) => ({ name, value: short.text(name) ?? "" }));
}

function collectOptions(choices: readonly { name: string; value: string }[][]): Option[] {
  const options: Option[] = [];
  for (const { name, value } of choices.flat()) {
    let option = options.find((one) => one.name === name);
    if (!option) options.push((option = { name, values: [] }));
    if (!option.values.includes(value)) option.values.push(value);
  }
  return options.length === 0 ? [{ name: "Title", values: ["Default Title"] }] : options;
}

/** All stock of a file's variant lies at its first location. */
function buildLevel(
  context: FileContext,
  itemGid: string,
  available: number,
  createdAt: string,
  updatedAt: string,
): SimNode {
  const query = `inventory_item_id=${legacyId(itemGid)}`;
  const quantities = STOCK_NAMES.map((name) => ({
    id: `${makeGid("InventoryQuantity", FIRST_LEVEL)}?${query}&name=${name}`,
    name,
    quantity: name === "available" || name === "on_hand" ? available : 0,
    updatedAt,
  }));
  return {
    __typename: "InventoryLevel",
    id: `${makeGid("InventoryLevel", FIRST_LEVEL)}?${query}`,
    isActive: true,
    canDeactivate: true,
    deactivationAlert: null,
    createdAt,
    updatedAt,
    location: () => context.find(context.firstLocation),
    item: () => context.find(itemGid),
    quantities: ({ names }) =>
      Array.isArray(names) ? quantities.filter((one) => names.includes(one.name)) : quantities,
  };
}

/** Product `p` of the file with its variants and their inventory items. A product without `variants` has one. */
export function completeProduct(
  context: FileContext,
  reader: JsonReader,
  p: number,
  count: number,
): CompletedProduct {
  const { ids, currency, find } = context;
  const gid = ids.take(reader, "Product", gidOf("Product", p));
  const title = reader.text("title") ?? `Product ${String(p + 1)}`;
  const createdMs = reader.time("createdAt") ?? defaultTimeMs(p, count);
  const updatedAt = formatTime(reader.time("updatedAt") ?? createdMs);
  const createdAt = formatTime(createdMs);
  const single = (): JsonReader =>
    new Reader({ sku: reader.given["sku"], price: reader.given["price"] }, reader.path);
  const readers = reader.list("variants") ?? [single()];
  const choices = readers.map(readChoices);
  const options = collectOptions(choices);
  const defaultOnly =
    options.length === 1 && options[0]?.name === "Title" && options[0].values[0] === "Default Title";

  const items: SimNode[] = [];
  const variants = readers.map((one, i): SimNode => {
    const variantGid = ids.take(one, "ProductVariant", gidOf("ProductVariant", p, i));
    const own = choices[i] ?? [];
    const variantTitle =
      one.text("title") ??
      (own.length === 0 ? "Default Title" : own.map((choice) => choice.value).join(" / "));
    const sku = one.text("sku") ?? (one.isNull("sku") ? null : "");
    const price = one.money(currencyPair(currency, currency), "price");
    const given = one.object("inventoryItem");
    const itemGid = given
      ? ids.take(given, "InventoryItem", gidOf("InventoryItem", p, i))
      : gidOf("InventoryItem", p, i);
    const quantity = one.integer("inventoryQuantity") ?? 0;
    const tracked = given?.boolean("tracked") ?? true;
    const item: SimNode = {
      __typename: "InventoryItem",
      id: itemGid,
      legacyResourceId: legacyId(itemGid),
      sku,
      tracked,
      requiresShipping: true,
      countryCodeOfOrigin: null,
      provinceCodeOfOrigin: null,
      harmonizedSystemCode: null,
      createdAt,
      updatedAt,
      unitCost: null,
      measurement: {
        id: makeGid("InventoryItemMeasurement", legacyId(itemGid)),
        weight: { value: 0, unit: "GRAMS" },
      },
      variant: () => find(variantGid),
      variants: () => [find(variantGid)].filter((record) => record !== null),
      inventoryLevels: () => [buildLevel(context, itemGid, quantity, createdAt, updatedAt)],
      inventoryLevel: (args) =>
        readNodes(find(itemGid) ?? undefined, "inventoryLevels").find(
          (level) => readText(level, "location", "id") === args["locationId"],
        ) ?? null,
    };
    items.push(given ? standVerbatim(item, given, currencyPair(currency, currency), []) : item);
    const built: SimNode = {
      __typename: "ProductVariant",
      id: variantGid,
      legacyResourceId: legacyId(variantGid),
      title: variantTitle,
      displayName: `${title} - ${variantTitle}`,
      sku,
      barcode: null,
      position: i + 1,
      price: formatFixed(price?.[0] ?? 0, currencyDigits(currency)),
      compareAtPrice: null,
      taxable: true,
      availableForSale: true,
      inventoryQuantity: quantity,
      inventoryPolicy: "DENY",
      requiresComponents: false,
      createdAt,
      updatedAt,
      selectedOptions: (own.length === 0 ? [{ name: "Title", value: "Default Title" }] : own).map(
        (choice) => {
          const o = options.findIndex((option) => option.name === choice.name);
          const value = options[o]?.values.indexOf(choice.value) ?? 0;
          return {
            ...choice,
            optionValue: { id: optionValueGid(p, o, value), name: choice.value, hasVariants: true },
          };
        },
      ),
      unitPrice: null,
      showUnitPrice: false,
      media: [],
      inventoryItem: () => find(itemGid),
      product: () => find(gid),
    };
    return standVerbatim(built, one, currencyPair(currency, currency), [
      "options",
      "selectedOptions",
      "inventoryItem",
      "product",
      "price",
    ]);
  });

  const prices = variants.map((one) => parseAmount(one["price"] as string, currencyDigits(currency)) ?? 0);
  const stock = variants.reduce((sum, one) => sum + Number(one["inventoryQuantity"]), 0);
  const status = reader.text("status") ?? "ACTIVE";
  const built: SimNode = {
    __typename: "Product",
    id: gid,
    legacyResourceId: legacyId(gid),
    title,
    handle: title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, ""),
    descriptionHtml: "",
    vendor: "",
    productType: "",
    status,
    tags: [],
    templateSuffix: null,
    createdAt,
    updatedAt,
    publishedAt: status === "ACTIVE" ? createdAt : null,
    isGiftCard: false,
    hasOnlyDefaultVariant: defaultOnly,
    hasOutOfStockVariants: stock <= 0,
    hasVariantsThatRequiresComponents: false,
    requiresSellingPlan: false,
    tracksInventory: true,
    totalInventory: stock,
    totalVariants: variants.length,
    variantsCount: { count: variants.length, precision: "EXACT" },
    category: null,
    options: options.map((option, o) => ({
      __typename: "ProductOption",
      id: gidOf("ProductOption", p, o),
      name: option.name,
      position: o + 1,
      values: option.values,
      optionValues: option.values.map((name, v) => ({
        __typename: "ProductOptionValue",
        id: optionValueGid(p, o, v),
        name,
        hasVariants: true,
      })),
    })),
    seo: { title: null, description: null },
    onlineStoreUrl: null,
    onlineStorePreviewUrl: null,
    featuredMedia: null,
    media: [],
    priceRangeV2: {
      minVariantPrice: moneyV2(Math.min(...prices), currency),
      maxVariantPrice: moneyV2(Math.max(...prices), currency),
    },
    variants: () => variants.flatMap((one) => find(one.id) ?? []),
    collections: [],
  };
  // `options` may be left to the variants, or be given whole; a list of names alone is no option record.
  const skip = [
    "variants",
    "sku",
    "price",
    ...(reader.list("options")?.every((one) => one.has("optionValues")) === true ? [] : ["options"]),
  ];
  return {
    product: standVerbatim(built, reader, currencyPair(currency, currency), skip),
    variants,
    items,
  };
}
