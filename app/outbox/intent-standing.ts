import type { ShopSettings } from "#app/settings/settings-schema.ts";
import { intentKinds, type IntentKind, type OutboxStatus } from "./outbox-intent.ts";
import { missingScope } from "./sent-kinds.ts";

/** Whether a kind may leave: it is on, it is off, or the shop has not granted the permission it needs. */
export type KindSwitch = "on" | "off" | "not_granted";
export type KindSwitches = Readonly<Record<IntentKind, KindSwitch>>;

/** How each kind stands in a shop with these settings and permissions. */
export function kindSwitches(
  { writeBack }: Pick<ShopSettings, "writeBack">,
  granted: readonly string[],
): KindSwitches {
  const one = (kind: IntentKind): KindSwitch =>
    !writeBack[kind] ? "off" : missingScope(kind, granted) === null ? "on" : "not_granted";
  return Object.fromEntries(intentKinds.map((kind) => [kind, one(kind)])) as KindSwitches;
}

/** Kinds that leave by themselves. */
export function kindsThatLeave(switches: KindSwitches): IntentKind[] {
  return intentKinds.filter((kind) => switches[kind] === "on");
}

/**
 * How an intent stands, for a person: of what waits, what it waits for.
 * - off, not_granted: until its kind is switched on, or the permission is given
 * - behind: until an earlier one of its order or stock level is through
 * - sending: it is under way just now
 * - again: it was tried, and is tried again by itself
 * - due: it is sent within seconds
 */
export const intentStandings = [
  ...(["off", "not_granted", "behind", "sending", "again", "due"] as const),
  ...(["sent", "already", "conflict", "refused", "dropped"] as const satisfies readonly OutboxStatus[]),
] as const;
export type IntentStanding = (typeof intentStandings)[number];

/** `isBehind`: an earlier intent of the same record, of a kind that is on, is open. */
export function standingOf(
  {
    kind,
    status,
    leasedUntil,
    nextRetryAt,
    isBehind,
  }: {
    kind: IntentKind;
    status: OutboxStatus;
    leasedUntil: string | null;
    nextRetryAt: string | null;
    isBehind: boolean;
  },
  switches: KindSwitches,
  now: Date,
): IntentStanding {
  if (status !== "waiting") return status;
  const isLater = (iso: string | null) => iso !== null && Date.parse(iso) > now.getTime();
  if (isLater(leasedUntil)) return "sending";
  const lever = switches[kind];
  if (lever !== "on") return lever;
  if (isBehind) return "behind";
  return isLater(nextRetryAt) ? "again" : "due";
}
