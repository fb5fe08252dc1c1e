import { CANCEL_REASONS, checkCancellable } from "#simulator/live/cancel-order.ts";
import { refuse } from "#simulator/live/refused-act.ts";
import type { OrderDraft } from "#simulator/store/order-draft.ts";
import { computeCharges, computePayments } from "#simulator/store/order-totals.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { checkGidOf } from "../global-id.ts";
import { NotSimulatedError } from "../not-simulated-error.ts";
import type { Mutation, MutationDesk } from "./mutation-desk.ts";
import { readInput, readString } from "./read-args.ts";
import { attempt, userError, type UserError } from "./user-errors.ts";

/**
 * Cancels an order, later: the answer is a job to poll. What can be seen at once is refused at once; what changes while
 * the job waits makes the job fail (`jobResult.errors`), and the Job is done all the same. The words are Shopify's but
 * for those of the act.
 */
export const orderCancel: Mutation = ({ desk, args }) => {
  const order = checkGidOf(String(args["orderId"]), "Order");
  const method = readInput(args, "refundMethod");
  const hasMethod = args["refundMethod"] !== undefined && args["refundMethod"] !== null;
  if (Array.from(readString(args, "staffNote") ?? "").length > 255)
    return refused("staffNote", "Staff note is too long. Maximum length is 255 characters.");
  if (hasMethod && args["refund"] !== undefined && args["refund"] !== null)
    return refused("refund", "Only one of the arguments `refund` or `refund_method` is allowed.");
  const record = desk.shop.store.node(order);
  if (record === null) return refused("orderId", "Order does not exist", "NOT_FOUND");
  const credit = method["storeCreditRefund"];
  if (credit !== undefined && credit !== null) {
    if (record["customer"] === null)
      // Assumed: the words of the code in the schema.
      return refused(
        "refundMethod",
        "A store credit order refund was requested but the order has no customer.",
        "STORE_CREDIT_REFUND_MISSING_CUSTOMER",
      );
    throw new NotSimulatedError("A refund to store credit");
  }
  const seen = attempt(() => {
    const draft = desk.shop.store.draftOf(order);
    if (draft) {
      checkCancellable(draft);
      checkParcels(draft);
    } else refuse("Only its record is known of this order: the simulator cannot let it live on.");
  });
  if ("words" in seen) return refused("orderId", seen.words);
  const refund = hasMethod ? method["originalPaymentMethodsRefund"] === true : args["refund"] === true;
  return start(desk, order, {
    act: "cancelOrder",
    order,
    reason: CANCEL_REASONS.find((one) => one === args["reason"]),
    restock: args["restock"] === true,
    refund,
  });
};

/**
 * Live: an order with money on it (paid, paid in part, refunded) is not cancelled while a parcel of it stands, the
 * parcel is to be cancelled first; one that waits for its money is, and stays as sent as it was.
 */
function checkParcels(draft: OrderDraft): void {
  const { received } = computePayments(draft, computeCharges(draft).currentTotal);
  if (received[1] > 0 && draft.fulfillments.some((one) => one.status === "SUCCESS"))
    refuse("Cannot cancel an order that has outstanding fulfillments");
}

function start(desk: MutationDesk, order: string, act: Parameters<MutationDesk["perform"]>[0]) {
  let errors: UserError[] = [];
  const gid = desk.jobs.start(() => {
    const done = attempt(() => {
      const now = desk.shop.store.draftOf(order);
      if (now) checkParcels(now);
      return desk.perform(act);
    });
    if ("words" in done) errors = [userError(["orderId"], done.words, "INVALID")];
  });
  const isDone = () => desk.jobs.find(gid)?.["done"] === true;
  const jobResult: SimNode = {
    __typename: "OrderCancelJobResult",
    id: gid.replace("/Job/", "/OrderCancelJobResult/"),
    done: isDone,
    errors: () => errors,
    order: () => desk.shop.store.node(order),
    status: () => (isDone() ? (errors.length > 0 ? "FAILED" : "SUCCEEDED") : "STARTED"),
  };
  return { job: desk.jobs.find(gid), jobResult, orderCancelUserErrors: [], userErrors: [] };
}

function refused(field: string, message: string, code = "INVALID") {
  const errors = [userError([field], message, code)];
  return { job: null, jobResult: null, orderCancelUserErrors: errors, userErrors: errors };
}
