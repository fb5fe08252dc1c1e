import type { ErpOrderWithParts } from "#app/erp/orders/erp-order-with-parts.ts";
import { lineName } from "#app/erp/orders/line-name.ts";
import type { OrderStory } from "#app/erp/orders/order-story.ts";

import type { Format } from "./format.ts";
import { reasonWords } from "./reason-words.ts";
import { statusLook } from "./status-words.ts";

/** Something that happened to an order; `at` is ISO. */
export type OrderEvent = { at: string; what: string; details: string | null };

type Told = { order: ErpOrderWithParts | null; story: OrderStory };

/** Everything that is known to have happened to an order, the newest first. */
export function buildOrderTimeline(
  { order, story }: Told,
  { money, number }: Pick<Format, "money" | "number">,
): OrderEvent[] {
  const events = [
    ...(order === null ? [] : [createdEvent(order), ...paymentEvents(order, money)]),
    ...(order === null ? [] : [...parcelEvents(order), ...caseEvents(order)]).filter(
      // What was done here is a fact of that very instant, which also says by whom.
      ({ at }) => !story.facts.some((fact) => fact.at === at),
    ),
    ...(order === null ? [] : endEvents(order)),
    ...story.payloads.map(({ source, shape, receivedAt, ours = false }) =>
      event(
        receivedAt,
        `${ours ? "What we changed in Shopify" : "Shopify's record"} came ${ours ? "back " : ""}${roads[source] ?? `by ${source}`}`,
        shapes[shape] ?? shape,
      ),
    ),
    ...(order === null ? [] : erpEvents(order)),
    ...story.facts.toReversed().map((fact) => factEvent(fact, order, number)),
    ...story.decisions.map(({ action, actor, at }) =>
      event(at, decisions[action], `by ${actorWords(actor)}`),
    ),
  ];
  // Of one instant the later in this list is the newer: paid after it was authorized, in the ERP after its record came.
  return events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).reverse();
}

function event(at: string, what: string, details: string | null = null): OrderEvent {
  return { at, what, details };
}

function createdEvent({ shopifyCreatedAt, source }: ErpOrderWithParts): OrderEvent {
  return event(shopifyCreatedAt, "Created in Shopify", source && `Source: ${source}`);
}

function erpEvents({ createdAt, updatedAt }: ErpOrderWithParts): OrderEvent[] {
  const first = event(createdAt, "First in the ERP");
  return updatedAt === createdAt ? [first] : [first, event(updatedAt, "Last changed in the ERP")];
}

function endEvents({ cancelledAt, cancelReason, closedAt, archivedAt }: ErpOrderWithParts): OrderEvent[] {
  return [
    ...(cancelledAt === null ? [] : [event(cancelledAt, "Cancelled in Shopify", cancelWords(cancelReason))]),
    ...(closedAt === null ? [] : [event(closedAt, "Closed in Shopify")]),
    ...(archivedAt === null ? [] : [event(archivedAt, "Deleted in Shopify", "Kept here")]),
  ];
}

function cancelWords(reason: string | null): string | null {
  return reason === null ? null : `Reason: ${reason.toLowerCase().replaceAll("_", " ")}`;
}

/** What a transaction is that succeeded, and what it is called while it has not. */
const paymentWords: Record<string, { done: string; name: string }> = {
  SALE: { done: "paid", name: "Payment" },
  CAPTURE: { done: "captured", name: "Capture" },
  AUTHORIZATION: { done: "authorized", name: "Authorization" },
  REFUND: { done: "refunded", name: "Refund" },
  VOID: { done: "voided", name: "Void" },
  CHANGE: { done: "given as change", name: "Change" },
};

/** "₹500 paid", "Payment of ₹500: pending". */
export function transactionWords({ kind, status }: { kind: string; status: string }, amount: string): string {
  const { done, name } = paymentWords[kind] ?? { done: kind.toLowerCase(), name: kind };
  return status === "SUCCESS"
    ? `${amount} ${done}`
    : `${name} of ${amount}: ${statusLook("transaction", status).words.toLowerCase()}`;
}

