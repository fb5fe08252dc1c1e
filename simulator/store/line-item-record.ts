import { moneyBag, NO_MONEY, subtractMoney, sumMoney, timesMoney } from "./money.ts";
import type { CurrencyPair, Money2 } from "./money.ts";
import { moneyV2 } from "./money.ts";
import type {
  DraftAllocation,
  DraftApplication,
  DraftLine,
  DraftShippingLine,
  DraftTax,
  OrderDraft,
} from "./order-draft.ts";
import { lineCurrentQuantity, lineNet, lineOriginal, shippingCurrent, shippingNet } from "./order-totals.ts";
import type { SimNode, SimValue } from "./types.ts";

type Find = (gid: string) => SimNode | null;
type Fields = { readonly [field: string]: SimValue | undefined };

export function taxRecords(taxes: readonly DraftTax[], pair: CurrencyPair): Fields[] {
  return taxes.map((tax) => ({
    title: tax.title,
    rate: tax.rate,
    ratePercentage: Number((tax.rate * 100).toFixed(4)),
    channelLiable: false,
    source: "shopify",
    priceSet: moneyBag(tax.amount, pair),
  }));
}

/** Taxes of many lines, one entry per title and rate, as the order shows them. */
export function mergeTaxes(lists: readonly (readonly DraftTax[])[]): DraftTax[] {
  const merged = new Map<string, DraftTax>();
  for (const tax of lists.flat()) {
    const key = `${tax.title} ${String(tax.rate)}`;
    const known = merged.get(key);
    merged.set(
      key,
      known ? { ...known, amount: [known.amount[0] + tax.amount[0], known.amount[1] + tax.amount[1]] } : tax,
    );
  }
  return [...merged.values()];
}

export function applicationRecord(application: DraftApplication, index: number, pair: CurrencyPair): Fields {
  const { value, type, label } = application;
  return {
    __typename: type,
    index,
    allocationMethod: application.allocationMethod,
    targetSelection: application.targetSelection,
    targetType: application.targetType,
    value:
      "percentage" in value
        ? { __typename: "PricingPercentageValue", percentage: value.percentage }
        : { __typename: "MoneyV2", ...moneyV2(value.amountMinor, pair.presentment, pair.presentmentDigits) },
    ...(type === "DiscountCodeApplication" ? { code: label } : { title: label }),
    ...(type === "ManualDiscountApplication" ? { description: label } : {}),
  };
}

function allocationRecords(allocations: readonly DraftAllocation[], draft: OrderDraft): Fields[] {
  return allocations.flatMap((one) => {
    const application = draft.applications[one.application];
    if (!application) return [];
    return [
      {
        allocatedAmountSet: moneyBag(one.amount, draft.currency),
        discountApplication: applicationRecord(application, one.application, draft.currency),
      },
    ];
  });
}

/** Line-level discounts only: `across: true` ones belong to the order, code ones count when asked. */
function lineLevel(line: DraftLine, draft: OrderDraft, withCodes: boolean): Money2 {
  return sumMoney(
    line.allocations.flatMap((one) => {
      const application = draft.applications[one.application];
      if (!application || application.allocationMethod === "ACROSS") return [];
      return application.type === "DiscountCodeApplication" && !withCodes ? [] : [one.amount];
    }),
  );
}

function unitOf(amount: Money2, quantity: number): Money2 {
  return quantity === 0 ? amount : [Math.round(amount[0] / quantity), Math.round(amount[1] / quantity)];
}

/** A LineItem. Its product and variant are null once the store no longer has them. */
export function buildLineItem(draft: OrderDraft, line: DraftLine, find: Find): SimNode {
  const pair = draft.currency;
  const original = lineOriginal(line);
  const net = lineNet(line);
  const discount = lineLevel(line, draft, false);
  const currentQuantity = lineCurrentQuantity(line);
  const unfulfilled = line.isTip ? 0 : Math.max(0, line.quantity - line.removed - line.fulfilled);
  const name = line.variantTitle === null ? line.title : `${line.title} - ${line.variantTitle}`;
  const plainTotal = moneyBag(subtractMoney(original, discount), pair);
  return {
    __typename: "LineItem",
    id: line.gid,
    name,
    title: line.title,
    variantTitle: line.variantTitle,
    sku: line.sku,
    vendor: line.vendor,
    quantity: line.quantity,
    currentQuantity,
    unfulfilledQuantity: unfulfilled,
    fulfillableQuantity: unfulfilled,
    refundableQuantity: currentQuantity,
    nonFulfillableQuantity: line.isTip ? line.quantity : line.removed,
    fulfillmentStatus: unfulfilled === 0 ? "fulfilled" : line.fulfilled > 0 ? "partial" : "unfulfilled",
    requiresShipping: line.requiresShipping,
    taxable: line.taxable,
    isGiftCard: line.isGiftCard,
    restockable: line.variantGid !== null && currentQuantity > 0,
    merchantEditable: draft.cancelledMs === null && line.fulfilled === 0,
    weight: { value: line.grams, unit: "GRAMS" },
    product: line.productGid === null ? null : () => find(line.productGid ?? ""),
    variant: line.variantGid === null ? null : () => find(line.variantGid ?? ""),
    customAttributes: [...line.attributes],
    originalUnitPriceSet: moneyBag(line.unitPrice, pair),
    originalTotalSet: moneyBag(original, pair),
    discountedUnitPriceSet: moneyBag(unitOf(subtractMoney(original, discount), line.quantity), pair),
    discountedUnitPriceAfterAllDiscountsSet: moneyBag(unitOf(net, line.quantity), pair),
    discountedTotalSet: (args) =>
      args["withCodeDiscounts"] === true
        ? moneyBag(subtractMoney(original, lineLevel(line, draft, true)), pair)
        : plainTotal,
    totalDiscountSet: moneyBag(discount, pair),
    unfulfilledOriginalTotalSet: moneyBag(timesMoney(line.unitPrice, unfulfilled), pair),
    unfulfilledDiscountedTotalSet: () =>
      moneyBag(timesMoney(unitOf(subtractMoney(original, discount), line.quantity), unfulfilled), pair),
    discountAllocations: allocationRecords(line.allocations, draft),
    taxLines: taxRecords(line.taxes, pair),
    duties: line.duties.map((duty) => ({
      __typename: "Duty",
      id: duty.gid,
      harmonizedSystemCode: duty.harmonizedSystemCode,
      countryCodeOfOrigin: duty.countryCodeOfOrigin,
      price: moneyBag(duty.amount, pair),
      taxLines: [],
    })),
    lineItemGroup: line.group === null ? null : { ...line.group, customAttributes: [], variantSku: null },
    contract: null,
    sellingPlan: null,
    staffMember: null,
  };
}

export function buildShippingLine(draft: OrderDraft, line: DraftShippingLine): SimNode {
  const pair = draft.currency;
  return {
    __typename: "ShippingLine",
    id: line.gid,
    title: line.title,
    code: line.code,
    source: line.source,
    carrierIdentifier: line.carrierIdentifier,
    deliveryCategory: null,
    custom: line.custom,
    isRemoved: line.isRemoved,
    phone: null,
    shippingRateHandle: null,
    originalPriceSet: moneyBag(line.price, pair),
    discountedPriceSet: moneyBag(shippingNet(line), pair),
    currentDiscountedPriceSet: moneyBag(line.isRemoved ? NO_MONEY : shippingCurrent(line), pair),
    taxLines: taxRecords(line.taxes, pair),
    discountAllocations: allocationRecords(line.allocations, draft),
  };
}
