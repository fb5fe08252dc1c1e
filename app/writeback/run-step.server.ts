import { setTimeout as sleep } from "node:timers/promises";
import { idFromGid, toGid } from "#app/lib/gid.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import type { UserError } from "#app/shopify/client/user-errors.ts";
import { connectionOf, readAllPages, type AnswerNode } from "#app/shopify/details/read-all-pages.ts";
import { askPage } from "#app/shopify/details/read-whole-order.server.ts";
import {
  editDocuments,
  mutationOf,
  type MutationCall,
  type MutationPayload,
  type MutationStep,
} from "./mutation-of-step.ts";
import type { Step } from "./plan.ts";
import { BOOK_BY_HAND, readRefusal, type Refusal } from "./user-errors.ts";

/** What Shopify answered to a step that it did. */
export type StepDone = {
  fulfillmentId?: string;
  orderUpdatedAt?: string;
  /** What it began goes on in a job of Shopify's. */
  jobId?: string;
};

type StepOptions = {
  orderId: string;
  /** Called each time right before something leaves that cannot be taken back. Throws where it must not leave. */
  beforeLeaving: () => Promise<void>;
  signal?: AbortSignal | undefined;
};

/** How long a job is waited for; after that the intent waits and looks again. */
const JOB_WAIT_MS = 500;
const JOB_LOOKS = 20;

/** Does one step in Shopify. @throws what the client throws; a fault may then have done it all the same */
export async function runStep(
  client: AdminClient,
  step: Step,
  options: StepOptions,
): Promise<StepDone | Refusal> {
  if (step.do === "awaitJob") return awaitJob(client, step.jobId, options);
  if (step.do === "editOrder") return editOrder(client, step, options);
  return mutate(client, step, options);
}

async function mutate(
  client: AdminClient,
  step: MutationStep,
  { orderId, beforeLeaving }: StepOptions,
): Promise<StepDone | Refusal> {
  const payload = await send<MutationPayload>(client, { ...mutationOf(step, orderId), beforeLeaving });
  const isPayment = step.do === "markAsPaid" || step.do === "createManualPayment";
  const refusal = readRefusal(
    [...(payload.userErrors ?? []), ...(payload.orderCancelUserErrors ?? [])],
    isPayment ? BOOK_BY_HAND : undefined,
  );
  if (refusal) return refusal;
  const { fulfillment, movedFulfillmentOrder, fulfillmentEvent, order, job } = payload;
  const orderUpdatedAt =
    (fulfillment ?? movedFulfillmentOrder)?.order.updatedAt ??
    order?.updatedAt ??
    fulfillmentEvent?.createdAt;
  return {
    ...(fulfillment ? { fulfillmentId: idFromGid(fulfillment.id) } : {}),
    ...(orderUpdatedAt === undefined ? {} : { orderUpdatedAt: new Date(orderUpdatedAt).toISOString() }),
    ...(job ? { jobId: job.id } : {}),
  };
}

/** Polls Shopify's job; one that takes longer is left for later. */
async function awaitJob(
  client: AdminClient,
  jobId: string,
  { signal }: Pick<StepOptions, "signal">,
): Promise<{ jobId?: string }> {
  for (let look = 1; ; look++) {
    const { data } = await client.graphql<{ job: { done: boolean } | null }>(
      "query JobOfCancellation($id: ID!) { job(id: $id) { done } }",
      { id: jobId },
    );
    if (data.job === null || data.job.done) return {};
    if (look === JOB_LOOKS) return { jobId };
    await sleep(JOB_WAIT_MS, undefined, signal ? { signal } : {});
  }
}

type EditStep = Extract<Step, { do: "editOrder" }>;
const CHANGED: Refusal = { as: "stale", message: "The order has changed.", next: "" };

type Begun = { calculatedOrder: AnswerNode | null; userErrors: UserError[] };

/** Begins an edit, sets the quantities and commits; only the last of these changes the order. */
async function editOrder(
  client: AdminClient,
  { lines, restock, notifyCustomer, staffNote }: EditStep,
  { orderId, beforeLeaving }: StepOptions,
): Promise<StepDone | Refusal> {
  const begun = await send<Begun>(client, {
    ...{ field: "orderEditBegin", document: editDocuments.begin, variables: { id: toGid("Order", orderId) } },
  });
  const refused = readRefusal(begun.userErrors);
  if (refused) return refused;
  const id = String(begun.calculatedOrder?.["id"]);
  const quantities = await readQuantities(client, id, begun.calculatedOrder ?? {});
  // Set is how many are to be left: where others took some off meanwhile, it is to be planned anew.
  if (lines.some(({ lineId, from }) => quantities.get(lineId) !== from)) return CHANGED;
  for (const { lineId, qty, from } of lines) {
    const { userErrors } = await send<{ userErrors: UserError[] }>(client, {
      field: "orderEditSetQuantity",
      document: editDocuments.set,
      variables: {
        ...{ id, restock, line: toGid("CalculatedLineItem", lineId) },
        quantity: from - qty,
      },
    });
    const unset = readRefusal(userErrors);
    if (unset) return unset;
  }
  const { order, userErrors } = await send<MutationPayload>(client, {
    field: "orderEditCommit",
    document: editDocuments.commit,
    variables: { id, notify: notifyCustomer, ...(staffNote === "" ? {} : { note: staffNote }) },
    beforeLeaving,
  });
  const uncommitted = readRefusal(userErrors ?? []);
  if (uncommitted) return uncommitted;
  return order ? { orderUpdatedAt: new Date(order.updatedAt).toISOString() } : {};
}

/** Units of each line in the edit, by the line's own id. */
async function readQuantities(
  client: AdminClient,
  id: string,
  calculatedOrder: AnswerNode,
): Promise<Map<string, number>> {
  const connection = connectionOf(calculatedOrder, "lineItems");
  if (connection)
    await readAllPages(connection, (after) =>
      askPage(client, editDocuments.more, { id, after, name: "lineItems" }),
    );
  return new Map(
    (connection?.nodes ?? []).map((line) => [idFromGid(String(line["id"])), Number(line["quantity"])]),
  );
}

async function send<Payload>(
  client: AdminClient,
  { field, document, variables, beforeLeaving }: MutationCall & { beforeLeaving?: () => Promise<void> },
): Promise<Payload> {
  const { data } = await client.graphql<Record<string, Payload>>(document, variables, {
    repeatable: false,
    beforeLeaving,
  });
  return data[field] as Payload;
}
