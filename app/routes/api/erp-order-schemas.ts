import { z } from "@hono/zod-openapi";

import { Amount, Instant } from "./schemas.ts";

const Attributes = z.array(z.strictObject({ name: z.string(), value: z.string() }));
const inWords = (description: string) => z.string().nullable().openapi({ description });
const amount = (description: string) => Amount.openapi({ description });

/** Null where there is none: said here, for a named schema that is made nullable elsewhere loses the null in the document. */
export const PostalAddress = z
  .strictObject({
    ...{ name: z.string().nullable(), firstName: z.string().nullable(), lastName: z.string().nullable() },
    ...{ company: z.string().nullable(), address1: z.string().nullable(), address2: z.string().nullable() },
    ...{ city: z.string().nullable(), province: z.string().nullable(), provinceCode: z.string().nullable() },
    country: z.string().nullable(),
    countryCode: inWords("ISO 3166-1 alpha-2."),
    ...{ zip: z.string().nullable(), phone: z.string().nullable() },
  })
  .nullable()
  .openapi("PostalAddress");

export const OrderStatusName = z
  .enum([
    ...(["open", "on_hold", "partially_shipped", "shipped", "partially_delivered", "delivered"] as const),
    ...(["cancelled", "rto", "partially_returned", "returned"] as const),
  ])
  .openapi("OrderStatus", {
    description:
      "The ERP's own: from Shopify's news and the ERP's facts together. rto: all of it came back undelivered.",
  });

export const PaymentMethodName = z
  .enum(["COD", "Prepaid"])
  .openapi({ description: "COD stays COD once it is paid." });

export const OrderHold = z
  .strictObject({
    kind: z.enum([
      ...(["shopify", "amount_unknown", "unknown_gateway", "payment_unknown", "cod_unconfirmed"] as const),
      ...(["no_sku", "money_difference"] as const),
    ]),
    key: inWords("What a release names; null where nobody can release it here."),
    words: z.string().openapi({ description: "Why." }),
    releasedBy: z.string().openapi({ description: "Who may release it, and how." }),
  })
  .openapi("OrderHold");

const header = {
  id: z.string().openapi({ description: "Shopify's id of the order, its number without gid://." }),
  orderNumber: z.string().openapi({ example: "#1003", description: "As Shopify shows it. Not unique." }),
  status: OrderStatusName,
  holds: z
    .array(OrderHold)
    .openapi({ description: "What keeps it from being picked; each has to be released." }),
  stopShip: inWords(
    "Why what is packed must not leave as it is, in words; null when nothing speaks against it.",
  ),
  isHistory: z.boolean().openapi({ description: "From before the cut-over: shown, never allocated." }),
  test: z.boolean(),
  customerId: inWords("The ERP's customer; null for guests and test orders, and once the person is erased."),
  ...{ shopifyCustomerId: z.string().nullable(), customerName: z.string().nullable() },
  ...{ customerEmail: z.string().nullable(), customerPhone: z.string().nullable() },
  ...{ shippingAddress: PostalAddress, billingAddress: PostalAddress },
};

const money = {
  currency: z.string().openapi({
    description: "The shop's: of every amount that is not named otherwise.",
  }),
  totalAmount: amount(
    "When it was placed: what all charges that are not `included` and not removals come to.",
  ),
  currentTotalAmount: amount("After edits, refunds and cancellation: what all charges come to."),
  ...{ subtotalAmount: Amount, discountAmount: Amount },
  taxAmount: amount("Inside the prices where `taxesIncluded`, else on top."),
  ...{ shippingAmount: Amount, tipAmount: Amount, dutiesAmount: Amount },
  ...{ receivedAmount: Amount, refundedAmount: Amount, outstandingAmount: Amount },
  presentmentCurrency: z.string().openapi({
    description: "The customer's: of amounts that begin with `presentment`, and of `amountToCollect`.",
  }),
  ...{ presentmentTotalAmount: Amount, presentmentCurrentTotalAmount: Amount },
  presentmentOutstandingAmount: Amount,
  moneyDifference: amount(
    "What the charges leave unexplained of the total. Zero for an order that is fully understood; never spread over its lines.",
  ),
  presentmentMoneyDifference: Amount,
  currentMoneyDifference: amount("The same of the step from the total to the current total."),
  presentmentCurrentMoneyDifference: Amount,
  paymentDifference: amount("What the payments leave unexplained of what was received, refunds taken off."),
  presentmentPaymentDifference: Amount,
  taxesIncluded: z.boolean(),
  paymentMethod: PaymentMethodName,
  amountToCollect: amount("What the labels say, in the customer's currency."),
};

