import { createFormat, type Format } from "#app/ui/format.ts";
import { jobStatus, jobTitle } from "#app/ui/job-words.ts";
import { proofWords } from "#app/ui/proof-words.ts";
import { isActive, type FailedEntryView, type JobView } from "#app/ui/sync-view.ts";
import { printable } from "./job-reporter.ts";
import type { SyncStatus } from "./load-status.ts";
import { progressWords } from "./progress-words.ts";
import { problemLines, schedulerLines } from "./scheduler-words.ts";

/** How the sync of a shop stands, for a person: a heading in each line, lists below theirs. */
export function statusWords(status: SyncStatus): string {
  const { connection, shop } = status;
  const format = createFormat({
    locale: connection?.locale ?? null,
    timeZone: connection?.timeZone ?? null,
  });
  const sections: [string, string[]][] = [
    ["Shop", [connection?.name ? `${shop} (${connection.name})` : shop]],
    ["Connection", connectionLines(status, format)],
    ["In the ERP", [figures(Object.entries(status.erp), format)]],
    ["Cache", cacheLines(status, format)],
    ["Under way", status.jobs.filter(isActive).flatMap(activeLines)],
    ["Last runs", status.jobs.filter((job) => !isActive(job)).flatMap((job) => endedLines(job, format))],
    ["Look-back", schedulerLines(status.scheduler, format)],
    ["Yesterday", yesterdayLines(status, format)],
    ["Failing", failingLines(status, format)],
  ];
  return sections
    .flatMap(([name, lines]) =>
      (lines.length === 0 ? ["none"] : lines).map(
        (line, at) => `${(at === 0 ? name : "").padEnd(12)}${printable(line)}`,
      ),
    )
    .join("\n");
}

function connectionLines({ connection, mode }: SyncStatus, format: Format): string[] {
  const lines: string[] = [];
  if (mode === null)
    lines.push("Shopify is not configured for this command: jobs need a worker that runs elsewhere");
  if (connection === null)
    return [
      ...lines,
      "not recorded yet: Shopify has not answered for this shop, see the log of web or worker",
    ];
  const { scopes, token, lastContactAt, timeZone } = connection;
  lines.push(scopes.length === 0 ? "no permission granted" : `may ${scopes.join(", ")}`);
  if (mode === "single-shop") lines.push("fixed token (SHOPIFY_ACCESS_TOKEN)");
  else if (token === null) lines.push("no token: open the app in Shopify Admin once");
  else
    lines.push(
      `token good until ${until(token.expires, format)}, renewable until ${until(token.refreshExpires, format)}`,
    );
  lines.push(
    `last heard of ${lastContactAt === null ? "never" : format.dateTime(lastContactAt.toISOString())}`,
  );
  lines.push(`times are those of ${timeZone ?? "UTC: the shop's time zone is not known"}`);
  return lines;
}

const until = (at: Date | null, format: Format) =>
  at === null ? "it is refused" : format.dateTime(at.toISOString());

function figures(counts: readonly (readonly [string, number])[], format: Format): string {
  return counts.map(([name, value]) => `${name} ${format.number(value)}`).join(" · ");
}

const CACHE_NAMES = {
  product: "products",
  customer: "customers",
  order: "orders",
  inventory: "stock levels",
};

function cacheLines({ counts }: SyncStatus, format: Format): string[] {
  return (Object.keys(CACHE_NAMES) as (keyof typeof CACHE_NAMES)[]).map((kind) => {
    const { total, processed, pending, failed, quarantined } = counts[kind];
    const stand = figures(
      [
        ["total", total],
        ["processed", processed],
        ["pending", pending],
        ["failed", failed],
        ["waiting for a person", quarantined],
      ],
      format,
    );
    return `${CACHE_NAMES[kind].padEnd(13)}${stand}`;
  });
}

function activeLines(job: JobView): string[] {
  const words = job.startedAt === null ? "not started yet" : progressWords(job, job);
  const step = job.step === null ? "" : ` · ${job.step}`;
  const line = `${jobTitle(job.jobType)}: ${jobStatus(job).words.toLowerCase()} · ${words}${step} · id ${job.id}`;
  return [line, ...problemLines(job.problem)];
}

function endedLines(job: JobView, format: Format): string[] {
  const at = format.dateTime(job.finishedAt ?? job.createdAt);
  const head = `${at} · ${jobTitle(job.jobType)}: ${jobStatus(job).words.toLowerCase()}`;
  if (job.error !== null) return [`${head} · ${job.error.text}`, `  what to do: ${job.error.next}`];
  return [job.step === null ? head : `${head} · ${job.step}`];
}

function yesterdayLines({ yesterday }: SyncStatus, format: Format): string[] {
  const { badge, parts, notes } = proofWords(yesterday, format);
  return [
    [`${format.day(yesterday.day)}: ${badge.words}`, ...parts.map(({ words }) => words)].join(" · "),
    ...notes,
  ];
}

function failingLines({ failed, failedDeliveries }: SyncStatus, format: Format): string[] {
  const deliveries = failed.filter(({ kind }) => kind === "delivery").length;
  const more = failedDeliveries - deliveries;
  return [
    ...failed.flatMap((entry) => [failedLine(entry, format), `  what to do: ${entry.next}`]),
    ...(more > 0 ? [`and ${format.number(more)} more webhooks`] : []),
  ];
}

function failedLine(
  { kind, label, code, text, attempts, nextRetryAt, quarantined }: FailedEntryView,
  format: Format,
) {
  const what = kind === "delivery" ? "webhook" : kind;
  const tries = `tried ${format.number(attempts)} ${attempts === 1 ? "time" : "times"}`;
  const then = quarantined
    ? "waits for a person"
    : nextRetryAt === null
      ? ""
      : `again at ${format.dateTime(nextRetryAt)}`;
  return [`${what} ${label}: ${text} (${code})`, tries, then].filter(Boolean).join(" · ");
}
