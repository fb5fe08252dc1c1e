import { parseArgs } from "node:util";
import { jobCatalogue, jobTypes, type JobType } from "#app/jobs/job-catalogue.ts";
import {
  atOnceForms,
  parseAtOnceCommand,
  readWholeNumber,
  type AtOnceCommand,
} from "./parse-at-once-command.ts";
import { checkMoment } from "./read-period.ts";
import { whatIsWrong } from "../read-or-end.ts";

/** What `npm run sync` was asked for. */
export type SyncCommand<Kind extends string = JobType> =
  | { command: "help" }
  | { command: "status"; shop: string | undefined; json: boolean }
  | { command: "at-once"; shop: string | undefined; what: AtOnceCommand }
  | {
      command: "job";
      shop: string | undefined;
      jobType: Kind;
      /** As they were written: where a day begins is known with the shop. Only of orders. */
      period: { since: string | undefined; until: string | undefined } | null;
      /** What else the kind is told, as its entry in the catalogue has it. */
      options: Record<string, unknown>;
    };

/** Options that not every command has; `--shop` and `--help` every one has. */
const OPTIONS_OF: Readonly<Record<string, readonly string[]>> = {
  orders: ["since", "until"],
  "look-back": ["hours"],
  backfill: ["for-real"],
  status: ["json"],
};

/** The words of options beside their command. */
const OPTION_WORDS: Readonly<Record<string, string>> = {
  orders: "[--since WHEN] [--until WHEN]",
  "look-back": "[--hours N]",
  backfill: "[--for-real]",
  status: "[--json]",
};

/** Only beside the kind it is for. */
const forRealWords = jobTypes.some((kind: string) => kind === "backfill")
  ? "  --for-real   write; without it a backfill only says what it would do\n"
  : "";

const SHOP = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

export const SYNC_USAGE = `Usage: npm run sync -- COMMAND [--shop my-store.myshopify.com]

${[
  ...jobTypes.map((kind) => [kind, jobCatalogue[kind].does] as const),
  ["status", "Tells how the sync stands."] as const,
]
  .map(([name, does]) => [[name, OPTION_WORDS[name]].filter(Boolean).join(" "), does])
  .concat(Object.values(atOnceForms).map(({ usage, tells }) => [usage, tells]))
  .map(([usage, tells]) => `  ${usage ?? ""}\n      ${tells ?? ""}`)
  .join("\n")}

  --shop       which shop, where the app is installed in several
  --since, --until
               orders created in this period: a day like 2026-01-31 in the shop's time zone (the last one
               counts whole), or a time like 2026-01-31T10:00:00+05:30. Without --since: all orders,
               which needs the permission read_all_orders
  --hours N    look back at least so far
${forRealWords}  --interval MINUTES, --look-back HOURS
               how often the look-back runs by itself, and how far back each one looks
  --json       one JSON line for machines

A job is run by a worker, and here where no worker takes it. Ctrl-C stops following; a job that runs here
then waits for a worker, and the same command goes on with it.
Ends with 0 done · 1 failed · 2 not understood or not set up · 130 after Ctrl-C.`;

/**
 * What was asked for.
 * @param kinds the kinds of jobs there are
 * @throws Error whose message says what is wrong
 */
export function parseSyncArguments<Kind extends string = JobType>(
  args: string[],
  kinds: readonly Kind[] = jobTypes as readonly string[] as readonly Kind[],
): SyncCommand<Kind> {
  const { values, positionals } = readStrictly(args);
  if (values.help) return { command: "help" };
  const { name, more } = readName(positionals, [...kinds, "status", ...Object.keys(atOnceForms)]);
  const atOnce = Object.hasOwn(atOnceForms, name) ? atOnceForms[name] : undefined;
  const takes = atOnce?.takes ?? null;
  const id = takes === null ? "" : more.shift();
  if (id === undefined)
    throw new Error(`${name} needs ${takes === "KIND" ? "a kind" : "an id"}: ${name} ${takes ?? ""}.`);
  if (more.length > 0) throw new Error(`${name} takes nothing more: "${more.join(" ")}" is not understood.`);
  const own = atOnce?.options ?? OPTIONS_OF[name] ?? [];
  for (const option of Object.keys(values))
    if (!own.includes(option) && option !== "shop") throw new Error(`${name} takes no --${option}.`);
  const { shop } = values;
  if (shop !== undefined && !SHOP.test(shop))
    throw new Error(`--shop must be like my-store.myshopify.com, not "${shop}".`);

  if (atOnce) return { command: "at-once", shop, what: parseAtOnceCommand(name, id, values) };
  const jobType = kinds.find((kind) => kind === name);
  if (jobType === undefined) return { command: "status", shop, json: values.json ?? false };
  const { since, until } = values;
  checkMoment("--since", since);
  checkMoment("--until", until);
  const hours = readWholeNumber("--hours", values.hours);
  return {
    command: "job",
    ...{ shop, jobType },
    period: own.includes("since") ? { since, until } : null,
    options: {
      ...(hours === undefined ? {} : { hours }),
      ...(own.includes("for-real") ? { dryRun: values["for-real"] !== true } : {}),
    },
  };
}

/** A command's name is one word or two; what follows it is more. */
function readName(positionals: string[], names: readonly string[]): { name: string; more: string[] } {
  const [first, second, ...rest] = positionals;
  if (first === undefined) throw new Error(`Which command? One of ${names.join(", ")}.`);
  if (names.includes(first)) return { name: first, more: positionals.slice(1) };
  const both = `${first} ${second ?? ""}`;
  if (names.includes(both)) return { name: both, more: rest };
  const group = names.filter((name) => name.startsWith(`${first} `));
  if (group.length > 0) throw new Error(`${first} needs one more word: ${group.join(", ")}.`);
  throw new Error(`There is no command "${first}": it is one of ${names.join(", ")}.`);
}

function readStrictly(args: string[]) {
  try {
    return parseArgs({
      args,
      strict: true,
      allowPositionals: true,
      options: {
        shop: { type: "string" },
        since: { type: "string" },
        until: { type: "string" },
        hours: { type: "string" },
        interval: { type: "string" },
        "look-back": { type: "string" },
        name: { type: "string" },
        scopes: { type: "string" },
        preview: { type: "string" },
        leads: { type: "string" },
        "on-conflict": { type: "string" },
        locations: { type: "string" },
        "for-real": { type: "boolean" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new Error(whatIsWrong(error), { cause: error });
  }
}
