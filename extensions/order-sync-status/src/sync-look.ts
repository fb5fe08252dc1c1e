import type { OrderSyncStatus } from "#app/routes/api/order-sync-schema.ts";
import { statusLook, type StatusOf, type StatusWords } from "#app/ui/status-words.ts";

type Tone = "success" | "info" | "caution" | "warning" | "critical" | "neutral";
type Look = { words: string; tone: Tone };

/** How far the order has got, in words of somebody who stands in Shopify. */
const syncLook: Record<OrderSyncStatus["state"], Look> = {
  pending: { words: "On its way to the ERP", tone: "info" },
  processed: { words: "In the ERP", tone: "success" },
  failed: { words: "Not taken over yet: tried again by itself", tone: "critical" },
  quarantined: { words: "Not taken over: waits for you", tone: "critical" },
};

/** The same; where Shopify does not have what the ERP did, that too: it is not as it should end. */
export function lookOfSync({ state, notSent }: Pick<OrderSyncStatus, "state" | "notSent">): Look {
  if (state !== "processed" || notSent === null) return syncLook[state];
  return notSentLook[notSent.standing];
}

const notSentLook: Record<NonNullable<OrderSyncStatus["notSent"]>["standing"], Look> = {
  conflict: { words: "In the ERP, not in Shopify: needs your decision", tone: "critical" },
  refused: { words: "In the ERP, refused by Shopify", tone: "critical" },
  not_granted: { words: "In the ERP, not in Shopify: permission missing", tone: "caution" },
  again: { words: "In the ERP, not in Shopify yet: tried again by itself", tone: "caution" },
  off: { words: "In the ERP, not in Shopify: waits until switched on", tone: "info" },
};

/** A status as the app's own pages word it. */
export function lookOf(of: StatusOf, status: string): Look {
  const { words, tone } = statusLook(of, status);
  return { words, tone: tones[tone ?? "none"] };
}

const tones: Record<NonNullable<StatusWords["tone"]> | "none", Tone> = {
  ...{ success: "success", info: "info", attention: "caution", warning: "warning", critical: "critical" },
  none: "neutral",
};
