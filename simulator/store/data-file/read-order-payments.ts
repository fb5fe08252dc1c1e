import { gidOf } from "../ids.ts";
import { subtractMoney } from "../money.ts";
import type { Money2 } from "../money.ts";
import type { DraftTransaction, OrderDraft } from "../order-draft.ts";
import type { JsonReader } from "./json-reader.ts";
import type { OrderReading } from "./read-order-lines.ts";

const KINDS = ["AUTHORIZATION", "CAPTURE", "SALE", "REFUND", "VOID", "CHANGE"] as const;
const STATUSES = ["SUCCESS", "PENDING", "FAILURE", "ERROR", "AWAITING_RESPONSE", "UNKNOWN"] as const;

/**
 * `transactions` as written; else what `gateway` (or `paymentGatewayNames`) and
 * `displayFinancialStatus` say: paid at once, or promised where the name says at the door.
 */
export function readPayments(
  reading: OrderReading,
  order: JsonReader,
  draft: OrderDraft,
  total: Money2,
): void {
  const written = order.list("transactions");
  const add = (
    fields: Partial<DraftTransaction> & Pick<DraftTransaction, "kind" | "status" | "gateway" | "amount">,
  ): void => {
    draft.transactions.push({
      gid: gidOf("OrderTransaction", reading.n, draft.transactions.length),
      formattedGateway: fields.gateway,
      manual: isAtTheDoor(fields.gateway ?? "") || fields.gateway === "manual",
      rounding: null,
      timeMs: draft.createdMs,
      paymentId: null,
      parentGid: null,
      errorCode: null,
      ...fields,
    });
  };
  if (written) {
    for (const one of written) {
      const kind =
        KINDS.find((each) => each === one.text("kind")) ??
        (one.has("kind") ? one.fail("kind", `expected one of ${KINDS.join(", ")}`) : "SALE");
      const status =
        STATUSES.find((each) => each === one.text("status")) ??
        (one.has("status") ? one.fail("status", `expected one of ${STATUSES.join(", ")}`) : "SUCCESS");
      const parent = one.object("parentTransaction");
      add({
        gid: reading.context.ids.take(
          one,
          "OrderTransaction",
          gidOf("OrderTransaction", reading.n, draft.transactions.length),
        ),
        kind,
        status,
        gateway: one.text("gateway") ?? null,
        amount: one.money(reading.pair, "amountSet", "amount") ?? total,
        timeMs: one.time("processedAt") ?? one.time("createdAt") ?? draft.createdMs,
        parentGid: (parent ? reading.context.ids.read(parent, "OrderTransaction") : undefined) ?? null,
      });
    }
    return;
  }
  const names = order.texts("paymentGatewayNames") ?? [];
  const gateway = order.text("gateway") ?? names[0];
  const status = order.text("displayFinancialStatus");
  if (gateway === undefined && (status === undefined || status === null)) return;
  const received = order.money(reading.pair, "totalReceivedSet", "totalReceived");
  if (names.length > 1 && received) {
    add({ kind: "SALE", status: "SUCCESS", gateway: names[0] ?? null, amount: received });
    add({
      kind: "SALE",
      status: "PENDING",
      gateway: names[1] ?? null,
      amount: subtractMoney(total, received),
    });
    return;
  }
  const promised =
    status === undefined || status === null
      ? isAtTheDoor(gateway ?? "")
      : status === "PENDING" || status === "VOIDED";
  const kind = status === "AUTHORIZED" || status === "EXPIRED" ? "AUTHORIZATION" : "SALE";
  add({
    kind,
    status: promised ? "PENDING" : "SUCCESS",
    gateway: gateway ?? "manual",
    amount: received ?? total,
  });
}

function isAtTheDoor(gateway: string): boolean {
  return /\bcod\b|on[ _]delivery/i.test(gateway);
}
