/**
 * `npm run bench -- dump --orders 20000 [--prefill N] [--repeat 3] [--json]`
 * Every benchmark measures its own limit in the same run, on the same database, and reports ratios.
 */
import { parseArgs } from "node:util";
import { runDumpBench } from "./dump/run-dump-bench.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    orders: { type: "string", default: "20000" },
    prefill: { type: "string", default: "0" },
    repeat: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});

function count(name: "orders" | "prefill" | "repeat" | "seed", least: number): number {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number >= least) return number;
  console.error(`--${name} must be a whole number of at least ${String(least)}, not "${values[name]}"`);
  process.exit(2);
}

if (positionals.length !== 1 || positionals[0] !== "dump") {
  console.error("Which benchmark? npm run bench -- dump [--orders N] [--prefill N] [--repeat N] [--json]");
  process.exit(2);
}
await runDumpBench({
  orders: count("orders", 500),
  prefill: count("prefill", 0),
  repeat: count("repeat", 1),
  seed: count("seed", 0),
  json: values.json,
});
