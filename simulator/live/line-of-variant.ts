import { plainLine } from "#simulator/store/draw-lines.ts";
import { layTaxes } from "#simulator/store/draw-taxes.ts";
import { convertMinor } from "#simulator/store/exchange-rates.ts";
import { LOCATIONS } from "#simulator/store/location-records.ts";
import { parseAmount } from "#simulator/store/money.ts";
import type { CurrencyPair } from "#simulator/store/money.ts";
import type { Address } from "#simulator/store/address.ts";
import type { DraftLine, DraftShippingLine } from "#simulator/store/order-draft.ts";
import { readField, readText } from "#simulator/store/read-record.ts";
import type { LiveShop } from "./live-shop.ts";
import { refuse } from "./refused-act.ts";

/** A line of a variant at its price of now. @throws RefusedAct when the store has no such variant. */
export function lineOfVariant(
  shop: LiveShop,
  gid: string,
  currency: CurrencyPair,
  wanted: { variant: string; quantity: number; price?: string },
): DraftLine {
  const variant = shop.store.node(wanted.variant);
  if (variant?.__typename !== "ProductVariant") return refuse("Variant does not exist");
  if (!Number.isInteger(wanted.quantity) || wanted.quantity < 1) refuse("Quantity must be greater than 0");
  const price = parseAmount(wanted.price ?? readText(variant, "price"), currency.shopDigits);
  if (price === null || price < 0)
    return refuse(`"${wanted.price ?? ""}" is not an amount in ${currency.shop}.`);
  const product = readField(variant, "product");
  const isGiftCard = readField(product, "isGiftCard") === true;
  const sku = variant["sku"];
  const weight = readField(variant, "inventoryItem", "measurement", "weight");
  return plainLine({
    gid,
    title: readText(product, "title"),
    variantTitle: readField(product, "hasOnlyDefaultVariant") === true ? null : readText(variant, "title"),
    sku: typeof sku === "string" ? sku : null,
    vendor: readText(product, "vendor") || null,
    productGid: readText(product, "id"),
    variantGid: variant.id,
    quantity: wanted.quantity,
    unitPrice: [price, convertMinor(price, currency.shop, currency.presentment)],
    grams: Math.round(
      Number(readText(weight, "value")) * (readText(weight, "unit") === "KILOGRAMS" ? 1000 : 1),
    ),
    requiresShipping: readField(variant, "inventoryItem", "requiresShipping") !== false && !isGiftCard,
    taxable: variant["taxable"] !== false,
    isGiftCard,
  });
}

/** The GST of an Indian shop, inside the prices, as the seeded store has it; no tax elsewhere. */
export function layLiveTaxes(
  of: { n: number; createdMs: number; currency: CurrencyPair },
  lines: readonly DraftLine[],
  shipping: readonly DraftShippingLine[],
  to: Address | null,
): void {
  const { n, createdMs, currency } = of;
  if (currency.shop !== "INR" || currency.presentment !== "INR") return;
  layTaxes({ n, createdMs, presentment: "INR" }, lines, shipping, to, LOCATIONS[0].provinceCode);
}
