import { z } from "zod";
import { AppError } from "#app/lib/errors.ts";
import { idFromGid, toGid } from "#app/lib/gid.ts";
import type { SentKind } from "#app/outbox/sent-kinds.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { connectionOf, hasMore, readAllPages, type AnswerNode } from "#app/shopify/details/read-all-pages.ts";
import { askPage } from "#app/shopify/details/read-whole-order.server.ts";
import type { OrderNow } from "./order-now.ts";

const PAGE = "pageInfo { hasNextPage endCursor }";
const UNITS = "nodes { quantity lineItem { id } }";
const FO_LINES = "nodes { id remainingQuantity lineItem { id } }";
const FULFILLMENT_ORDER = `id status fulfillAt supportedActions { action } fulfillmentHolds { displayReason }
  assignedLocation { name location { id } } lineItems(first: 50) { ${FO_LINES} ${PAGE} }`;
const LINES = "nodes { id currentQuantity unfulfilledQuantity }";

/** The lists each kind's plan asks for, beside the order's own state. */
const parts = {
  fulfillments: `fulfillments(first: 250) { id name status displayStatus createdAt updatedAt trackingInfo { company number url }
    fulfillmentLineItems(first: 50) { ${UNITS} ${PAGE} } events(first: 50, reverse: true) { nodes { status happenedAt createdAt } } }`,
  fulfillmentOrders: `fulfillmentOrders(first: 5) { nodes { ${FULFILLMENT_ORDER} } ${PAGE} }`,
  lineItems: `lineItems(first: 250) { ${LINES} ${PAGE} }`,
  transactions:
    "transactions(first: 250) { id kind status createdAt manualPaymentGateway amountSet { presentmentMoney { amount } } }",
} as const;

const partsOfKind: Readonly<Record<SentKind, readonly (keyof typeof parts)[]>> = {
  fulfillmentCreate: ["fulfillments", "fulfillmentOrders"],
  trackingUpdate: ["fulfillments"],
  fulfillmentEvent: ["fulfillments"],
  fulfillmentCancel: ["fulfillments"],
  orderCancel: ["fulfillments", "lineItems"],
  orderEdit: ["fulfillments", "lineItems"],
  orderMarkAsPaid: ["transactions"],
};

/** Where a list goes on, by the type that has it. */
const pages = {
  Order: {
    fulfillmentOrders: `fulfillmentOrders(first: 5, after: $after) { nodes { ${FULFILLMENT_ORDER} } ${PAGE} }`,
    lineItems: `lineItems(first: 250, after: $after) { ${LINES} ${PAGE} }`,
  },
  FulfillmentOrder: { lineItems: `lineItems(first: 250, after: $after) { ${FO_LINES} ${PAGE} }` },
  Fulfillment: {
    fulfillmentLineItems: `fulfillmentLineItems(first: 250, after: $after) { ${UNITS} ${PAGE} }`,
  },
} as const;

const id = z.string().transform(idFromGid);
const Ref = z.object({ id });
const nodesOf = <T extends z.ZodType>(node: T) =>
  z.object({ nodes: z.array(node) }).transform(({ nodes }) => nodes);

const Answer = z.object({
  id,
  name: z.string(),
  updatedAt: z.string(),
  cancelledAt: z.string().nullable(),
  canMarkAsPaid: z.boolean(),
  totalOutstandingSet: z.object({
    presentmentMoney: z.object({ amount: z.string(), currencyCode: z.string() }),
  }),
  lineItems: nodesOf(z.object({ id, currentQuantity: z.int(), unfulfilledQuantity: z.int() })).default([]),
  fulfillments: z
    .array(
      z.object({
        id,
        name: z.string(),
        status: z.string(),
        displayStatus: z.string().nullable(),
        createdAt: z.string(),
        updatedAt: z.string(),
        trackingInfo: z.array(
          z.object({
            company: z.string().nullable(),
            number: z.string().nullable(),
            url: z.string().nullable(),
          }),
        ),
        fulfillmentLineItems: nodesOf(z.object({ quantity: z.int().nullable(), lineItem: Ref })),
        events: nodesOf(z.object({ status: z.string(), happenedAt: z.string(), createdAt: z.string() })),
      }),
    )
    .default([]),
  transactions: z
    .array(
      z.object({
        ...{
          id: z.string(),
          kind: z.string(),
          status: z.string(),
          createdAt: z.string(),
          manualPaymentGateway: z.boolean().nullable(),
        },
        amountSet: z.object({ presentmentMoney: z.object({ amount: z.string() }) }),
      }),
    )
    .default([]),
  fulfillmentOrders: nodesOf(
    z.object({
      id,
      status: z.string(),
      fulfillAt: z.string().nullable(),
      supportedActions: z.array(z.object({ action: z.string() })),
      fulfillmentHolds: z.array(z.object({ displayReason: z.string() })),
      assignedLocation: z.object({ name: z.string(), location: Ref.nullable() }),
      lineItems: nodesOf(z.object({ id, remainingQuantity: z.int(), lineItem: Ref })),
    }),
  ).default([]),
});

