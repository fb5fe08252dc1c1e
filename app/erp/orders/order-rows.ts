/**
 * The rows an order consists of in the ERP, as the database has them: amounts as exact decimal text, JSON as text.
 * Column lists are what COPY writes, in this order.
 */

export type OrderRow = {
  shop: string;
  shopifyOrderId: string;
  orderNumber: string;
  status: string;
  holds: string;
  stopShip: string | null;
  isHistory: boolean;
  test: boolean;
  customerId: string | null;
  shopifyCustomerId: string | null;
  customerName: string | null;
  customerEmail: string | null;
  customerPhone: string | null;
  shippingAddress: string | null;
  billingAddress: string | null;
  currency: string;
  totalAmount: string;
  currentTotalAmount: string;
  subtotalAmount: string;
  discountAmount: string;
  taxAmount: string;
  shippingAmount: string;
  tipAmount: string;
  dutiesAmount: string;
  receivedAmount: string;
  refundedAmount: string;
  outstandingAmount: string;
  presentmentCurrency: string;
  presentmentTotalAmount: string;
  presentmentCurrentTotalAmount: string;
  presentmentOutstandingAmount: string;
  moneyDifference: string;
  presentmentMoneyDifference: string;
  currentMoneyDifference: string;
  presentmentCurrentMoneyDifference: string;
  paymentDifference: string;
  presentmentPaymentDifference: string;
  taxesIncluded: boolean;
  paymentMethod: "COD" | "Prepaid";
  amountToCollect: string;
  financialStatus: string | null;
  fulfillmentStatus: string | null;
  returnStatus: string | null;
  gateways: string[];
  unknownGateways: string[];
  unknownValues: string[];
  discountCodes: string[];
  tags: string[];
  attributes: string;
  shippingLines: string;
  source: string | null;
  note: string | null;
  locationId: string | null;
  poNumber: string | null;
  orderDate: string;
  shopifyCreatedAt: string;
  cancelledAt: string | null;
  cancelReason: string | null;
  closedAt: string | null;
  archivedAt: string | null;
};

export type OrderLineRow = {
  shop: string;
  shopifyOrderId: string;
  shopifyLineId: string;
  position: number;
  skuId: string | null;
  skuCode: string | null;
  title: string;
  variantTitle: string | null;
  shopifyVariantId: string | null;
  shopifyProductId: string | null;
  qty: number;
  unitPrice: string;
  lineTotal: string;
  discountAmount: string;
  taxAmount: string;
  allocatedQty: number;
  pickedQty: number;
  packedQty: number;
  shippedQty: number;
  deliveredQty: number;
  cancelledQty: number;
  rtoQty: number;
  returnedQty: number;
  refundedQty: number;
  lineStatus: string;
  awbNumber: string | null;
  courier: string | null;
  requiresShipping: boolean;
  isGiftCard: boolean;
  lineItemGroupId: string | null;
  exchangeReturnId: string | null;
  attributes: string;
};

export type OrderChargeRow = {
  shop: string;
  shopifyOrderId: string;
  position: number;
  kind: string;
  shopifyLineId: string | null;
  title: string | null;
  rate: string | null;
  included: boolean;
  amount: string;
  presentmentAmount: string;
};

export type OrderPaymentRow = {
  shop: string;
  shopifyOrderId: string;
  shopifyTransactionId: string;
  kind: string;
  status: string;
  gateway: string | null;
  amount: string;
  presentmentAmount: string;
  processedAt: string | null;
  parentTransactionId: string | null;
  test: boolean;
};

export type ParcelRow = {
  shop: string;
  shopifyOrderId: string;
  id: string;
  shopifyFulfillmentId: string | null;
  name: string | null;
  awbNumber: string | null;
  courier: string | null;
  trackingUrl: string | null;
  state: string;
  origin: "shopify" | "erp";
  locationId: string | null;
  linesKnown: boolean;
  amountToCollect: string;
  handedOverAt: string | null;
  deliveredAt: string | null;
  newsAt: string | null;
};

export type ParcelLineRow = {
  shop: string;
  shopifyOrderId: string;
  parcelId: string;
  shopifyLineId: string;
  qty: number;
};

