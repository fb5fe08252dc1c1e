/**
 * `npm run check`: everything that can be told without a database or a browser, in about a minute. With `--no-tests` without
 * the pure tests, for whoever runs `npm test` after it; with `--no-lint` without the dearest.
 */
import { spawn } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import { readOrEnd } from "./read-or-end.ts";

const CHECKOUT = path.dirname(import.meta.dirname);

/** The slow ones first, so that the two lanes end about together. */
const CHECKS: [name: string, ...command: string[]][] = [
  ["lint", "eslint", "."],
  ["types", "tsc", "--noEmit", "-p", ".", "--incremental", "--tsBuildInfoFile", ".data/types.tsbuildinfo"],
  ["types of the extension", "tsc", "--noEmit", "-p", "extensions/order-sync-status"],
  ["pure tests", "vitest", "run", "--project", "pure", "--reporter=dot"],
  [
    "format",
    "prettier",
    "--check",
    "--cache",
    "--cache-location",
    ".data/prettier-cache",
    "--log-level",
    "warn",
    ".",
  ],
  [
    "modules",
    "depcruise",
    "app",
    "extensions",
    "simulator",
    "scripts",
    "tests",
    "bench",
    "--config",
    ".dependency-cruiser.mjs",
  ],
  ["dead code", "knip"],
];

async function runCheck([name, program = "", ...args]: (typeof CHECKS)[number]): Promise<boolean> {
  const started = Date.now();
  const bin = path.join(CHECKOUT, "node_modules", ".bin");
  const child = spawn(path.join(bin, program), args, {
    cwd: CHECKOUT,
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ""}`, NO_COLOR: "1" },
    shell: process.platform === "win32",
  });
  let output = "";
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const code = await new Promise<number>((resolve) => {
    child.on("error", () => resolve(1));
    child.on("close", (exitCode) => resolve(exitCode ?? 1));
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? "ok    " : "FAILED"}  ${name} (${seconds} s)`);
  if (code !== 0) console.log(output.trim());
  return code === 0;
}

const USAGE = `Usage: npm run check -- [--no-tests] [--no-lint]

  --no-tests   without the pure tests, which npm test runs too
  --no-lint    without the dearest`;
const { values: asked } = readOrEnd(USAGE, () =>
  parseArgs({
    options: {
      "no-tests": { type: "boolean" },
      "no-lint": { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  }),
);
const leftOut = new Set([
  ...(asked["no-tests"] ? ["pure tests"] : []),
  ...(asked["no-lint"] ? ["lint"] : []),
]);
const waiting = CHECKS.filter(([name]) => !leftOut.has(name));
const failed: string[] = [];
/** Two at a time: more would only fight over the cores of a small machine. */
const lane = async () => {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    if (!(await runCheck(check))) failed.push(check[0]);
  }
};
await Promise.all([lane(), lane()]);
console.log(failed.length === 0 ? "Everything is in order." : `Not in order: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
