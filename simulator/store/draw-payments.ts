import {
  CASH_GATEWAY,
  drawCodGateway,
  drawPrepaidGateway,
  drawTillGateway,
  drawTransferGateway,
  GIFT_CARD_GATEWAY,
  PPCOD_GATEWAY,
  STORE_CREDIT_GATEWAY,
} from "./gateways.ts";
import type { Gateway } from "./gateways.ts";
import { gidOf } from "./ids.ts";
import { portionMoney, subtractMoney } from "./money.ts";
import type { Money2 } from "./money.ts";
import type { DraftTransaction, OrderDraft } from "./order-draft.ts";
import type { OrderPlan } from "./order-plan.ts";
import { computeCharges, computePayments } from "./order-totals.ts";
import type { RecordRandom } from "./random.ts";

type TransactionFields = Pick<DraftTransaction, "kind" | "status" | "amount" | "timeMs"> &
  Partial<DraftTransaction>;

/** Adds a transaction of a gateway at the end of an order's list. */
export function addTransaction(
  draft: OrderDraft,
  n: number,
  gateway: Gateway,
  fields: TransactionFields,
): DraftTransaction {
  const gid = gidOf("OrderTransaction", n, draft.transactions.length);
  const transaction: DraftTransaction = {
    gid,
    gateway: gateway.name,
    formattedGateway: gateway.formatted,
    manual: gateway.manual,
    rounding: null,
    paymentId: gateway.manual ? null : `${draft.name}.${String(draft.transactions.length + 1)}`,
    parentGid: null,
    errorCode: null,
    ...fields,
  };
  draft.transactions.push(transaction);
  return transaction;
}

/** Pays, or promises to pay, the order's original total in the way the plan says. */
export function drawPayments(random: RecordRandom, plan: OrderPlan, draft: OrderDraft, total: Money2): void {
  if (total[1] === 0) return;
  const { n, createdMs: at } = plan;
  const promise = (gateway: Gateway, amount: Money2): void => {
    addTransaction(draft, n, gateway, { kind: "SALE", status: "PENDING", amount, timeMs: at });
  };
  const payNow = (amount: Money2): void => {
    const gateway = drawPrepaidGateway(random, plan.presentment !== "INR");
    if (random.chance(0.04)) {
      addTransaction(draft, n, drawPrepaidGateway(random, false), {
        kind: "SALE",
        status: "FAILURE",
        amount,
        timeMs: at,
        errorCode: "CARD_DECLINED",
      });
    }
    if (gateway.name === "shopify_payments" || gateway.name === "Stripe") {
      const hold = addTransaction(draft, n, gateway, {
        kind: "AUTHORIZATION",
        status: "SUCCESS",
        amount,
        timeMs: at,
      });
      addTransaction(draft, n, gateway, {
        kind: "CAPTURE",
        status: "SUCCESS",
        amount,
        timeMs: at,
        parentGid: hold.gid,
      });
    } else addTransaction(draft, n, gateway, { kind: "SALE", status: "SUCCESS", amount, timeMs: at });
  };
  const partOf = (percent: number): Money2 => {
    // A round number of rupees in advance, as shops ask for it.
    const part = portionMoney(total, percent, 100);
    return plan.presentment === "INR" && part[1] >= 100
      ? [Math.floor(part[0] / 100) * 100, Math.floor(part[1] / 100) * 100]
      : part;
  };
  switch (plan.payment) {
    case "cod":
      promise(drawCodGateway(random), total);
      break;
    case "prepaid":
      payNow(total);
      break;
    case "partial_cod": {
      const advance = partOf(random.pick([10, 20, 25]));
      addTransaction(draft, n, drawPrepaidGateway(random, false), {
        kind: "SALE",
        status: "SUCCESS",
        amount: advance,
        timeMs: at,
      });
      promise(
        plan.channel === "gokwik" ? PPCOD_GATEWAY : drawCodGateway(random),
        subtractMoney(total, advance),
      );
      break;
    }
    case "gift_card":
    case "store_credit": {
      const credit = partOf(random.pick([30, 50, 100]));
      const gateway = plan.payment === "gift_card" ? GIFT_CARD_GATEWAY : STORE_CREDIT_GATEWAY;
      addTransaction(draft, n, gateway, { kind: "SALE", status: "SUCCESS", amount: credit, timeMs: at });
      const rest = subtractMoney(total, credit);
      if (rest[1] > 0) {
        if (random.chance(0.3)) promise(drawCodGateway(random), rest);
        else payNow(rest);
      }
      break;
    }
    case "authorized":
      addTransaction(
        draft,
        n,
        { name: "shopify_payments", formatted: "Shopify Payments", manual: false },
        { kind: "AUTHORIZATION", status: "SUCCESS", amount: total, timeMs: at },
      );
      break;
    case "pos_cash": {
      const owed = total[1] % 100;
      const rounding = owed === 0 ? 0 : owed < 50 ? -owed : 100 - owed;
      addTransaction(draft, n, CASH_GATEWAY, {
        kind: "SALE",
        status: "SUCCESS",
        amount: total,
        timeMs: at,
        rounding: [rounding, rounding],
        paymentId: null,
      });
      draft.cashRounding = [rounding, rounding];
      break;
    }
    case "pos_card":
      addTransaction(draft, n, drawTillGateway(random), {
        kind: "SALE",
        status: "SUCCESS",
        amount: total,
        timeMs: at,
      });
      break;
    case "bank_transfer":
      promise(drawTransferGateway(random), total);
      break;
    case "free":
    case "unpaid":
      break;
  }
}