export type ReturnCaseRow = {
  shop: string;
  shopifyOrderId: string;
  id: string;
  kind: string;
  state: string;
  name: string | null;
  parcelId: string | null;
  shopifyReturnId: string | null;
  reason: string | null;
  openedBy: string;
  lines: string;
  openedAt: string;
  receivedAt: string | null;
  closedAt: string | null;
};

/** Everything computed for one order. */
export type OrderRows = {
  order: OrderRow;
  lines: OrderLineRow[];
  charges: OrderChargeRow[];
  payments: OrderPaymentRow[];
  parcels: ParcelRow[];
  parcelLines: ParcelLineRow[];
  cases: ReturnCaseRow[];
};

const columns = <Row>(...names: (keyof Row & string)[]) => names;

export const orderColumns = columns<OrderRow>(
  "shop", "shopifyOrderId", "orderNumber", "status", "holds", "stopShip", "isHistory", "test", "customerId",
  "shopifyCustomerId", "customerName", "customerEmail", "customerPhone", "shippingAddress", "billingAddress",
  "currency", "totalAmount", "currentTotalAmount", "subtotalAmount", "discountAmount", "taxAmount", "shippingAmount",
  "tipAmount", "dutiesAmount", "receivedAmount", "refundedAmount", "outstandingAmount", "presentmentCurrency",
  "presentmentTotalAmount", "presentmentCurrentTotalAmount", "presentmentOutstandingAmount", "moneyDifference",
  "presentmentMoneyDifference", "currentMoneyDifference", "presentmentCurrentMoneyDifference", "paymentDifference",
  "presentmentPaymentDifference", "taxesIncluded", "paymentMethod", "amountToCollect", "financialStatus",
  "fulfillmentStatus", "returnStatus", "gateways", "unknownGateways", "unknownValues", "discountCodes", "tags", "attributes",
  "shippingLines", "source", "note", "locationId", "poNumber", "orderDate", "shopifyCreatedAt",
  "cancelledAt", "cancelReason", "closedAt", "archivedAt",
); // prettier-ignore

export const orderLineColumns = columns<OrderLineRow>(
  "shop", "shopifyOrderId", "shopifyLineId", "position", "skuId", "skuCode", "title", "variantTitle",
  "shopifyVariantId", "shopifyProductId", "qty", "unitPrice", "lineTotal", "discountAmount", "taxAmount",
  "allocatedQty", "pickedQty", "packedQty", "shippedQty", "deliveredQty", "cancelledQty", "rtoQty", "returnedQty",
  "refundedQty", "lineStatus", "awbNumber", "courier", "requiresShipping", "isGiftCard", "lineItemGroupId", "exchangeReturnId",
  "attributes",
); // prettier-ignore

export const orderChargeColumns = columns<OrderChargeRow>(
  "shop", "shopifyOrderId", "position", "kind", "shopifyLineId", "title", "rate", "included", "amount", "presentmentAmount",
); // prettier-ignore

export const orderPaymentColumns = columns<OrderPaymentRow>(
  "shop", "shopifyOrderId", "shopifyTransactionId", "kind", "status", "gateway", "amount", "presentmentAmount",
  "processedAt", "parentTransactionId", "test",
); // prettier-ignore

export const parcelColumns = columns<ParcelRow>(
  "shop", "shopifyOrderId", "id", "shopifyFulfillmentId", "name", "awbNumber", "courier", "trackingUrl", "state",
  "origin", "locationId", "linesKnown", "amountToCollect", "handedOverAt", "deliveredAt", "newsAt",
); // prettier-ignore

export const parcelLineColumns = columns<ParcelLineRow>(
  "shop",
  "shopifyOrderId",
  "parcelId",
  "shopifyLineId",
  "qty",
);

export const returnCaseColumns = columns<ReturnCaseRow>(
  "shop", "shopifyOrderId", "id", "kind", "state", "name", "parcelId", "shopifyReturnId", "reason", "openedBy", "lines",
  "openedAt", "receivedAt", "closedAt",
); // prettier-ignore