const shopifySays = {
  financialStatus: inWords("Shopify's word."),
  fulfillmentStatus: inWords("Shopify's word; where the goods are, `status` and the parcels tell."),
  returnStatus: inWords("Shopify's word."),
  gateways: z
    .array(z.string())
    .openapi({ description: "Every payment gateway the order was ever told with." }),
  unknownGateways: z.array(z.string()).openapi({ description: "Those no rule knows." }),
  unknownValues: z.array(z.string()).openapi({
    description: "Words of Shopify's that this version does not know, as they came: field and value.",
  }),
  ...{ discountCodes: z.array(z.string()), tags: z.array(z.string()), attributes: Attributes },
  shippingLines: z.array(
    z.strictObject({ title: z.string(), code: z.string().nullable(), isRemoved: z.boolean() }),
  ),
  source: inWords("The sales channel, as Shopify names it."),
  note: z.string().nullable(),
  locationId: inWords("Shopify's location where it was sold, for a counter sale."),
  poNumber: z.string().nullable(),
  orderDate: Instant.openapi({ description: "When it was placed; for imported orders before creation." }),
  shopifyCreatedAt: Instant,
  cancelledAt: Instant.nullable(),
  cancelReason: z.string().nullable(),
  closedAt: Instant.nullable(),
  archivedAt: Instant.nullable().openapi({ description: "Since when Shopify no longer has it; kept here." }),
  createdAt: Instant.openapi({ description: "First in the ERP." }),
  updatedAt: Instant.openapi({ description: "Last changed in the ERP, parts included." }),
};

const orderFields = { ...header, ...money, ...shopifySays };

export const ErpOrder = z.strictObject(orderFields).openapi("ErpOrder");

const qty = (description: string) => z.int().openapi({ description });

const ErpOrderLine = z
  .strictObject({
    id: z.string().openapi({ description: "Shopify's id of the line." }),
    position: z.int(),
    skuId: inWords("The ERP's SKU; null for what has no variant (a custom line, a fee)."),
    skuCode: inWords("The SKU text as Shopify had it when the order was placed."),
    ...{ title: z.string(), variantTitle: z.string().nullable() },
    ...{ shopifyVariantId: z.string().nullable(), shopifyProductId: z.string().nullable() },
    qty: qty("Ordered."),
    unitPrice: amount("After discounts, rounded: to be shown. `lineTotal` is the truth."),
    lineTotal: amount("Price by quantity ordered, less all discounts."),
    ...{ discountAmount: Amount, taxAmount: Amount },
    allocatedQty: qty("By the ERP, of what is still open."),
    ...{ pickedQty: z.int(), packedQty: z.int() },
    shippedQty: qty("Left the house; delivered and undelivered units are among them."),
    deliveredQty: qty("Arrived; returned units are among them."),
    cancelledQty: qty("Will never leave: removed, refunded or cancelled before shipping."),
    rtoQty: qty("Came back undelivered."),
    returnedQty: qty("Came back after delivery, and were received."),
    refundedQty: qty("In refunds that gave money back."),
    lineStatus: z
      .enum([
        ...(["pending", "allocated", "picked", "packed", "shipped", "delivered"] as const),
        ...(["cancelled", "rto", "returned"] as const),
      ])
      .openapi({ description: "Of the unit that is least far." }),
    ...{ awbNumber: z.string().nullable(), courier: z.string().nullable() },
    ...{ requiresShipping: z.boolean(), isGiftCard: z.boolean() },
    lineItemGroupId: inWords("Lines of one bundle share it."),
    exchangeReturnId: inWords("Shopify's return in exchange for which this line is sent."),
    attributes: Attributes,
  })
  .openapi("ErpOrderLine");

