import { checkEditable } from "#simulator/live/edit-order.ts";
import { refundableUnits } from "#simulator/store/draw-refunds.ts";
import type { OrderDraft } from "#simulator/store/order-draft.ts";
import { fulfillmentStatus } from "#simulator/store/order-status.ts";
import { lineCurrentQuantity } from "#simulator/store/order-totals.ts";
import { readNodes } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { checkGidOf } from "../global-id.ts";
import { NotSimulatedError } from "../not-simulated-error.ts";
import { buildCalculatedOrder, calculatedLineGid, lowersOf } from "./calculated-order.ts";
import type { Mutation, MutationDesk } from "./mutation-desk.ts";
import { sessionOf, type OrderEdit } from "./order-edits.ts";
import { attempt, userError } from "./user-errors.ts";

const NO_EDIT = "The calculated order does not exist.";
const NOT_EDITABLE = "The order cannot be edited.";

/**
 * Begins an edit. Shopify's words; that an order which was sent entirely is not editable is assumed (its lines are not:
 * "you can only edit unfulfilled line items").
 */
export const orderEditBegin: Mutation = ({ desk, args }) => {
  const order = checkGidOf(String(args["id"]), "Order");
  const draft = desk.shop.store.draftOf(order);
  if (draft === null) return begun(null, null, userError(["id"], "The order does not exist."));
  const seen = attempt(() => {
    checkEditable(draft);
  });
  if ("words" in seen) return begun(null, null, userError(null, seen.words));
  if (fulfillmentStatus(draft) === "FULFILLED") return begun(null, null, userError(null, NOT_EDITABLE));
  const edit = desk.edits.begin(order);
  return begun(edit, buildCalculatedOrder(desk.shop.store, edit, draft));
};

function begun(edit: OrderEdit | null, calculatedOrder: unknown, error?: unknown) {
  return {
    calculatedOrder,
    orderEditSession: edit && sessionOf(edit),
    userErrors: error === undefined ? [] : [error],
  };
}

/**
 * Sets how many units a line is to have. Fewer than were sent cannot be; the words about that are assumed, the others
 * are Shopify's. @throws NotSimulatedError for more units than the line has.
 */
export const orderEditSetQuantity: Mutation = ({ desk, args }) => {
  const { edit, draft } = findEdit(desk, args["id"]);
  if (!edit || !draft) return changed(null, null, null, userError(["id"], NO_EDIT));
  const quantity = Number(args["quantity"]);
  if (quantity < 0)
    return changed(null, null, null, userError(["quantity"], "must be greater than or equal to 0"));
  const id = String(args["lineItemId"]);
  const line = draft.lines.find((one) => calculatedLineGid(one) === id);
  if (!line)
    return changed(null, null, null, userError(["lineItemId"], "The line item does not exist on the order."));
  const has = lineCurrentQuantity(line);
  if (quantity > has) throw new NotSimulatedError("An order edit that adds units to a line");
  if (has - quantity > refundableUnits(line, "CANCEL"))
    return changed(
      null,
      null,
      null,
      userError(["quantity"], "Quantity cannot remove more than the fulfillable quantity"),
    );
  edit.lines.set(line.gid, { quantity, restock: args["restock"] === true });
  const calculated = attempt(() => buildCalculatedOrder(desk.shop.store, edit, draft));
  if ("words" in calculated) return changed(null, null, null, userError(["id"], calculated.words));
  const one = readNodes(calculated.done, "lineItems").find((each) => each.id === id) ?? null;
  return changed(edit, calculated.done, one);
};

function changed(
  edit: OrderEdit | null,
  calculatedOrder: unknown,
  calculatedLineItem: unknown,
  error?: unknown,
) {
  return { ...begun(edit, calculatedOrder, error), calculatedLineItem };
}

/** Makes the edit true. Its calculated order is gone then. */
export const orderEditCommit: Mutation = ({ desk, args }) => {
  const { edit, draft } = findEdit(desk, args["id"]);
  if (!edit || !draft) return committed(null, userError(["id"], NO_EDIT));
  const lower = lowersOf(draft, edit);
  if (lower.length === 0)
    return committed(null, userError(["id"], "There must be at least one change to be made."));
  const done = attempt(() => desk.perform({ act: "editOrder", order: edit.order, lower }));
  if ("words" in done) return committed(null, userError(["id"], done.words));
  desk.edits.end(edit);
  return committed(desk.shop.store.node(edit.order));
};

function committed(order: unknown, error?: unknown) {
  return { order, successMessages: [], userErrors: error === undefined ? [] : [error] };
}

/** An edit under way, by `node`; null when there is none or the order has moved on. */
export function findCalculatedOrder(desk: MutationDesk, id: string): SimNode | null {
  const { edit, draft } = findEdit(desk, id);
  if (!edit || !draft) return null;
  const calculated = attempt(() => buildCalculatedOrder(desk.shop.store, edit, draft));
  return "words" in calculated ? null : calculated.done;
}

function findEdit(desk: MutationDesk, id: unknown): { edit: OrderEdit | null; draft: OrderDraft | null } {
  const edit = desk.edits.find(String(id));
  return { edit, draft: edit && desk.shop.store.draftOf(edit.order) };
}
