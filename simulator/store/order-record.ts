import { buildAddress } from "./address-record.ts";
import {
  applicationRecord,
  buildLineItem,
  buildShippingLine,
  mergeTaxes,
  taxRecords,
} from "./line-item-record.ts";
import { legacyId } from "./ids.ts";
import { addMoney, moneyBag, NO_MONEY, subtractMoney, sumMoney } from "./money.ts";
import type { Money2, MoneyBag } from "./money.ts";
import type { DraftLine, OrderDraft } from "./order-draft.ts";
import { financialStatus, fulfillmentStatus, returnStatus } from "./order-status.ts";
import { computeCharges, computePayments, goneShare, lineCurrentQuantity } from "./order-totals.ts";
import type { ChargeTotals, PaymentTotals } from "./order-totals.ts";
import { buildFulfillment, buildFulfillmentOrder } from "./parcel-records.ts";
import { buildRefund, buildTransaction } from "./payment-records.ts";
import { buildReturn } from "./return-record.ts";
import { formatTime, formatTimeOrNull } from "./store-clock.ts";
import type { SimNode, SimValue } from "./types.ts";

type Find = (gid: string) => SimNode | null;
type Fields = { readonly [field: string]: SimValue | undefined };

function sumUnits(lines: readonly DraftLine[], of: (line: DraftLine) => number): number {
  return lines.reduce((sum, line) => (line.isTip ? sum : sum + of(line)), 0);
}

function orderLevelDiscount(draft: OrderDraft): { original: Money2; current: Money2 } {
  let original = NO_MONEY;
  let current = NO_MONEY;
  for (const line of draft.lines) {
    for (const one of line.allocations) {
      if (draft.applications[one.application]?.allocationMethod !== "ACROSS") continue;
      original = addMoney(original, one.amount);
      current = addMoney(current, subtractMoney(one.amount, goneShare(line, one.amount)));
    }
  }
  return { original, current };
}

function moneyFields(draft: OrderDraft, charges: ChargeTotals, payments: PaymentTotals): Fields {
  const bag = (money: Money2): MoneyBag => moneyBag(money, draft.currency);
  const cart = orderLevelDiscount(draft);
  const hasDuties = draft.lines.some((line) => line.duties.length > 0);
  const hasFees = draft.additionalFees.length > 0;
  const refundedShipping = sumMoney(
    draft.refunds.flatMap((refund) => refund.shipping.map((one) => one.amount)),
  );
  const discrepancy = sumMoney(
    draft.refunds.flatMap((refund) => (refund.adjustment ? [refund.adjustment.amount] : [])),
  );
  return {
    subtotalPriceSet: bag(charges.subtotal),
    totalPriceSet: bag(charges.total),
    totalTaxSet: bag(charges.tax),
    totalDiscountsSet: bag(charges.discounts),
    cartDiscountAmountSet: bag(cart.original),
    currentCartDiscountAmountSet: bag(cart.current),
    totalShippingPriceSet: bag(charges.shipping),
    totalTipReceivedSet: bag(charges.tip),
    totalReceivedSet: bag(payments.received),
    totalOutstandingSet: bag(payments.outstanding),
    totalCapturableSet: bag(payments.capturable),
    totalRefundedSet: bag(payments.refunded),
    totalRefundedShippingSet: bag(refundedShipping),
    netPaymentSet: bag(payments.net),
    refundDiscrepancySet: bag(discrepancy),
    originalTotalPriceSet: bag(charges.originalTotal),
    currentSubtotalPriceSet: bag(charges.currentSubtotal),
    currentTotalPriceSet: bag(charges.currentTotal),
    currentTotalTaxSet: bag(charges.currentTax),
    currentTotalDiscountsSet: bag(charges.currentDiscounts),
    currentShippingPriceSet: bag(charges.currentShipping),
    originalTotalDutiesSet: hasDuties ? bag(charges.duties) : null,
    currentTotalDutiesSet: hasDuties ? bag(charges.currentDuties) : null,
    originalTotalAdditionalFeesSet: hasFees ? bag(charges.fees) : null,
    currentTotalAdditionalFeesSet: hasFees ? bag(charges.currentFees) : null,
    additionalFees: draft.additionalFees.map((fee) => ({
      __typename: "AdditionalFee",
      id: fee.gid,
      name: fee.name,
      price: bag(fee.amount),
      taxLines: [],
    })),
    totalCashRoundingAdjustment: { paymentSet: bag(draft.cashRounding), refundSet: bag(NO_MONEY) },
    taxLines: () =>
      taxRecords(
        mergeTaxes([
          ...draft.lines.map((line) => line.taxes),
          ...draft.shippingLines.map((line) => line.taxes),
        ]),
        draft.currency,
      ),
    currentTaxLines: () =>
      taxRecords(
        mergeTaxes(
          draft.lines.map((line) =>
            line.taxes.map((tax) => ({
              ...tax,
              amount: subtractMoney(tax.amount, goneShare(line, tax.amount)),
            })),
          ),
        ),
        draft.currency,
      ),
  };
}

