/**
 * `npm run faults -- [--runs 25] [--stops 50] [--mixes 500] [--seed 1]`: the fault stories, many seeded runs of living stores under
 * faults, of dumps that are paused, cancelled and killed, and of ERP actions mixed with what others do in Shopify, as many of orders
 * as of stock; four at once. Each run says its seed; `--runs 1 --stops 1 --seed N` repeats one. A mix that fails says seed and path:
 * `--mixes 1 --seed N --path P` repeats it as it was shrunk, `--stock-path P` one of stock.
 */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { parseArgs } from "node:util";
import { ensureBuild } from "./build-app.ts";
import { endUnderstanding, readOrEnd } from "./read-or-end.ts";

const USAGE = `Usage: npm run faults -- [--runs 25] [--stops 50] [--mixes 500] [--seed 1] [--path 12:0:3] [--stock-path 12:0:3]

  --runs N        stores that live under faults
  --stops N       dumps that are paused, cancelled and killed
  --mixes N       ERP actions mixed with what others do in Shopify: so many of orders, and as many of stock
  --seed S        of the first of each
  --path P, --stock-path P
                  of a mix that failed, as it says it: with --mixes 1 --seed S it is repeated as it was shrunk`;

function wholeNumber(name: string, text: string): string {
  if (/^[1-9]\d{0,5}$/.test(text)) return text;
  return endUnderstanding(USAGE, `--${name} must be a whole number from 1, not "${text}".`);
}

function mixPath(text: string): string {
  if (/^(?:\d+(?::\d+)*)?$/.test(text)) return text;
  return endUnderstanding(USAGE, `--path must be as a mix that failed says it, like 12:0:3, not "${text}".`);
}

const { values } = readOrEnd(USAGE, () =>
  parseArgs({
    options: {
      runs: { type: "string", default: "25" },
      stops: { type: "string", default: "50" },
      mixes: { type: "string", default: "500" },
      path: { type: "string", default: "" },
      "stock-path": { type: "string", default: "" },
      seed: { type: "string", default: "1" },
      help: { type: "boolean", short: "h" },
    },
  }),
);
const env = {
  ...process.env,
  FAULT_RUNS: wholeNumber("runs", values.runs),
  STOP_RUNS: wholeNumber("stops", values.stops),
  MIX_RUNS: wholeNumber("mixes", values.mixes),
  MIX_PATH: mixPath(values.path),
  STOCK_RUNS: wholeNumber("mixes", values.mixes),
  STOCK_PATH: mixPath(values["stock-path"]),
  KILL_RUNS: "5",
  FAULT_SEED: wholeNumber("seed", values.seed),
};
await ensureBuild();
const vitest = path.join(
  path.dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
  "vitest.mjs",
);
const child = spawn(process.execPath, [vitest, "run", "--project", "faults"], {
  cwd: path.dirname(import.meta.dirname),
  stdio: "inherit",
  env,
});
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});
