import { priceAbroad, toShopMinor } from "./exchange-rates.ts";
import { hasTwoFulfillmentOrders } from "./fulfillment-order-places.ts";
import { gidOf } from "./ids.ts";
import type { Money2 } from "./money.ts";
import type { DraftLine } from "./order-draft.ts";
import type { OrderPlan } from "./order-plan.ts";
import { GIFT_CARD_PRODUCT, planVariant, productsAt } from "./product-plan.ts";
import type { ProductPlan } from "./product-plan.ts";
import { GONE_TITLES } from "./product-words.ts";
import { RecordRandom, STREAM } from "./random.ts";

type Catalogue = { seed: number; products: number; productOf: (p: number) => ProductPlan };

const PLAIN: Omit<DraftLine, "gid" | "title" | "quantity" | "unitPrice"> = {
  variantTitle: null,
  sku: null,
  vendor: null,
  productGid: null,
  variantGid: null,
  grams: 0,
  allocations: [],
  taxes: [],
  duties: [],
  requiresShipping: true,
  taxable: true,
  isGiftCard: false,
  isTip: false,
  addedLater: false,
  attributes: [],
  group: null,
  fulfilled: 0,
  removed: 0,
  returned: 0,
};

/** A line with nothing special. */
export function plainLine(
  fields: Pick<DraftLine, "gid" | "title" | "quantity" | "unitPrice"> & Partial<DraftLine>,
): DraftLine {
  return { ...PLAIN, allocations: [], taxes: [], duties: [], ...fields };
}

/** The lines of an order as bought, before discounts and tax. */
export function drawLines(catalogue: Catalogue, plan: OrderPlan): DraftLine[] {
  const random = new RecordRandom(catalogue.seed, STREAM.orderLines, plan.n);
  const lines: DraftLine[] = [];
  const gid = (): string => gidOf("LineItem", plan.n, lines.length);
  const price = (paise: number): Money2 => {
    const minor = priceAbroad(paise, plan.presentment);
    return [toShopMinor(minor, plan.presentment), minor];
  };
  const listed = productsAt(plan.createdMs, catalogue.products);

  const drawProduct = (): ProductPlan => {
    const skew = random.next();
    let p = Math.floor(Math.pow(skew, 1.5) * listed);
    let product = catalogue.productOf(p);
    // Drafts were never on sale; gift cards are bought on purpose only.
    while (product.status === "DRAFT" || product.isGiftCard) {
      p = (p + 1) % listed;
      product = catalogue.productOf(p);
    }
    return product;
  };
  const addProduct = (product: ProductPlan, quantity: number): DraftLine => {
    const i = random.between(0, product.variants - 1);
    const variant = planVariant(catalogue.seed, product, i);
    const line = plainLine({
      gid: gid(),
      title: product.title,
      variantTitle: product.isDefaultOnly ? null : variant.title,
      sku: variant.sku,
      vendor: product.vendor,
      productGid: gidOf("Product", product.p),
      variantGid: gidOf("ProductVariant", product.p, i),
      quantity,
      unitPrice: price(variant.price),
      grams: variant.grams,
      requiresShipping: !product.isGiftCard,
      taxable: !product.isGiftCard,
      isGiftCard: product.isGiftCard,
    });
    lines.push(line);
    return line;
  };

  const two = hasTwoFulfillmentOrders(plan.n);
  const wanted = Math.max(
    two ? 2 : 1,
    random.weighted([
      [1, 56],
      [2, 25],
      [3, 11],
      [4, 4],
      [6, 3],
      [12, 1],
    ]),
  );
  const special = random.next();
  if (special < 0.008 && !two) {
    addProduct(catalogue.productOf(GIFT_CARD_PRODUCT), 1);
    return lines;
  }
  for (let k = 0; k < wanted; k++) {
    const line = addProduct(
      drawProduct(),
      random.weighted([
        [1, 84],
        [2, 11],
        [3, 3],
        [5, 1],
        [10, 1],
      ]),
    );
    const fate = random.next();
    if (fate < 0.015) {
      // The product is gone from the store: only the snapshot on the line is left.
      line.productGid = null;
      line.variantGid = null;
      if (fate < 0.006) {
        line.title = random.pick(GONE_TITLES);
        line.sku = random.pick(["OLD-PHK-01", "", null]);
      }
    } else if (fate < 0.02) line.variantGid = null;
    else if (fate < 0.05)
      line.attributes = [{ key: "Monogram", value: random.pick(["R & S", "माँ", "💛", '"A"']) }];
  }
  if (special > 0.985 && plan.presentment === "INR") addBundle(plan, lines, addProduct, drawProduct, random);
  if ((plan.channel === "draft" && random.chance(0.4)) || special < 0.018) {
    const [title, requiresShipping] = random.pick([
      ["Custom blouse stitching", true],
      ["Gift wrap", false],
      ['Alteration – sleeve, +2"', false],
    ] as const);
    lines.push(
      plainLine({
        gid: gid(),
        title,
        quantity: 1,
        unitPrice: price(random.between(1, 12) * 5_000),
        requiresShipping,
        sku: random.chance(0.3) ? "CUSTOM" : null,
      }),
    );
  }
  // Some shops book what paying at the door costs as goods.
  if (special > 0.6 && special < 0.625 && plan.payment === "cod") {
    lines.push(
      plainLine({
        gid: gid(),
        title: "COD charges",
        quantity: 1,
        unitPrice: price(4_900),
        requiresShipping: false,
        taxable: false,
      }),
    );
  }
  if (special > 0.5 && special < 0.52 && plan.channel === "web") {
    const tip = price(random.pick([2_000, 5_000, 10_000, 3_350]));
    lines.push(
      plainLine({
        gid: gid(),
        title: "Tip",
        quantity: 1,
        unitPrice: tip,
        requiresShipping: false,
        taxable: false,
        isTip: true,
      }),
    );
  }
  return lines;
}

