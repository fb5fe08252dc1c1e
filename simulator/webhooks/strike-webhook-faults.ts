import type { FaultSwitch } from "#simulator/faults/fault-switch.ts";

/** What the faults make of a webhook before its first try. */
export type StruckWebhook = {
  isLost: boolean;
  /** Another one with a wrong signature comes beside it. */
  isForged: boolean;
  /** It comes once more under the same id, this long after; null = it does not. */
  copyAfterMs: number | null;
  lateMs: number | null;
  hold: { after: number; atMostMs: number | null } | null;
};

const LATE_MS = 1_000;

/** Counts every fault that strikes. A lost webhook is struck by no other fault, a late one is not held back as well. */
export function strikeWebhookFaults(faults: FaultSwitch, topic: string): StruckWebhook {
  const struck: StruckWebhook = {
    isLost: faults.strike("webhook-lost", { topic }) !== null,
    ...{ isForged: false, copyAfterMs: null, lateMs: null, hold: null },
  };
  if (struck.isLost) return struck;
  struck.isForged = faults.strike("webhook-forged", { topic }) !== null;
  const doubled = faults.strike("webhook-doubled", { topic });
  if (doubled !== null) struck.copyAfterMs = doubled.delayMs ?? 0;
  const late = faults.strike("webhook-late", { topic });
  if (late !== null) struck.lateMs = late.delayMs ?? LATE_MS;
  const held = late === null ? faults.strike("webhook-reordered", { topic }) : null;
  if (held !== null) struck.hold = { after: held.after ?? 1, atMostMs: held.delayMs ?? null };
  return struck;
}