const ErpOrderCharge = z
  .strictObject({
    position: z.int(),
    kind: z.enum([
      ...(["item", "line_discount", "order_discount", "shipping", "shipping_discount", "tax"] as const),
      ...(["duty", "tip", "additional_fee", "cod_fee", "cash_rounding"] as const),
      ...(["refund_item", "refund_tax", "refund_shipping", "refund_duty", "refund_tip"] as const),
      ...(["refund_adjustment", "removed_item", "removed_tax", "removed_shipping"] as const),
      ...(["removed_duty", "removed_fee", "removed_tip", "removal"] as const),
    ]),
    lineId: inWords("The line it is of; null where it is of the order."),
    ...{ title: z.string().nullable(), rate: Amount.nullable().openapi({ example: "0.18" }) },
    included: z.boolean().openapi({ description: "Shown, and no part of any sum: tax inside the prices." }),
    ...{ amount: Amount, presentmentAmount: Amount },
  })
  .openapi("ErpOrderCharge", {
    description:
      "All that are not `included`, without those of kind refund_…, removed_… and removal, come to the total; with them, to the current total.",
  });

const ErpOrderPayment = z
  .strictObject({
    id: z.string().openapi({ description: "Shopify's id of the transaction." }),
    kind: z.string().openapi({ description: "Shopify's word: SALE, AUTHORIZATION, CAPTURE, REFUND, VOID …" }),
    status: z.string().openapi({ description: "Shopify's word: SUCCESS, PENDING, FAILURE …" }),
    gateway: z.string().nullable(),
    ...{ amount: Amount, presentmentAmount: Amount, processedAt: Instant.nullable() },
    ...{ parentTransactionId: z.string().nullable(), test: z.boolean() },
  })
  .openapi("ErpOrderPayment");

export const ErpParcel = z
  .strictObject({
    id: z.string().openapi({ description: "Shopify's fulfilment id, or the ERP's own id." }),
    ...{ shopifyFulfillmentId: z.string().nullable(), name: z.string().nullable() },
    ...{ awbNumber: z.string().nullable(), courier: z.string().nullable() },
    trackingUrl: z.string().nullable(),
    state: z.enum([
      ...(["created", "handed_over", "in_transit", "out_for_delivery", "delivered"] as const),
      ...(["delivery_unknown", "rto_initiated", "rto_received", "lost", "cancelled"] as const),
    ]),
    origin: z.enum(["shopify", "erp"]).openapi({ description: "Where it began." }),
    locationId: z.string().nullable(),
    linesKnown: z.boolean().openapi({
      description:
        "False while Shopify has not said which lines are in it, and more than one answer fits: `lines` is then empty or not all.",
    }),
    amountToCollect: amount("What its label says, in the customer's currency."),
    ...{ handedOverAt: Instant.nullable(), deliveredAt: Instant.nullable(), newsAt: Instant.nullable() },
    lines: z.array(z.strictObject({ lineId: z.string(), qty: z.int() })),
  })
  .openapi("ErpParcel");

const ErpReturnCase = z
  .strictObject({
    id: z.string(),
    kind: z.enum(["rto", "return"]).openapi({ description: "Back undelivered, or after delivery." }),
    state: z.enum(["requested", "initiated", "received", "restocked", "damaged", "lost", "closed"]),
    ...{ name: z.string().nullable(), parcelId: z.string().nullable() },
    ...{ shopifyReturnId: z.string().nullable(), reason: z.string().nullable() },
    openedBy: z.enum(["courier", "shopify", "erp", "rule"]),
    lines: z.array(z.strictObject({ lineId: z.string(), qty: z.int(), receivedQty: z.int() })),
    ...{ openedAt: Instant, receivedAt: Instant.nullable(), closedAt: Instant.nullable() },
  })
  .openapi("ErpReturnCase");

export const ErpOrderWithParts = z
  .strictObject({
    ...orderFields,
    lines: z.array(ErpOrderLine),
    charges: z.array(ErpOrderCharge),
    payments: z.array(ErpOrderPayment),
    parcels: z.array(ErpParcel),
    cases: z.array(ErpReturnCase).openapi({ description: "What comes back: undelivered or returned." }),
  })
  .openapi("ErpOrderWithParts");
