import type { OrderSyncStatus } from "#app/routes/api/order-sync-schema.ts";
import { statusLook, type StatusOf, type StatusWords } from "#app/ui/status-words.ts";

type Tone = "success" | "info" | "caution" | "warning" | "critical" | "neutral";
type Look = { words: string; tone: Tone };

/** How far the order has got, in words of somebody who stands in Shopify. */
export const syncLook: Record<OrderSyncStatus["state"], Look> = {
  pending: { words: "On its way to the ERP", tone: "info" },
  processed: { words: "In the ERP", tone: "success" },
  failed: { words: "Not taken over yet: tried again by itself", tone: "critical" },
  quarantined: { words: "Not taken over: waits for you", tone: "critical" },
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
