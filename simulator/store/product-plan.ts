import {
  ACCESSORIES,
  COLOURS,
  COLOUR_NAMES,
  FABRICS,
  GARMENTS,
  SIZES,
  STYLES,
  VENDORS,
} from "./product-words.ts";
import { hash32, RecordRandom, STREAM } from "./random.ts";
import { STORE_END_MS, STORE_START_MS } from "./store-clock.ts";

export type ProductOptionPlan = { name: string; values: readonly string[] };

/** The few facts about a product from which everything else of it follows. */
export type ProductPlan = {
  p: number;
  title: string;
  handle: string;
  productType: string;
  vendor: string;
  status: "ACTIVE" | "ARCHIVED" | "DRAFT" | "UNLISTED";
  options: readonly ProductOptionPlan[];
  variants: number;
  /** In paise. */
  basePrice: number;
  isGiftCard: boolean;
  isDefaultOnly: boolean;
  skuStem: string;
  createdMs: number;
  updatedMs: number;
};

/** What an order line, a variant record and an inventory item need to know of a variant. */
export type VariantPlan = {
  p: number;
  i: number;
  title: string;
  values: readonly string[];
  /** "" or null when the merchant typed none; the same text may stand on several variants. */
  sku: string | null;
  price: number;
  grams: number;
};

/** About one product per twelve orders, never under 40 or over 2,000. */
export function productCount(orders: number): number {
  return Math.min(2_000, Math.max(40, Math.round(orders / 12)));
}

const BIG_PRODUCT = 5;
export const GIFT_CARD_PRODUCT = 9;

/** The first products are older than the first order; the last one is a day old at the store's end. */
const FIRST_PRODUCT_MS = STORE_START_MS - 180 * 86_400_000;
const LAST_PRODUCT_MS = STORE_END_MS - 86_400_000;

export function productTimeMs(p: number, products: number): number {
  // Half of the catalogue stood before the first order came.
  const half = Math.ceil(products / 2);
  const ms =
    p < half
      ? FIRST_PRODUCT_MS + ((STORE_START_MS - FIRST_PRODUCT_MS) * (p + 0.5)) / half
      : STORE_START_MS + ((LAST_PRODUCT_MS - STORE_START_MS) * (p - half + 0.5)) / (products - half);
  return Math.floor(ms / 1000) * 1000;
}

/** How many products existed at a time. */
export function productsAt(ms: number, products: number): number {
  const half = Math.ceil(products / 2);
  if (ms <= STORE_START_MS) return half;
  const later = Math.ceil(
    ((ms - STORE_START_MS) / (LAST_PRODUCT_MS - STORE_START_MS)) * (products - half) - 0.5,
  );
  return Math.min(products, half + Math.max(0, later));
}

export function productUpdatedMs(seed: number, p: number, products: number): number {
  const created = productTimeMs(p, products);
  const share = hash32(seed, STREAM.productTimes, p) / 4294967296;
  return Math.floor((created + (STORE_END_MS - created) * share) / 1000) * 1000;
}

function planOptions(random: RecordRandom, p: number): ProductOptionPlan[] {
  const colours = (count: number): ProductOptionPlan => {
    const from = random.between(0, COLOURS.length - 1);
    const values = Array.from({ length: count }, (_, k) => COLOURS[(from + k) % COLOURS.length] ?? "White");
    return { name: random.pick(COLOUR_NAMES), values };
  };
  const sizes = (count: number): ProductOptionPlan => ({ name: "Size", values: SIZES.slice(0, count) });
  if (p === BIG_PRODUCT) return [colours(10), sizes(10), { name: "Fabric", values: FABRICS.slice(0, 3) }];
  if (p === GIFT_CARD_PRODUCT)
    return [{ name: "Denominations", values: ["₹500.00", "₹1,000.00", "₹2,000.00", "₹5,000.00"] }];
  if (p % 10 === 3) return [];
  if (p % 10 === 7) return [sizes(random.between(3, 7))];
  if (p % 10 === 1) {
    return [
      colours(random.between(2, 3)),
      sizes(random.between(3, 5)),
      { name: "Fabric", values: FABRICS.slice(0, 2) },
    ];
  }
  // Some merchants put size before colour.
  const both = [colours(random.between(1, 4)), sizes(random.between(3, 6))];
  return random.chance(0.2) ? both.reverse() : both;
}

function planStatus(p: number): ProductPlan["status"] {
  if (p === BIG_PRODUCT || p === GIFT_CARD_PRODUCT) return "ACTIVE";
  if (p % 23 === 4) return "ARCHIVED";
  if (p % 23 === 11) return "DRAFT";
  return p % 23 === 18 ? "UNLISTED" : "ACTIVE";
}