/** Two more lines sold as one bundle: components carry stock, the group tells what was bought. */
function addBundle(
  plan: OrderPlan,
  lines: DraftLine[],
  addProduct: (product: ProductPlan, quantity: number) => DraftLine,
  drawProduct: () => ProductPlan,
  random: RecordRandom,
): void {
  const group = {
    id: gidOf("LineItemGroup", plan.n),
    title: random.pick(["Festive Combo", "Mother & Daughter Set"]),
    quantity: 1,
    variantId: null,
    productId: null,
  };
  const before = lines.length;
  addProduct(drawProduct(), 1);
  addProduct(drawProduct(), 1);
  for (const line of lines.slice(before)) line.group = group;
}

/** A line added later, by an edit or an exchange, at the end. */
export function drawAddedLine(catalogue: Catalogue, plan: OrderPlan, place: number): DraftLine {
  const random = new RecordRandom(catalogue.seed, STREAM.orderLines, plan.n + 0x40000000);
  let p = random.between(0, productsAt(plan.createdMs, catalogue.products) - 1);
  while (catalogue.productOf(p).status === "DRAFT" || catalogue.productOf(p).isGiftCard)
    p = p === 0 ? 1 : p - 1;
  const product = catalogue.productOf(p);
  const variant = planVariant(catalogue.seed, product, 0);
  const minor = priceAbroad(variant.price, plan.presentment);
  return plainLine({
    gid: gidOf("LineItem", plan.n, place),
    title: product.title,
    variantTitle: product.isDefaultOnly ? null : variant.title,
    sku: variant.sku,
    vendor: product.vendor,
    productGid: gidOf("Product", product.p),
    variantGid: gidOf("ProductVariant", product.p, 0),
    quantity: 1,
    unitPrice: [toShopMinor(minor, plan.presentment), minor],
    grams: variant.grams,
    addedLater: true,
  });
}
