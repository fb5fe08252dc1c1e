import { z } from "zod";

import { queuedKinds } from "#app/cache/cache-tables.ts";
import type { DumpChoice } from "#app/jobs/dump-window.ts";
import { errorCatalogue, type ErrorCode } from "#app/lib/errors.ts";
import { dumpPeriods } from "#app/ui/dump-periods.ts";

import { JobIntent } from "./job-intent.ts";
import { RecordId } from "./record-id.ts";

const periods = dumpPeriods.map(({ value }) => value);

const errorCodes = Object.keys(errorCatalogue) as ErrorCode[];

/** What a person can try again: an entry of a cache, or a webhook delivery. */
const retriedKinds = [...queuedKinds, "delivery"] as const;
export type RetriedKind = (typeof retriedKinds)[number];

/** Everything a person can want on Settings → Shopify. */
export const Intent = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("preview") }),
  z.object({ intent: z.literal("sync-products") }),
  z.object({ intent: z.literal("sync-customers") }),
  z.object({
    intent: z.literal("sync-orders"),
    period: z.enum(periods),
    from: z.string().default(""),
    to: z.string().default(""),
  }),
  z.object({ intent: z.literal("sync-stock") }),
  z.object({ intent: z.literal("process-pending") }),
  z.object({ intent: z.enum(["backfill-dry-run", "backfill"]) }),
  JobIntent,
  z.object({
    intent: z.literal("retry-failed"),
    kind: z.enum(queuedKinds).optional(),
    code: z.enum(errorCodes).optional(),
  }),
  z.object({ intent: z.literal("retry-entry"), kind: z.enum(retriedKinds), id: RecordId }),
]);
export type Intent = z.infer<typeof Intent>;

/** The period of an order dump as the form names it. */
export function readDumpChoice(intent: Extract<Intent, { intent: "sync-orders" }>): DumpChoice {
  if (intent.period === "custom") return { kind: "custom", from: intent.from, to: intent.to };
  const days = dumpPeriods.find(({ value }) => value === intent.period)?.days ?? null;
  return days === null ? { kind: "all" } : { kind: "last", days };
}
