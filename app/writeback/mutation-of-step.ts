import { toGid } from "#app/lib/gid.ts";
import type { UserError } from "#app/shopify/client/user-errors.ts";
import type { SentTracking, Step } from "./plan.ts";

/** A step that is one mutation. */
export type MutationStep = Exclude<Step, { do: "awaitJob" | "editOrder" }>;

export type MutationCall = {
  /** The root field. */
  field: string;
  document: string;
  variables: Record<string, unknown>;
};

/** What any of these mutations answers; each only its own part. */
export type MutationPayload = {
  userErrors?: UserError[];
  orderCancelUserErrors?: UserError[];
  fulfillment?: { id: string; order: { updatedAt: string } } | null;
  fulfillmentEvent?: { id: string; createdAt: string } | null;
  job?: { id: string; done: boolean } | null;
  order?: { updatedAt: string } | null;
  movedFulfillmentOrder?: { id: string; order: { updatedAt: string } } | null;
};

const ERRORS = "userErrors { field message }";
const CODED_ERRORS = "userErrors { field message code }";
const FULFILLMENT = "fulfillment { id order { updatedAt } }";
const ORDER = "order { updatedAt }";

/** The document and variables of a step; `orderId` is Shopify's number. */
export function mutationOf(step: MutationStep, orderId: string): MutationCall {
  const order = toGid("Order", orderId);
  switch (step.do) {
    case "moveFulfillmentOrder":
      return {
        field: "fulfillmentOrderMove",
        document: `mutation MoveFulfillmentOrder($id: ID!, $location: ID!, $lines: [FulfillmentOrderLineItemInput!]) { fulfillmentOrderMove(id: $id, newLocationId: $location, fulfillmentOrderLineItems: $lines) { movedFulfillmentOrder { id order { updatedAt } } ${CODED_ERRORS} } }`,
        variables: {
          id: toGid("FulfillmentOrder", step.fulfillmentOrderId),
          location: toGid("Location", step.locationId),
          lines: step.lines.map(toLine),
        },
      };
    case "createFulfillment": {
      const { parts, tracking, notifyCustomer } = step;
      const lineItemsByFulfillmentOrder = parts.map(({ fulfillmentOrderId, lines }) => ({
        fulfillmentOrderId: toGid("FulfillmentOrder", fulfillmentOrderId),
        fulfillmentOrderLineItems: lines.map(toLine),
      }));
      const trackingInfo = trackingInput(tracking);
      return {
        field: "fulfillmentCreate",
        document: `mutation CreateFulfillment($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment) { ${FULFILLMENT} ${ERRORS} } }`,
        variables: {
          fulfillment: {
            lineItemsByFulfillmentOrder,
            ...(Object.keys(trackingInfo).length > 0 ? { trackingInfo } : {}),
            notifyCustomer,
          },
        },
      };
    }
    case "updateTracking":
      return {
        field: "fulfillmentTrackingInfoUpdate",
        document: `mutation UpdateTracking($id: ID!, $tracking: FulfillmentTrackingInput!, $notify: Boolean) { fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: $notify) { ${FULFILLMENT} ${ERRORS} } }`,
        variables: {
          id: toGid("Fulfillment", step.fulfillmentId),
          tracking: trackingInput(step.tracking),
          notify: step.notifyCustomer,
        },
      };
    case "createEvent":
      return {
        field: "fulfillmentEventCreate",
        document: `mutation CreateFulfillmentEvent($event: FulfillmentEventInput!) { fulfillmentEventCreate(fulfillmentEvent: $event) { fulfillmentEvent { id createdAt } ${ERRORS} } }`,
        variables: {
          event: {
            fulfillmentId: toGid("Fulfillment", step.fulfillmentId),
            ...{ status: step.status, happenedAt: step.happenedAt },
          },
        },
      };
    case "cancelFulfillment":
      return {
        field: "fulfillmentCancel",
        document: `mutation CancelFulfillment($id: ID!) { fulfillmentCancel(id: $id) { ${FULFILLMENT} ${ERRORS} } }`,
        variables: { id: toGid("Fulfillment", step.fulfillmentId) },
      };
    case "cancelOrder":
      return {
        field: "orderCancel",
        document: `mutation CancelOrder($id: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $refund: OrderCancelRefundMethodInput, $note: String, $notify: Boolean) { orderCancel(orderId: $id, reason: $reason, restock: $restock, refundMethod: $refund, staffNote: $note, notifyCustomer: $notify) { job { id done } orderCancelUserErrors { field message code } } }`,
        variables: {
          ...{ id: order, reason: step.reason, restock: step.restock, notify: step.notifyCustomer },
          ...(step.refund ? { refund: { originalPaymentMethodsRefund: true } } : {}),
          ...(step.staffNote === "" ? {} : { note: step.staffNote }),
        },
      };
    case "markAsPaid":
      return {
        field: "orderMarkAsPaid",
        document: `mutation MarkAsPaid($input: OrderMarkAsPaidInput!) { orderMarkAsPaid(input: $input) { ${ORDER} ${ERRORS} } }`,
        variables: { input: { id: order } },
      };
    case "createManualPayment":
      return {
        field: "orderCreateManualPayment",
        document: `mutation CreateManualPayment($id: ID!, $amount: MoneyInput) { orderCreateManualPayment(id: $id, amount: $amount) { ${ORDER} ${CODED_ERRORS} } }`,
        variables: { id: order, amount: { amount: step.amount, currencyCode: step.currency } },
      };
  }
}

/** The three mutations of an order edit: nothing is changed before the last. */
export const editDocuments = {
  begin: `mutation BeginOrderEdit($id: ID!) { orderEditBegin(id: $id) { calculatedOrder { id lineItems(first: 250) { nodes { id quantity } pageInfo { hasNextPage endCursor } } } ${ERRORS} } }`,
  more: `query OrderEditLines($id: ID!, $after: String!) { node(id: $id) { ... on CalculatedOrder { lineItems(first: 250, after: $after) { nodes { id quantity } pageInfo { hasNextPage endCursor } } } } }`,
  set: `mutation SetOrderEditQuantity($id: ID!, $line: ID!, $quantity: Int!, $restock: Boolean) { orderEditSetQuantity(id: $id, lineItemId: $line, quantity: $quantity, restock: $restock) { calculatedLineItem { id } ${ERRORS} } }`,
  commit: `mutation CommitOrderEdit($id: ID!, $notify: Boolean, $note: String) { orderEditCommit(id: $id, notifyCustomer: $notify, staffNote: $note) { ${ORDER} ${ERRORS} } }`,
} as const;

function toLine({ id, qty }: { id: string; qty: number }) {
  return { id: toGid("FulfillmentOrderLineItem", id), quantity: qty };
}

/** What the ERP does not know is left out: Shopify makes the link of couriers it knows by itself. */
function trackingInput({ awbNumber, courier, trackingUrl }: SentTracking): Record<string, string> {
  return {
    ...(courier === null ? {} : { company: courier }),
    ...(awbNumber === null ? {} : { number: awbNumber }),
    ...(trackingUrl === null ? {} : { url: trackingUrl }),
  };
}
