import type { IntentKind } from "./outbox-intent.ts";

/** What does not reach Shopify of what was wished there. Times ISO. */
export type OutboxTrouble = {
  /** Where a person decides: Shopify has something else than the ERP thought, or said no. */
  conflicts: number;
  refused: number;
  /** Of a kind that is on, due and taken by nobody; null while the sender is at work. */
  still: { kind: IntentKind; since: string } | null;
  /** Of a kind that is on, tried again and again; null where nothing is. */
  tried: { kind: IntentKind; since: string; error: string | null } | null;
};
