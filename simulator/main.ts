/** `npm run simulator -- --port P --orders N --seed S [--data FILE]`: the simulated shop on its own. */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { startSimulator, type SimulatorOptions } from "./start-simulator.ts";

const USAGE = `Usage: npm run simulator -- [--port 4001] [--orders 200] [--seed 1] [--data FILE] [--app-url URL] [--live 0.5]
                 [--api-key KEY] [--api-secret SECRET] [--token shpat_…] [--scopes read_orders,…]`;

if (process.argv.slice(2).some((arg) => arg === "--help" || arg === "-h")) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
try {
  const simulator = await startSimulator(readOptions(process.argv.slice(2)));
  process.stdout.write(
    `Simulated shop ${simulator.domain} at ${simulator.url} (API key ${simulator.apiKey})\n`,
  );
  process.stdout.write(`Counts and totals: ${simulator.url}/control/summary\n`);
  const stop = (): void => {
    void simulator.close().then(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${describe(error) ?? message}\n`);
  process.exitCode = 1;
}

function readOptions(args: string[]): SimulatorOptions {
  const { values } = parseArgs({
    args,
    strict: true,
    options: {
      port: { type: "string", default: "4001" },
      orders: { type: "string", default: "200" },
      seed: { type: "string", default: "1" },
      data: { type: "string" },
      "app-url": { type: "string" },
      "api-key": { type: "string" },
      "api-secret": { type: "string" },
      token: { type: "string" },
      scopes: { type: "string" },
      live: { type: "string" },
    },
  });
  if (values.data !== undefined && !existsSync(values.data))
    throw new Error(`--data ${values.data}: there is no such file.`);
  return {
    port: wholeNumber("--port", values.port, 0, 65_535),
    orders: wholeNumber("--orders", values.orders, 0, 5_000_000),
    seed: wholeNumber("--seed", values.seed, 0, 2 ** 31 - 1),
    dataFile: values.data,
    appUrl: values["app-url"],
    apiKey: values["api-key"],
    apiSecret: values["api-secret"],
    staticToken: values.token,
    scopes: values.scopes?.split(","),
    ...(values.live === undefined ? {} : { live: actsPerSecond(values.live) }),
  };
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < least || value > most) {
    throw new Error(
      `${name} must be a whole number from ${String(least)} to ${String(most)}, not "${text}".\n${USAGE}`,
    );
  }
  return value;
}

function actsPerSecond(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= 1_000) return value;
  throw new Error(`--live must be a number above 0 and at most 1000, not "${text}".\n${USAGE}`);
}

/** What to say about errors that come from the machine. */
function describe(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  if (error.code === "EADDRINUSE")
    return `Something already listens on that port: choose another with --port.\n${USAGE}`;
  if (typeof error.code === "string" && error.code.startsWith("ERR_PARSE_ARGS"))
    return `${error.message}\n${USAGE}`;
  return null;
}
