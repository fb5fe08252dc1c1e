import { addRefund, owedBack, payBack, refundUnits } from "#simulator/store/draw-refunds.ts";
import { openReturn } from "#simulator/store/draw-returns.ts";
import type { DraftReturn, OrderDraft } from "#simulator/store/order-draft.ts";
import {
  beginOrderAct,
  commitOrderAct,
  placeOfLine,
  told,
  toldOf,
  toldTransactions,
  type LineName,
  type OrderAct,
} from "./order-act.ts";
import type { ActDone, LiveShop } from "./live-shop.ts";
import { restockRefund } from "./refund-order.ts";
import { refuse } from "./refused-act.ts";

export const RETURN_STEPS = [
  "request",
  "create",
  "approve",
  "decline",
  "process",
  "close",
  "reopen",
  "cancel",
] as const;

export type ReturnOrder = {
  order: string;
  /** `request`: by the buyer, waits for approval; `create`: by the merchant, open at once. */
  step: (typeof RETURN_STEPS)[number];
  /** The return's gid; without it the newest of the order. Not for `request` and `create`. */
  return?: string;
  /** Units to return (`request`, `create`), or those that came back (`process`; without it all). */
  lines?: readonly { line: LineName; quantity: number }[];
  /** Whether `process` gives the money back (default); without, the goods leave the order and the money stays owed. */
  refund?: boolean;
};

const TOPICS = {
  request: "returns/request",
  create: "returns/approve",
  approve: "returns/approve",
  decline: "returns/decline",
  process: "returns/process",
  close: "returns/close",
  reopen: "returns/reopen",
  cancel: "returns/cancel",
};

/**
 * A step of a return. Processing takes the units off the order by a refund (RETURN), which refunds/create tells whether
 * money moves or not. A return made open is told as approved ("Return.status is OPEN"). Assumed: the words, and that a
 * return of which something came back can no longer be called off.
 */
export function returnOrder(shop: LiveShop, act: ReturnOrder): ActDone {
  const under = beginOrderAct(shop, act.order);
  const { draft, atMs } = under;
  const known = draft.transactions.length;
  const refunds = draft.refunds.length;
  const back =
    act.step === "request" || act.step === "create"
      ? open(under, act)
      : step(under, act, findReturn(draft, act.return));
  if (act.step === "close") back.closedMs = atMs;
  const refund = draft.refunds[refunds];
  const order = commitOrderAct(shop, under);
  return {
    id: back.gid,
    happenings: [
      ...toldOf(TOPICS[act.step], order, "returns", back.gid),
      ...(refund ? toldOf("refunds/create", order, "refunds", refund.gid) : []),
      ...toldTransactions(order, known),
      told("orders/updated", order),
      ...(refund ? restockRefund(shop, under, refund) : []),
    ],
  };
}

function findReturn(draft: OrderDraft, gid: string | undefined): DraftReturn {
  const found = gid === undefined ? draft.returns.at(-1) : draft.returns.find((one) => one.gid === gid);
  return found ?? refuse("Return does not exist.");
}

function open({ draft, plan, atMs }: OrderAct, act: ReturnOrder): DraftReturn {
  const units = (act.lines ?? []).map(({ line, quantity }) => ({ line: placeOfLine(draft, line), quantity }));
  if (units.length === 0) refuse("Return line items can't be blank.");
  for (const { line, quantity } of units) {
    const asked = draft.returns.flatMap((one) =>
      one.status === "OPEN" || one.status === "REQUESTED" ? one.lines : [],
    );
    const waiting = asked.reduce(
      (sum, one) => (one.line === line ? sum + one.quantity - one.processed : sum),
      0,
    );
    const sent = draft.lines[line];
    if (quantity <= 0 || quantity > (sent?.fulfilled ?? 0) - (sent?.returned ?? 0) - waiting)
      refuse("Return line item has an invalid quantity.");
  }
  return openReturn(plan, draft, act.step === "request" ? "REQUESTED" : "OPEN", atMs, units);
}

function step(under: OrderAct, act: ReturnOrder, back: DraftReturn): DraftReturn {
  const only = (status: DraftReturn["status"]): void => {
    if (back.status !== status) refuse(`Return is not in the correct state: it is ${back.status}.`);
  };
  switch (act.step) {
    case "approve":
      only("REQUESTED");
      back.status = "OPEN";
      break;
    case "decline":
      only("REQUESTED");
      back.status = "DECLINED";
      break;
    case "close":
      only("OPEN");
      back.status = "CLOSED";
      break;
    case "reopen":
      only("CLOSED");
      back.status = "OPEN";
      back.closedMs = null;
      break;
    case "cancel":
      if (back.status !== "REQUESTED") only("OPEN");
      if (back.lines.some((one) => one.processed > 0))
        refuse("Return cannot be canceled: it has refunded items.");
      back.status = "CANCELED";
      break;
    default:
      only("OPEN");
      process(under, act, back);
  }
  return back;
}

function process({ draft, plan, atMs }: OrderAct, act: ReturnOrder, back: DraftReturn): void {
  const wanted = (act.lines ?? []).map(({ line, quantity }) => ({
    line: placeOfLine(draft, line),
    quantity,
  }));
  const units =
    act.lines === undefined
      ? back.lines.map((one) => ({ line: one.line, quantity: one.quantity - one.processed }))
      : wanted;
  const refund = addRefund(plan, draft, atMs, null);
  refund.returned = draft.returns.indexOf(back);
  const byLine = new Map<number, number>();
  for (const { line, quantity } of units) byLine.set(line, (byLine.get(line) ?? 0) + quantity);
  for (const [line, quantity] of byLine) {
    let rest = quantity;
    for (const one of back.lines) {
      if (one.line !== line) continue;
      const taken = Math.min(rest, one.quantity - one.processed);
      one.processed += taken;
      rest -= taken;
    }
    const sent = draft.lines[line];
    if (rest !== 0 || quantity < 0 || quantity > (sent?.fulfilled ?? 0) - (sent?.returned ?? 0))
      refuse("Return line item has an invalid quantity.");
    refundUnits(plan, draft, refund, line, quantity, "RETURN");
  }
  if (refund.lines.length === 0) refuse("Return has nothing left to process.");
  if (act.refund !== false) payBack(plan, draft, refund, owedBack(draft));
}
