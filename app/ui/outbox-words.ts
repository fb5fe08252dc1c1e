import type { IntentKind } from "#app/outbox/outbox-intent.ts";
import type { OutboxRow } from "#app/writeback/outbox-row.ts";

import type { Format } from "./format.ts";
import { moneyWords } from "./money-words.ts";
import { statusLook } from "./status-words.ts";
import { writeBackWords } from "./write-back-words.ts";

/** A decision on one that has not been sent. */
export type OutboxDecision = "send_again" | "drop";

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

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** What a person can decide on it now, the likelier first; nothing where it is done, or under way. */
export function outboxDecisions({ standing }: Pick<OutboxRow, "standing">): OutboxDecision[] {
  switch (standing) {
    case "conflict":
    case "refused":
    case "again":
      return ["send_again", "drop"];
    case "off":
    case "not_granted":
    case "behind":
    case "due":
      return ["drop"];
    default:
      return [];
  }
}

/** What follows from leaving it: said before it is done, for it cannot be taken back. */
export function dropFollows(row: OutboxRow): string[] {
  const what = row.entity === "order" ? "order" : "stock level";
  const after = notTold[row.kind];
  return [
    `Shopify is not told of it, and stays as it is. ${after}`,
    `What the ERP did stands. Later updates of this ${what} go on.`,
    "This cannot be taken back.",
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
  orderMarkAsPaid: "The amount stays open there until you mark it as paid in Shopify.",
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