/** How many variants product `p` has; cheap enough to add up over the whole catalogue at start. */
export function variantCount(seed: number, p: number): number {
  return planOptions(new RecordRandom(seed, STREAM.product, p), p).reduce(
    (count, option) => count * option.values.length,
    1,
  );
}

export function planProduct(seed: number, p: number, products: number): ProductPlan {
  const random = new RecordRandom(seed, STREAM.product, p);
  const options = planOptions(random, p);
  // One product in 31 was relaunched under the title of the one before it.
  const words = new RecordRandom(seed, STREAM.product, (p % 31 === 30 ? p - 1 : p) + 500_000);
  const style = words.pick(STYLES);
  const fabric = words.pick(FABRICS);
  const [garment, type] = words.pick(GARMENTS);
  const isGiftCard = p === GIFT_CARD_PRODUCT;
  const isDefaultOnly = options.length === 0;
  const accessory = words.pick(ACCESSORIES);
  const edition = p > 80 ? ` ${String.fromCharCode(65 + (p % 26))}${String(Math.floor(p / 26))}` : "";
  let title = `${style} ${fabric} ${garment}${p % 31 === 30 ? "" : edition}`;
  if (isDefaultOnly) title = `${style} ${accessory}${edition}`;
  if (isGiftCard) title = "Nazrana Gift Card";
  if (p === BIG_PRODUCT) title = "Everyday Tee – every colour, every size";
  const cheap = random.chance(0.35) ? random.between(3, 9) : random.between(9, 49);
  const basePrice =
    (isDefaultOnly ? random.between(1, 8) : cheap) * 10_000 + random.pick([9_900, 9_900, 9_500, 0, 4_950]);
  return {
    p,
    title,
    handle: `${title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")}-${String(p)}`,
    productType: isGiftCard ? "Gift Card" : isDefaultOnly ? "Accessories" : type,
    vendor: random.pick(VENDORS),
    status: planStatus(p),
    options,
    variants: options.reduce((count, option) => count * option.values.length, 1),
    basePrice,
    isGiftCard,
    isDefaultOnly,
    skuStem:
      `${style.slice(0, 2)}${fabric.slice(0, 2)}${garment.slice(0, 2)}`
        .toUpperCase()
        .replace(/[^A-Z]/g, "X") + String(1000 + p),
    createdMs: productTimeMs(p, products),
    updatedMs: productUpdatedMs(seed, p, products),
  };
}

function skuText(plan: ProductPlan, values: readonly string[]): string {
  const tail = values.map((value) =>
    value
      .replace(/[^A-Za-z0-9]/g, "")
      .slice(0, 4)
      .toUpperCase(),
  );
  return [plan.skuStem, ...tail].join("-");
}

function optionValues(plan: ProductPlan, i: number): string[] {
  const values: string[] = [];
  let rest = i;
  for (let o = plan.options.length - 1; o >= 0; o--) {
    const list = plan.options[o]?.values ?? [];
    values.unshift(list[rest % list.length] ?? "");
    rest = Math.floor(rest / list.length);
  }
  return values;
}

export function planVariant(seed: number, plan: ProductPlan, i: number): VariantPlan {
  const values = optionValues(plan, i);
  const h = hash32(seed, STREAM.variant, plan.p * 2_048 + i);
  const bigger = values.some(
    (value) => value === "XXL" || value === "3XL" || value === "4XL" || value === "5XL",
  );
  let sku: string | null = plan.isDefaultOnly ? plan.skuStem : skuText(plan, values);
  const oddity = h % 100;
  // Six in a hundred were typed carelessly: none, null, that of another variant, two at once, in small letters.
  if (plan.p !== BIG_PRODUCT && oddity <= 5) {
    if (oddity < 2) sku = h % 2 === 0 ? "" : null;
    else if (oddity < 4) sku = skuText(plan, optionValues(plan, 0));
    else sku = oddity === 4 ? `${sku}, ${plan.skuStem}` : sku.toLowerCase();
  }
  const giftCardPrice = [50_000, 100_000, 200_000, 500_000][i] ?? 50_000;
  return {
    p: plan.p,
    i,
    title: values.length === 0 ? "Default Title" : values.join(" / "),
    values,
    sku: plan.isGiftCard ? "" : sku,
    price: plan.isGiftCard ? giftCardPrice : plan.basePrice + (bigger ? 10_000 : 0),
    grams: plan.isGiftCard ? 0 : 150 + (h % 12) * 50,
  };
}