function channelFields(draft: OrderDraft, find: Find): Fields {
  const { app } = draft;
  return {
    sourceName: draft.sourceName,
    sourceIdentifier: draft.sourceIdentifier,
    registeredSourceUrl: null,
    app: app === null ? null : { __typename: "OrderApp", id: app.id, name: app.title },
    attribution: app === null ? null : { handle: app.handle, displayName: app.title, icon: null },
    channelInformation:
      app === null
        ? null
        : {
            id: `gid://shopify/ChannelInformation/${legacyId(app.id)}`,
            channelId: `gid://shopify/Channel/${legacyId(app.id)}`,
            displayName: app.title,
            app: () => find(app.id),
            channelDefinition: {
              id: `gid://shopify/ChannelDefinition/${legacyId(app.id)}`,
              channelName: app.title,
              subChannelName: app.title,
              handle: app.handle,
              isMarketplace: false,
            },
          },
    publication: app?.handle === "online_store" ? { id: "gid://shopify/Publication/104882110637" } : null,
    retailLocation: draft.retailLocationGid === null ? null : () => find(draft.retailLocationGid ?? ""),
  };
}

function statusFields(draft: OrderDraft, charges: ChargeTotals, payments: PaymentTotals): Fields {
  const open = sumUnits(draft.lines, (line) => Math.max(0, line.quantity - line.removed - line.fulfilled));
  const live = draft.cancelledMs === null;
  return {
    displayFinancialStatus: financialStatus(draft, charges, payments),
    displayFulfillmentStatus: fulfillmentStatus(draft),
    returnStatus: returnStatus(draft),
    fullyPaid: live && payments.received[1] >= charges.total[1],
    unpaid: payments.received[1] === 0 && charges.total[1] > 0,
    capturable: payments.capturable[1] > 0,
    canMarkAsPaid: live && payments.outstanding[1] > 0,
    requiresShipping: draft.lines.some((line) => line.requiresShipping),
    fulfillable: live && open > 0,
    refundable: payments.net[1] > 0,
    restockable: sumUnits(draft.lines, lineCurrentQuantity) > 0,
    merchantEditable: live && draft.closedMs === null,
    merchantEditableErrors: [],
    subtotalLineItemsQuantity: sumUnits(draft.lines, (line) => line.quantity),
    currentSubtotalLineItemsQuantity: sumUnits(draft.lines, lineCurrentQuantity),
    totalWeight: String(sumUnits(draft.lines, (line) => line.grams * line.quantity)),
    currentTotalWeight: String(sumUnits(draft.lines, (line) => line.grams * lineCurrentQuantity(line))),
  };
}

function addressOf(place: OrderDraft["shipping"]): SimValue {
  return place === null ? null : () => buildAddress(place.gid, place.address);
}

function same(a: OrderDraft["billing"], b: OrderDraft["shipping"]): boolean {
  if (a === null || b === null) return false;
  return a.address === b.address || JSON.stringify(a.address) === JSON.stringify(b.address);
}

