import { existsSync } from "node:fs";
import { parseArgs } from "node:util";

export type DemoArguments = {
  orders: number | undefined;
  seed: number | undefined;
  dataFile: string | undefined;
  /** Acts of buyers and merchants a second, once everything is synced; 0 = the store stands still. */
  live: number;
  /** Stop after the summary. */
  once: boolean;
  /** Print the summary as one JSON line, everything else on standard error. */
  json: boolean;
  help: boolean;
};

export const DEMO_USAGE = `Usage: npm run demo -- [--orders N] [--seed S] [--data FILE] [--live R] [--once] [--json]

  --orders N   how many orders the simulated store has (1000)
  --seed S     another seed is another store (1)
  --data FILE  load the store from a JSON file
  --live R     how many orders, payments, parcels … happen in it a second afterwards (1; 0 = none)
  --once       stop after the summary; exit 0 only if every record and every total arrived
  --json       print the summary as one JSON line`;

/** What the demo was asked for. Throws an Error whose message says what is wrong. */
export function parseDemoArguments(args: string[], fileExists = existsSync): DemoArguments {
  const { values } = parseArgs({
    args,
    strict: true,
    allowPositionals: false,
    options: {
      orders: { type: "string" },
      seed: { type: "string" },
      data: { type: "string" },
      live: { type: "string" },
      once: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.data !== undefined && !fileExists(values.data)) {
    throw new Error(`--data ${values.data}: there is no such file.`);
  }
  return {
    orders: wholeNumber("--orders", values.orders, 5_000_000),
    seed: wholeNumber("--seed", values.seed, 2 ** 31 - 1),
    dataFile: values.data,
    live: wholeNumber("--live", values.live, 100) ?? 1,
    once: values.once,
    json: values.json,
    help: values.help,
  };
}

function wholeNumber(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most) {
    throw new Error(`${name} must be a whole number from 0 to ${String(most)}, not "${text}".`);
  }
  return value;
}