/** Books what was promised (at the door, by transfer) once it arrived: what is owed by then. */
export function settlePromise(plan: OrderPlan, draft: OrderDraft): void {
  const settledMs = plan.payment === "bank_transfer" ? (plan.shippedMs ?? plan.settledMs) : plan.settledMs;
  const promised = draft.transactions.find((one) => one.status === "PENDING");
  const owed = computePayments(draft, computeCharges(draft).currentTotal).outstanding;
  if (settledMs === null || !promised || owed[1] <= 0) return;
  const gateway = {
    name: promised.gateway ?? "manual",
    formatted: promised.formattedGateway ?? "Manual",
    manual: promised.manual,
  };
  addTransaction(draft, plan.n, gateway, {
    kind: "SALE",
    status: "SUCCESS",
    amount: owed,
    timeMs: settledMs,
    parentGid: promised.gid,
  });
}

/**
 * Books what is owed: captured from the order's authorisation as far as that goes, else received by the gateway that
 * promised it, or by `otherwise` where none did.
 * @param most no more than this.
 * @returns null when nothing is owed, or nobody to receive it.
 */
export function settleOwed(
  plan: { n: number },
  draft: OrderDraft,
  otherwise: Gateway | null,
  most: Money2 | null = null,
): DraftTransaction | null {
  const { outstanding, capturable } = computePayments(draft, computeCharges(draft).currentTotal);
  const first = draft.transactions.find((one) => one.status === "PENDING" || one.kind === "AUTHORIZATION");
  const captures = first?.kind === "AUTHORIZATION" && (otherwise === null || capturable[1] > 0);
  const owed: Money2 = captures && capturable[1] < outstanding[1] ? capturable : outstanding;
  const amount = most !== null && most[1] < owed[1] ? most : owed;
  if (amount[1] <= 0 || amount[0] < 0) return null;
  const gateway =
    first && (captures || first.kind !== "AUTHORIZATION")
      ? {
          name: first.gateway ?? "manual",
          formatted: first.formattedGateway ?? "Manual",
          manual: first.manual,
        }
      : otherwise;
  if (gateway === null) return null;
  return addTransaction(draft, plan.n, gateway, {
    kind: captures ? "CAPTURE" : "SALE",
    status: "SUCCESS",
    amount,
    timeMs: draft.updatedMs,
    parentGid: gateway === otherwise ? null : (first?.gid ?? null),
  });
}