function paymentEvents({ payments, presentmentCurrency }: ErpOrderWithParts, money: Format["money"]) {
  return payments.flatMap((payment) => {
    const { gateway, presentmentAmount, processedAt } = payment;
    if (processedAt === null) return [];
    const what = transactionWords(payment, money(presentmentAmount, presentmentCurrency));
    return [event(processedAt, what, gateway && `by ${gateway}`)];
  });
}

function parcelEvents({ parcels }: ErpOrderWithParts): OrderEvent[] {
  return parcels.flatMap((parcel) => {
    const name = parcelName(parcel);
    const { handedOverAt, deliveredAt, courier } = parcel;
    return [
      ...(handedOverAt === null ? [] : [event(handedOverAt, `${name} handed over`, courier)]),
      ...(deliveredAt === null ? [] : [event(deliveredAt, `${name} delivered`, courier)]),
    ];
  });
}

/** What a person calls a parcel; of an id that the ERP made, its end is enough to tell two apart. */
export function parcelName({
  name,
  awbNumber,
  id,
}: Pick<ErpOrderWithParts["parcels"][number], "name" | "awbNumber" | "id">): string {
  return `Parcel ${awbNumber ?? name ?? (id.length > 20 ? `…${id.slice(-6)}` : id)}`;
}

const openers = {
  courier: "told by the courier",
  shopify: "opened in Shopify",
  erp: "opened here",
  rule: "opened by a rule",
};

function caseEvents({ cases }: ErpOrderWithParts): OrderEvent[] {
  return cases.flatMap(({ kind, name, reason, openedBy, openedAt, receivedAt, closedAt, state }) => {
    const words = name ?? (kind === "rto" ? "RTO" : "Return");
    const why = [openers[openedBy], reason === null ? null : reasonWords(reason)].filter(Boolean).join(": ");
    return [
      event(openedAt, `${words} opened`, why),
      ...(receivedAt === null ? [] : [event(receivedAt, `${words} received`)]),
      ...(closedAt === null
        ? []
        : [event(closedAt, `${words}: ${statusLook("returnCase", state).words.toLowerCase()}`)]),
    ];
  });
}

const factWords: Record<string, string> = {
  allocated: "Allocated",
  picked: "Picked",
  packed: "Packed",
  unpacked: "Unpacked",
  labelled: "Labelled",
  handed_over: "Handed over",
  taken_back: "Taken back: it did not leave",
  tracking: "Tracking changed",
  parcel_linked: "Parcel tied to Shopify's fulfilment",
  delivered: "Marked delivered",
  cancelled: "Cancelled here",
  rto_initiated: "RTO under way",
  rto_received: "RTO received",
  lost: "Marked lost",
  return_opened: "Return opened here",
  returned: "Returned goods received",
  case_closed: "Case settled",
  stop_ship_confirmed: "Confirmed: may go all the same",
  hold_released: "Hold released",
  payment_method: "Payment method corrected",
  receipt: "Money received",
  receipt_written_back: "Shopify knows of a receipt",
};

function factEvent(
  fact: OrderStory["facts"][number],
  order: ErpOrderWithParts | null,
  number: Format["number"],
): OrderEvent {
  const line = order?.lines.find(({ id }) => id === fact.lineId);
  const goods = fact.qty === null ? null : `${number(fact.qty)} × ${line ? lineName(line) : "a line"}`;
  const details = [goods, fact.words, `by ${actorWords(fact.actor)}`].filter((one) => one !== null);
  return event(fact.at, factWords[fact.kind] ?? fact.kind.replaceAll("_", " "), details.join(" · "));
}

/** Whoever did it: Shopify names people to apps by number only. */
function actorWords(actor: string): string {
  return /^\d+$/.test(actor) ? `staff member ${actor}` : actor.replace(/^key /, "API key ");
}

const roads: Record<string, string> = {
  dump: "by a full dump",
  webhook: "by webhook",
  lookback: "by the look-back",
  fetch: "because it was fetched",
};
const shapes: Record<string, string> = {
  rest: "As a webhook words it",
  bulk: "As a bulk file words it",
  detail: "In full detail",
};
const decisions: Record<OrderStory["decisions"][number]["action"], string> = {
  "order.fetch": "Fetched again from Shopify",
  "outbox.send_again": "Update to Shopify: to be sent again",
  "outbox.drop": "Update to Shopify: not to be sent",
  "outbox.booked": "Payment: said to be booked in Shopify",
};
