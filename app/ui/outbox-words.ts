import { sentence } from "#app/lib/sentence.ts";
import type { IntentKind } from "#app/outbox/outbox-intent.ts";
import type { Settlement } from "#app/outbox/settlements.ts";
import type { OutboxRow } from "#app/writeback/outbox-row.ts";

import type { Format } from "./format.ts";
import { moneyWords } from "./money-words.ts";
import { statusLook } from "./status-words.ts";
import { writeBackWords } from "./write-back-words.ts";

/** What it is about: "#1042", or a SKU and where. */
export function outboxSubject({ orderNumber, entityId, stock }: OutboxRow): string {
  if (stock !== null) return `${stock.sku} at ${stock.location}`;
  return orderNumber ?? `Order ${entityId}`;
}

/** Where that is shown. */
export function outboxPath({ entity, entityId, stock }: OutboxRow): string {
  if (entity === "order") return `/app/orders/${encodeURIComponent(entityId)}`;
  return `/app/inventory?${new URLSearchParams({ search: stock?.sku ?? "" }).toString()}`;
}

/** What is wished, as a sentence begins; in an export, which is of no shop's language, without a format. */
export function outboxWish({ words }: Pick<OutboxRow, "words">, format?: Pick<Format, "money">): string {
  const wish = words.charAt(0).toUpperCase() + words.slice(1);
  return format === undefined ? wish : moneyWords(wish, format);
}

/** What its status means for a person, with times and reasons; null where the status says it all. */
export function outboxState(row: OutboxRow, format: Pick<Format, "dateTime" | "money">): string | null {
  const words = stateOf(row, format);
  return words === null ? null : moneyWords(words, format);
}

function stateOf(row: OutboxRow, { dateTime }: Pick<Format, "dateTime">): string | null {
  const { standing, kind, entity, attempts, nextRetryAt, error, said, endedAt } = row;
  const name = `“${writeBackWords[kind]}”`;
  switch (standing) {
    case "off":
      return `Nothing leaves before ${name} is switched on.`;
    case "not_granted":
      return `${name} is on, but the shop has not given the app the permission for it.`;
    case "behind":
      return `An earlier update of this ${entity === "order" ? "order" : "stock level"} comes first.`;
    case "again": {
      const when = nextRetryAt === null ? "" : ` It is tried again by itself on ${dateTime(nextRetryAt)}.`;
      return `${sentence(error ?? "Shopify did not answer")}${when}${attempts === 0 ? "" : ` ${triedWords(attempts)}`}`;
    }
    case "conflict":
      return row.conflict === null ? error : `Shopify: ${row.conflict.shopify}`;
    case "refused":
      return error;
    case "sent":
    case "already":
      return [endedAt === null ? null : dateTime(endedAt), said === null ? null : sentence(said)]
        .filter((one) => one !== null)
        .join(" · ");
    case "dropped":
      return error;
    case "due":
    case "sending":
      return null;
  }
}

/** "Tried 3 times." */
export function triedWords(attempts: number): string {
  return attempts === 1 ? "Tried once." : `Tried ${String(attempts)} times.`;
}

/** What a person can decide on it now, the likelier first; nothing where it is done, or under way. */
export function outboxDecisions({ standing, kind }: Pick<OutboxRow, "standing" | "kind">): Settlement[] {
  const isPayment = kind === "orderMarkAsPaid";
  const leaving: Settlement[] = isPayment ? ["booked", "drop"] : ["drop"];
  switch (standing) {
    case "conflict":
    case "refused":
    case "again":
      return ["send_again", ...leaving];
    case "off":
    case "not_granted":
    case "behind":
    case "due":
      return leaving;
    case "dropped":
      // Money that Shopify does not know of stays open.
      return isPayment ? ["booked", "send_again"] : [];
    default:
      return [];
  }
}

/** A decision that cannot simply be taken back: how it is asked for, and what follows from it, said before it is done. */
export type GraveDecision = Exclude<Settlement, "send_again">;

/** The button that asks, the dialog's title, and the button that does it. */
export function graveWords(
  { kind }: Pick<OutboxRow, "kind">,
  decision: GraveDecision,
): { ask: string; title: string; confirm: string } {
  if (decision === "booked")
    return {
      ask: "It is booked in Shopify…",
      title: "Booked in Shopify",
      confirm: "It is booked in Shopify",
    };
  if (kind === "orderMarkAsPaid") return { ask: "Leave it…", title: "Leave it", confirm: "Leave it" };
  return { ask: "Do not send…", title: "Do not send", confirm: "Do not send it" };
}

/** What follows from it. */
export function graveFollows(row: OutboxRow, decision: GraveDecision): string[] {
  const goOn = `Later updates of this ${row.entity === "order" ? "order" : "stock level"} go on.`;
  const final = "This cannot be taken back.";
  if (decision === "booked")
    return [
      "Choose this only once Shopify shows the payment on the order. Nothing is sent.",
      "What Shopify asks for is then less by it, so it is no longer taken off what parcels still have to collect. If Shopify does not have it, customers are asked for it again.",
      goOn,
      final,
    ];
  if (row.kind === "orderMarkAsPaid")
    return [
      `Shopify is not told of it now. ${notTold[row.kind]}`,
      "It counts as received here all the same: parcels of the order that are still to come collect that much less.",
      "Do not choose this if the payment is in Shopify, or you book it there: say that it is booked in Shopify, now or later.",
      goOn,
    ];
  return [
    `Shopify is not told of it, and stays as it is. ${notTold[row.kind]}`,
    `What the ERP did stands. ${goOn}`,
    final,
  ];
}

const notTold: Record<IntentKind, string> = {
  fulfillmentCreate:
    "The items stay unfulfilled there until you fulfil them in Shopify; the customer sees no parcel.",
  trackingUpdate: "The parcel keeps the tracking that Shopify has; the customer sees that.",
  fulfillmentEvent: "The customer does not see this step of the parcel.",
  fulfillmentCancel: "The items stay fulfilled there until you cancel the fulfilment in Shopify.",
  orderCancel: "The order stays open there until you cancel it in Shopify.",
  orderEdit: "The units stay on the order there until you take them off in Shopify.",
  orderMarkAsPaid:
    "The amount stays open there until all of the order has been received: then the order is marked as paid.",
  inventorySet: "Shopify goes on selling by the number it has, until the stock changes again here.",
};

/** What follows from sending it again. */
export function sendAgainFollows({ entity }: Pick<OutboxRow, "entity">): string {
  return `Shopify is read first: what it has by now is not done twice, and if it still differs you are asked again. Later updates of this ${
    entity === "order" ? "order" : "stock level"
  } follow it.`;
}

/** "Sent", for a sentence or an export. */
export function standingWords(standing: OutboxRow["standing"]): string {
  return statusLook("outbox", standing).words;
}
