import { z } from "zod";
import { queuedKinds, type QueuedKind } from "#app/cache/cache-tables.ts";

/**
 * The kinds of jobs, without their handlers: pages and API read this, the worker joins it with what runs.
 * Of each kind, one at a time runs for a shop.
 */
export const jobTypes = [
  "products",
  "customers",
  "orders",
  "inventory",
  "look-back",
  "process-cache",
  "backfill",
] as const;
export type JobType = (typeof jobTypes)[number];

/** Instants as ISO 8601 with a zone; `until` is not included; null is open on that side. */
const OrdersOptions = z.strictObject({
  from: z.iso.datetime({ offset: true }).nullish(),
  until: z.iso.datetime({ offset: true }).nullish(),
});
/** How far back at least, in hours; the shop's setting otherwise. */
const LookBackOptions = z.strictObject({ hours: z.int().min(1).max(1440).optional() });
/** Without `dryRun: false` nothing is changed; `kinds` left out = all. */
const BackfillOptions = z.strictObject({
  dryRun: z.boolean().default(true),
  kinds: z
    .array(z.enum(queuedKinds))
    .min(1)
    .default([...queuedKinds]),
});
const NoOptions = z.strictObject({});

export type OrdersOptions = z.infer<typeof OrdersOptions>;

export type JobDefinition = {
  /** What a person calls it. */
  words: string;
  /** What it does, in a sentence. */
  does: string;
  options: z.ZodType<Record<string, unknown>>;
};

export const jobCatalogue: Record<JobType, JobDefinition> = {
  products: {
    words: "Products",
    does: "Reads every product from Shopify and brings it into the ERP's catalogue.",
    options: NoOptions,
  },
  customers: {
    words: "Customers",
    does: "Reads every customer from Shopify; those with at least one order come into the ERP.",
    options: NoOptions,
  },
  orders: {
    words: "Full dump of orders",
    does: "Reads the orders created in a period, or all, with their fulfilment orders, and brings them into the ERP.",
    options: OrdersOptions,
  },
  inventory: {
    words: "Stock",
    does: "Reads every stock level from Shopify, says where it differs from what we have, and brings it into the ERP.",
    options: NoOptions,
  },
  "look-back": {
    words: "Look-back",
    does: "Looks for what changed in Shopify lately and did not reach us, fetches it and brings it into the ERP.",
    options: LookBackOptions,
  },
  "process-cache": {
    words: "Process pending",
    does: "Brings what waits in the cache into the ERP.",
    options: NoOptions,
  },
  backfill: {
    words: "Backfill",
    does: "Computes what the ERP holds again from the cache, without asking Shopify: a dry run says what would change, a real run changes it.",
    options: BackfillOptions,
  },
};

export function isJobType(text: string): text is JobType {
  return (jobTypes as readonly string[]).includes(text);
}

/** The window of order creation dates a dump was asked for. */
export function readOrdersWindow(options: unknown): { from: Date | null; until: Date | null } {
  const { from, until } = OrdersOptions.parse(options);
  return { from: from ? new Date(from) : null, until: until ? new Date(until) : null };
}

/** How many hours a look-back was asked to go back; null = the shop's setting. */
export function readLookBackHours(options: unknown): number | null {
  return LookBackOptions.parse(options).hours ?? null;
}

/** Whether a backfill only looks, and the kinds it goes over, in the order in which they need each other. */
export function readBackfillOptions(options: unknown): { dryRun: boolean; kinds: QueuedKind[] } {
  const { dryRun, kinds } = BackfillOptions.parse(options);
  return { dryRun, kinds: queuedKinds.filter((kind) => kinds.includes(kind)) };
}
