import type { QueuedKind } from "#app/cache/cache-tables.ts";

import type { Format } from "./format.ts";

const KINDS: Record<QueuedKind, string> = {
  product: "products",
  customer: "customers",
  order: "orders",
  inventory: "stock levels",
};

/** What a job was asked to do, in words: its period, how far back, whether it only looks. Options of another version are left out. */
export function jobOptionsWords(
  { jobType, options }: { jobType: string; options: Record<string, unknown> },
  format: Pick<Format, "dateTime" | "number">,
): string {
  switch (jobType) {
    case "orders":
      return periodWords(options, format);
    case "look-back":
      return typeof options.hours === "number"
        ? `At least ${format.number(options.hours)} ${options.hours === 1 ? "hour" : "hours"} back`
        : "As far back as the schedule says";
    case "backfill":
      return backfillWords(options);
    case "process-cache":
      return "All that waits in the cache";
    default:
      return "Everything";
  }
}

function periodWords(
  { from, until }: Record<string, unknown>,
  { dateTime }: Pick<Format, "dateTime">,
): string {
  const bounds = [
    typeof from === "string" ? `from ${dateTime(from)}` : "",
    typeof until === "string" ? `before ${dateTime(until)}` : "",
  ].filter(Boolean);
  return bounds.length === 0 ? "All orders" : `Orders created ${bounds.join(" and ")}`;
}

function backfillWords({ dryRun, kinds }: Record<string, unknown>): string {
  const named = Array.isArray(kinds)
    ? kinds.flatMap((kind) =>
        typeof kind === "string" && Object.hasOwn(KINDS, kind) ? KINDS[kind as QueuedKind] : [],
      )
    : [];
  const of = named.length === 0 ? "" : ` of ${named.join(", ")}`;
  return dryRun === false ? `Fills in what is missing${of}` : `Dry run${of}: nothing is changed`;
}
