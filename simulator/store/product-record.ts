import { collectionsOf } from "./collection-records.ts";
import { gidOf, idNumber, optionValueGid } from "./ids.ts";
import { availableQuantity, isTracked } from "./inventory-plan.ts";
import { buildMedia } from "./media-records.ts";
import { moneyV2 } from "./money.ts";
import { planVariant, productTimeMs, productUpdatedMs } from "./product-plan.ts";
import type { ProductPlan } from "./product-plan.ts";
import { SHOP_CURRENCY } from "./shop-record.ts";
import type { StoreContext } from "./store-context.ts";
import { formatTime } from "./store-clock.ts";
import type { SimNode, SimValue } from "./types.ts";

const CATEGORY = {
  __typename: "TaxonomyCategory",
  id: "gid://shopify/TaxonomyCategory/aa-1-13",
  name: "Clothing Tops",
  fullName: "Apparel & Accessories > Clothing > Clothing Tops",
};

function optionRecords(plan: ProductPlan): SimNode[] {
  const options = plan.isDefaultOnly ? [{ name: "Title", values: ["Default Title"] }] : plan.options;
  return options.map((option, o) => ({
    __typename: "ProductOption",
    id: gidOf("ProductOption", plan.p, o),
    name: option.name,
    position: o + 1,
    values: [...option.values],
    optionValues: option.values.map((name, v) => ({
      __typename: "ProductOptionValue",
      id: optionValueGid(plan.p, o, v),
      name,
      hasVariants: true,
    })),
  }));
}

function prices(seed: number, plan: ProductPlan): number[] {
  return Array.from({ length: plan.variants }, (_, i) => planVariant(seed, plan, i).price);
}

function stock(seed: number, plan: ProductPlan): number[] {
  return Array.from({ length: plan.variants }, (_, i) =>
    isTracked(seed, plan, i) ? availableQuantity(seed, plan.p, i) : 0,
  );
}

/** Product `plan.p`; what is costly (variants, stock, prices) is made when asked. */
export function buildProduct(context: StoreContext, plan: ProductPlan): SimNode {
  const { seed } = context;
  const published = plan.status === "ACTIVE" || plan.status === "UNLISTED";
  const range = (): { readonly [field: string]: SimValue } => {
    const all = prices(seed, plan);
    return {
      minVariantPrice: moneyV2(Math.min(...all), SHOP_CURRENCY),
      maxVariantPrice: moneyV2(Math.max(...all), SHOP_CURRENCY),
    };
  };
  return {
    __typename: "Product",
    id: gidOf("Product", plan.p),
    legacyResourceId: String(idNumber("Product", plan.p)),
    title: plan.title,
    handle: plan.handle,
    descriptionHtml: `<p>${plan.title.replace(/&/g, "&amp;")} – made in Jaipur. <b>Wash cold.</b></p>`,
    vendor: plan.vendor,
    productType: plan.productType,
    status: plan.status,
    tags: plan.p % 6 === 0 ? [] : ["new", plan.productType, plan.p % 2 === 0 ? "summer-26" : "festive"],
    templateSuffix: plan.isGiftCard ? "gift-card" : null,
    createdAt: formatTime(plan.createdMs),
    updatedAt: formatTime(plan.updatedMs),
    publishedAt: published ? formatTime(plan.createdMs) : null,
    isGiftCard: plan.isGiftCard,
    hasOnlyDefaultVariant: plan.isDefaultOnly,
    hasVariantsThatRequiresComponents: false,
    requiresSellingPlan: false,
    tracksInventory: () =>
      Array.from({ length: plan.variants }, (_, i) => isTracked(seed, plan, i)).includes(true),
    totalInventory: () => stock(seed, plan).reduce((sum, quantity) => sum + quantity, 0),
    hasOutOfStockVariants: () =>
      stock(seed, plan).some((quantity, i) => quantity <= 0 && isTracked(seed, plan, i)),
    totalVariants: plan.variants,
    variantsCount: { count: plan.variants, precision: "EXACT" },
    category: plan.isGiftCard || plan.p % 5 === 4 ? null : CATEGORY,
    options: () => optionRecords(plan),
    seo: { title: plan.p % 4 === 0 ? plan.title : null, description: null },
    onlineStoreUrl: published ? `https://www.nazrana.example/products/${plan.handle}` : null,
    onlineStorePreviewUrl: `https://${context.domain}/products/${plan.handle}`,
    featuredMedia: () => buildMedia(plan)[0] ?? null,
    media: () => buildMedia(plan),
    priceRangeV2: range,
    variants: () =>
      Array.from(
        { length: plan.variants },
        (_, i) => context.find(gidOf("ProductVariant", plan.p, i)) ?? [],
      ).flat(),
    collections: () => collectionsOf(plan),
  };
}

export function productTimeAt(context: StoreContext, p: number, field: "createdAt" | "updatedAt"): string {
  return formatTime(
    field === "createdAt"
      ? productTimeMs(p, context.products)
      : productUpdatedMs(context.seed, p, context.products),
  );
}