/**
 * An order as Shopify has it now, as far as one kind of intent asks, its lists complete.
 * @returns null where Shopify has no such order
 * @throws what the client throws; SHOPIFY_REFUSED where a list cannot be read to its end
 */
export async function readOrderNow(
  client: AdminClient,
  { orderId, kind }: { orderId: string; kind: SentKind },
): Promise<OrderNow | null> {
  const document = `query OrderNow($id: ID!) { order(id: $id) { id name updatedAt cancelledAt canMarkAsPaid
    totalOutstandingSet { presentmentMoney { amount currencyCode } } ${partsOfKind[kind].map((part) => parts[part]).join(" ")} } }`;
  const { data } = await client.graphql<{ order: AnswerNode | null }>(document.replace(/\s+/g, " "), {
    id: toGid("Order", orderId),
  });
  if (data.order === null) return null;
  await completeLists(client, data.order);
  if (hasMore(data.order)) throw new AppError("SHOPIFY_REFUSED", "Shopify did not tell the whole order.");
  return toOrderNow(Answer.parse(data.order));
}

async function completeLists(client: AdminClient, order: AnswerNode): Promise<void> {
  for (const name of ["fulfillmentOrders", "lineItems"] as const)
    await complete(client, "Order", order, name);
  const fulfillmentOrders = connectionOf(order, "fulfillmentOrders")?.nodes ?? [];
  for (const one of fulfillmentOrders) await complete(client, "FulfillmentOrder", one, "lineItems");
  for (const one of (order["fulfillments"] ?? []) as AnswerNode[])
    await complete(client, "Fulfillment", one, "fulfillmentLineItems");
}

async function complete<Type extends keyof typeof pages>(
  client: AdminClient,
  type: Type,
  node: AnswerNode,
  name: keyof (typeof pages)[Type] & string,
): Promise<void> {
  const connection = connectionOf(node, name);
  if (connection === null) return;
  const document = `query OrderNowPage($id: ID!, $after: String!) { node(id: $id) { ... on ${type} { ${String(pages[type][name])} } } }`;
  await readAllPages(connection, (after) =>
    askPage(client, document.replace(/\s+/g, " "), { id: String(node["id"]), after, name }),
  );
}

function toOrderNow(order: z.infer<typeof Answer>): OrderNow {
  const { amount, currencyCode } = order.totalOutstandingSet.presentmentMoney;
  return {
    id: order.id,
    name: order.name,
    updatedAt: new Date(order.updatedAt).toISOString(),
    cancelledAt: order.cancelledAt,
    outstanding: { amount, currency: currencyCode },
    canMarkAsPaid: order.canMarkAsPaid,
    lines: order.lineItems.map((line) => ({
      ...{ id: line.id, current: line.currentQuantity, unfulfilled: line.unfulfilledQuantity },
    })),
    payments: order.transactions.flatMap(
      ({ id, kind, status, createdAt, amountSet, manualPaymentGateway }) =>
        status === "SUCCESS" && (kind === "SALE" || kind === "CAPTURE")
          ? {
              id,
              amount: amountSet.presentmentMoney.amount,
              byHand: manualPaymentGateway === true,
              createdAt,
            }
          : [],
    ),
    fulfillments: order.fulfillments.map(({ trackingInfo, fulfillmentLineItems, ...one }) => ({
      ...one,
      tracking: trackingInfo,
      lines: fulfillmentLineItems.map(({ quantity, lineItem }) => ({
        lineId: lineItem.id,
        qty: quantity ?? 0,
      })),
    })),
    fulfillmentOrders: order.fulfillmentOrders.map((one) => {
      const may = (action: string) => one.supportedActions.some((supported) => supported.action === action);
      return {
        ...{ id: one.id, status: one.status, fulfillAt: one.fulfillAt },
        ...{ canFulfil: may("CREATE_FULFILLMENT"), canMove: may("MOVE") },
        holds: one.fulfillmentHolds.map(({ displayReason }) => displayReason),
        location: { id: one.assignedLocation.location?.id ?? null, name: one.assignedLocation.name },
        lines: one.lineItems.map((line) => ({
          ...{ id: line.id, lineId: line.lineItem.id, remaining: line.remainingQuantity },
        })),
      };
    }),
  };
}
