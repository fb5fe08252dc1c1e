/**
 * `npm run bench -- dump --orders 20000 [--prefill N] [--repeat 3] [--json]`
 * `npm run bench -- webhooks [--seconds 5] [--repeat 3] [--orders 100000] [--import-seconds 60] [--json]`
 * `npm run bench -- pages [--orders 100000] [--repeat 21] [--json]`
 * Every benchmark measures its own limit in the same run, on the same database, and reports ratios.
 */
import { parseArgs } from "node:util";
import { runDumpBench } from "./dump/run-dump-bench.ts";
import { runPagesBench } from "./pages/run-pages-bench.ts";
import { runWebhooksBench } from "./webhooks/run-webhooks-bench.ts";
import { endUnderstanding, readOrEnd } from "../scripts/read-or-end.ts";

const USAGE = `Which benchmark?
  npm run bench -- dump [--orders N] [--prefill N] [--repeat N] [--seed N] [--json]
  npm run bench -- webhooks [--seconds N] [--repeat N] [--orders N] [--import-seconds N] [--seed N] [--json]
  npm run bench -- pages [--orders N] [--repeat N] [--seed N] [--json]`;

const { values, positionals } = readOrEnd(USAGE, () =>
  parseArgs({
    allowPositionals: true,
    options: {
      orders: { type: "string" },
      prefill: { type: "string", default: "0" },
      repeat: { type: "string" },
      seed: { type: "string", default: "1" },
      seconds: { type: "string", default: "5" },
      "import-seconds": { type: "string", default: "60" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  }),
);

function count(
  name: "orders" | "prefill" | "repeat" | "seed" | "seconds" | "import-seconds",
  least: number,
  usual?: number,
): number {
  const number = Number(values[name] ?? usual);
  if (Number.isSafeInteger(number) && number >= least) return number;
  console.error(`--${name} must be a whole number of at least ${String(least)}, not "${values[name] ?? ""}"`);
  process.exit(2);
}

const common = { repeat: count("repeat", 1, 3), seed: count("seed", 0), json: values.json };
const [name, ...more] = positionals;
if (name === "dump" && more.length === 0)
  await runDumpBench({ ...common, orders: count("orders", 500, 20_000), prefill: count("prefill", 0) });
else if (name === "webhooks" && more.length === 0)
  process.exitCode = await runWebhooksBench({
    ...common,
    orders: count("orders", 500, 100_000),
    seconds: count("seconds", 1),
    importSeconds: count("import-seconds", 1),
  });
else if (name === "pages" && more.length === 0)
  process.exitCode = await runPagesBench({
    ...common,
    orders: count("orders", 500, 100_000),
    repeat: count("repeat", 1, 21),
  });
else
  endUnderstanding(
    USAGE,
    name === undefined ? "Say which." : `There is no benchmark "${positionals.join(" ")}".`,
  );
