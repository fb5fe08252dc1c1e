import { gidOf } from "../ids.ts";
import { currencyDigits, NO_MONEY, parseAmount, sumMoney } from "../money.ts";
import type { CurrencyPair, Money2 } from "../money.ts";
import { spread } from "../draw-discounts.ts";
import type {
  DraftAllocation,
  DraftApplication,
  DraftLine,
  DraftShippingLine,
  DraftTax,
} from "../order-draft.ts";
import { lineNet, lineOriginal, shippingNet } from "../order-totals.ts";
import type { FileCatalogue } from "./file-catalogue.ts";
import type { FileContext } from "./file-context.ts";
import type { JsonReader } from "./json-reader.ts";

/** What is being read of one order. */
export type OrderReading = {
  context: FileContext;
  catalogue: FileCatalogue;
  n: number;
  pair: CurrencyPair;
  taxesIncluded: boolean;
  applications: DraftApplication[];
};

/** "10.00" or "10%" off an amount. */
function readDiscount(
  reader: JsonReader,
  field: string,
  from: Money2,
  pair: CurrencyPair,
): { amount: Money2; value: DraftApplication["value"] } | null {
  const text = reader.given[field];
  const percent = typeof text === "string" ? /^(\d+(?:\.\d+)?)%$/.exec(text) : null;
  if (percent) {
    const percentage = Number(percent[1]);
    return {
      amount: [Math.round((from[0] * percentage) / 100), Math.round((from[1] * percentage) / 100)],
      value: { percentage },
    };
  }
  const amount = reader.money(pair, field);
  return amount === undefined ? null : { amount, value: { amountMinor: amount[1] } };
}

const APPLICATION_TYPES = [
  "DiscountCodeApplication",
  "ManualDiscountApplication",
  "AutomaticDiscountApplication",
  "ScriptDiscountApplication",
] as const;

function readApplication(reader: JsonReader | null | undefined, amount: Money2): DraftApplication {
  const code = reader?.text("code");
  const typename = reader?.text("__typename");
  const type =
    APPLICATION_TYPES.find((one) => one === typename) ??
    (code ? "DiscountCodeApplication" : "ManualDiscountApplication");
  const percentage = reader?.object("value")?.number("percentage");
  const across = reader?.text("allocationMethod") === "ACROSS";
  return {
    type,
    allocationMethod: across ? "ACROSS" : "EACH",
    targetSelection: across ? "ALL" : "ENTITLED",
    targetType: reader?.text("targetType") === "SHIPPING_LINE" ? "SHIPPING_LINE" : "LINE_ITEM",
    value: percentage === undefined ? { amountMinor: amount[1] } : { percentage },
    label: code ?? reader?.text("title") ?? "Discount",
  };
}

function readAllocations(reading: OrderReading, reader: JsonReader, from: Money2): DraftAllocation[] {
  const written = reader.list("discountAllocations") ?? [];
  const allocations = written.map((one): DraftAllocation => {
    const amount =
      one.money(reading.pair, "allocatedAmountSet", "allocatedAmount", "amount") ??
      one.fail("amount", "a discount allocation needs an amount");
    const given = one.object("discountApplication");
    const application = given?.integer("index") ?? reading.applications.length;
    // Allocations of other lines may have named this application before.
    reading.applications[application] ??= readApplication(given, amount);
    return { application, amount };
  });
  const short = readDiscount(reader, "discount", from, reading.pair);
  if (short) {
    const code = reader.text("discountCode");
    const application = reading.applications.push({
      type: code ? "DiscountCodeApplication" : "ManualDiscountApplication",
      allocationMethod: "EACH",
      targetSelection: "ENTITLED",
      targetType: "LINE_ITEM",
      value: short.value,
      label: code ?? "Discount",
    });
    allocations.push({ application: application - 1, amount: short.amount });
  }
  return allocations;
}

function readTaxes(reading: OrderReading, reader: JsonReader, order: JsonReader, net: Money2): DraftTax[] {
  const written = reader.list("taxLines");
  if (written) {
    return written.map((tax) => ({
      title: tax.text("title") ?? "IGST",
      rate: tax.number("rate") ?? 0,
      amount: tax.money(reading.pair, "priceSet", "price", "amount") ?? NO_MONEY,
    }));
  }
  const rate = reader.number("taxRate") ?? order.number("taxRate");
  if (rate === undefined) return [];
  const tax = (amount: number): number =>
    Math.round(reading.taxesIncluded ? (amount * rate) / (1 + rate) : amount * rate);
  return [{ title: "IGST", rate, amount: [tax(net[0]), tax(net[1])] }];
}

function findVariant(reading: OrderReading, reader: JsonReader): string | null {
  if (reader.isNull("variant") || reader.isNull("variantId")) return null;
  const { ids } = reading.context;
  const variant = reader.object("variant");
  const named =
    ids.read(reader, "ProductVariant", "variantId") ??
    (variant ? ids.read(variant, "ProductVariant") : undefined);
  if (named !== undefined) return named;
  const sku = reader.text("sku");
  return sku === undefined || sku === null ? null : (reading.catalogue.bySku.get(sku) ?? null);
}