/** The Order record with everything the Admin API derives from its facts. */
export function buildOrder(draft: OrderDraft, domain: string, find: Find): SimNode {
  const charges = computeCharges(draft);
  const payments = computePayments(draft, charges.currentTotal);
  const codes = draft.applications.flatMap((one) =>
    one.type === "DiscountCodeApplication" ? [one.label] : [],
  );
  const gateways = [
    ...new Set(draft.transactions.flatMap((one) => (one.gateway === null ? [] : [one.gateway]))),
  ];
  return {
    __typename: "Order",
    id: draft.gid,
    legacyResourceId: legacyId(draft.gid),
    name: draft.name,
    number: draft.number,
    confirmationNumber: confirmationNumber(draft.gid),
    poNumber: draft.poNumber,
    note: draft.note,
    tags: [...draft.tags],
    email: draft.email,
    phone: draft.phone,
    test: draft.test,
    confirmed: true,
    closed: draft.closedMs !== null,
    closedAt: formatTimeOrNull(draft.closedMs),
    createdAt: formatTime(draft.createdMs),
    updatedAt: formatTime(draft.updatedMs),
    processedAt: formatTime(draft.processedMs),
    cancelledAt: formatTimeOrNull(draft.cancelledMs),
    cancelReason: draft.cancelReason,
    currencyCode: draft.currency.shop,
    presentmentCurrencyCode: draft.currency.presentment,
    taxesIncluded: draft.taxesIncluded,
    taxExempt: false,
    dutiesIncluded: false,
    estimatedTaxes: false,
    edited: draft.edited,
    statusPageUrl: () =>
      `https://${domain}/${legacyId(draft.gid)}/orders/${confirmationNumber(draft.gid).toLowerCase()}/authenticate?key=simulated`,
    customerLocale: draft.customerLocale,
    customerAcceptsMarketing: false,
    discountCode: codes[0] ?? null,
    discountCodes: codes,
    paymentGatewayNames: gateways,
    customAttributes: [...draft.attributes],
    paymentTerms: null,
    purchasingEntity: draft.customerGid === null ? null : () => find(draft.customerGid ?? ""),
    customer: draft.customerGid === null ? null : () => find(draft.customerGid ?? ""),
    billingAddress: addressOf(draft.billing),
    shippingAddress: addressOf(draft.shipping),
    displayAddress: addressOf(draft.shipping ?? draft.billing),
    billingAddressMatchesShippingAddress: same(draft.billing, draft.shipping),
    staffMember: null,
    ...channelFields(draft, find),
    ...statusFields(draft, charges, payments),
    ...moneyFields(draft, charges, payments),
    lineItems: () => draft.lines.map((line) => buildLineItem(draft, line, find)),
    shippingLines: () => draft.shippingLines.map((line) => buildShippingLine(draft, line)),
    shippingLine: () => {
      const first = draft.shippingLines.find((line) => !line.isRemoved);
      return first ? buildShippingLine(draft, first) : null;
    },
    discountApplications: () =>
      draft.applications.map((one, index) => applicationRecord(one, index, draft.currency)),
    transactions: () => draft.transactions.map((one) => buildTransaction(draft, one, find)),
    fulfillments: () => draft.fulfillments.map((one) => buildFulfillment(draft, one, find)),
    fulfillmentsCount: { count: draft.fulfillments.length, precision: "EXACT" },
    fulfillmentOrders: () =>
      draft.fulfillmentOrders.map((one) => find(one.gid) ?? buildFulfillmentOrder(draft, one, find)),
    refunds: () => draft.refunds.map((one) => buildRefund(draft, one, find)),
    returns: () => draft.returns.map((one) => buildReturn(draft, one, find)),
  };
}

/** Nine letters and digits, as Shopify prints them for the buyer. */
function confirmationNumber(gid: string): string {
  return Number(legacyId(gid)).toString(36).toUpperCase().padStart(9, "X").slice(0, 9);
}