function readLine(reading: OrderReading, reader: JsonReader, order: JsonReader, i: number): DraftLine {
  const { context, catalogue, pair } = reading;
  const variantGid = findVariant(reading, reader);
  const known = variantGid === null ? undefined : catalogue.byGid.get(variantGid);
  const product = reader.object("product");
  const productGid = reader.isNull("product")
    ? null
    : (context.ids.read(reader, "Product", "productId") ??
      (product ? context.ids.read(product, "Product") : undefined) ??
      known?.product.id ??
      null);
  const text = (field: string): string | null => {
    const value = known?.variant[field];
    return typeof value === "string" ? value : null;
  };
  const catalogued =
    known && pair.shop === pair.presentment
      ? parseAmount(text("price") ?? "", currencyDigits(pair.shop))
      : null;
  const unitPrice =
    reader.money(pair, "originalUnitPriceSet", "originalUnitPrice", "price") ??
    (catalogued === null
      ? reader.fail(
          "originalUnitPrice",
          "a line needs a price, or the sku or variantId of a product that has one",
        )
      : ([catalogued, catalogued] as const));
  const quantity = reader.integer("quantity") ?? 1;
  const title = known?.product["title"];
  const sku = reader.text("sku");
  const variantTitle = reader.text("variantTitle");
  const line: DraftLine = {
    gid: context.ids.take(reader, "LineItem", gidOf("LineItem", reading.n, i)),
    title: reader.text("title") ?? (typeof title === "string" ? title : "Custom item"),
    variantTitle:
      variantTitle === undefined ? (text("title") === "Default Title" ? null : text("title")) : variantTitle,
    sku: sku === undefined ? text("sku") : sku,
    vendor: reader.text("vendor") ?? null,
    productGid,
    variantGid,
    quantity,
    unitPrice,
    grams: 0,
    allocations: [],
    taxes: [],
    duties: [],
    requiresShipping: reader.boolean("requiresShipping") ?? true,
    taxable: reader.boolean("taxable") ?? true,
    isGiftCard: reader.boolean("isGiftCard") ?? false,
    isTip: reader.boolean("isTip") ?? false,
    addedLater: false,
    attributes: (reader.list("customAttributes") ?? []).map((one) => ({
      key: one.text("key") ?? "",
      value: one.text("value") ?? null,
    })),
    group: null,
    fulfilled: 0,
    removed: 0,
    returned: 0,
  };
  line.allocations = readAllocations(reading, reader, lineOriginal(line));
  return line;
}

/** The lines of an order; an order-level `discount` is spread over them, `tip` stands as a line at the end. */
export function readLines(reading: OrderReading, order: JsonReader): DraftLine[] {
  const readers = order.list("lineItems") ?? [];
  const lines = readers.map((reader, i) => readLine(reading, reader, order, i));
  const goods = lines.filter((line) => !line.isTip);
  const whole = sumMoney(goods.map(lineNet));
  const short = readDiscount(order, "discount", whole, reading.pair);
  if (short) {
    const code = order.text("discountCode") ?? order.texts("discountCodes")?.[0];
    const application = reading.applications.push({
      type: code ? "DiscountCodeApplication" : "ManualDiscountApplication",
      allocationMethod: "ACROSS",
      targetSelection: "ALL",
      targetType: "LINE_ITEM",
      value: short.value,
      label: code ?? "Discount",
    });
    const nets = goods.map(lineNet);
    const parts = [0, 1].map((k) =>
      spread(
        Math.min(short.amount[k] ?? 0, whole[k] ?? 0),
        nets.map((net) => net[k] ?? 0),
      ),
    );
    goods.forEach((line, i) => {
      const amount: Money2 = [parts[0]?.[i] ?? 0, parts[1]?.[i] ?? 0];
      if (amount[1] > 0) line.allocations.push({ application: application - 1, amount });
    });
  }
  lines.forEach((line, i) => {
    const reader = readers[i];
    if (reader && !line.isTip && line.taxable) line.taxes = readTaxes(reading, reader, order, lineNet(line));
  });
  const tip = order.money(reading.pair, "tip");
  if (tip) {
    const { allocations, taxes, ...plain } = BARE_TIP;
    lines.push({
      ...plain,
      allocations: [...allocations],
      taxes: [...taxes],
      gid: gidOf("LineItem", reading.n, lines.length),
      unitPrice: tip,
    });
  }
  return lines;
}

const BARE_TIP: Omit<DraftLine, "gid" | "unitPrice"> = {
  title: "Tip",
  variantTitle: null,
  sku: null,
  vendor: null,
  productGid: null,
  variantGid: null,
  quantity: 1,
  grams: 0,
  allocations: [],
  taxes: [],
  duties: [],
  requiresShipping: false,
  taxable: false,
  isGiftCard: false,
  isTip: true,
  addedLater: false,
  attributes: [],
  group: null,
  fulfilled: 0,
  removed: 0,
  returned: 0,
};

/** `shippingLines`, or short `shipping: "79.00"`. */
export function readShippingLines(
  reading: OrderReading,
  order: JsonReader,
): { lines: DraftShippingLine[]; readers: (JsonReader | null)[] } {
  const { pair, n, context } = reading;
  const build = (reader: JsonReader | null, i: number, price: Money2): DraftShippingLine => {
    const line: DraftShippingLine = {
      gid: reader
        ? context.ids.take(reader, "ShippingLine", gidOf("ShippingLine", n, i))
        : gidOf("ShippingLine", n, i),
      title: reader?.text("title") ?? "Standard",
      code: reader?.text("code") ?? "Standard",
      source: "shopify",
      carrierIdentifier: null,
      custom: false,
      isRemoved: reader?.boolean("isRemoved") ?? false,
      price,
      allocations: reader ? readAllocations(reading, reader, price) : [],
      taxes: [],
      refunded: NO_MONEY,
    };
    if (reader) line.taxes = readTaxes(reading, reader, reader, shippingNet(line));
    return line;
  };
  const short = order.money(pair, "shipping");
  if (short) return { lines: [build(null, 0, short)], readers: [null] };
  const readers = order.list("shippingLines") ?? [];
  return {
    lines: readers.map((one, i) =>
      build(one, i, one.money(pair, "originalPriceSet", "originalPrice", "price") ?? NO_MONEY),
    ),
    readers,
  };
}
