import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, test } from "vitest";

const CHECKOUT = path.dirname(import.meta.dirname);
const PATIENCE = { timeout: 120_000 };

async function run(file: string, ...args: string[]) {
  const child = spawn(process.execPath, [file, ...args], { cwd: CHECKOUT });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said.stderr += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...said };
}

test.each([
  ["scripts/demo.ts", /^Usage: npm run demo/],
  ["scripts/sync.ts", /^Usage: npm run sync/],
  ["scripts/db.ts", /^npm run db -- url/],
  ["scripts/check.ts", /^Usage: npm run check/],
  ["scripts/faults.ts", /^Usage: npm run faults/],
  ["scripts/screenshots.ts", /^Usage: npm run screenshots/],
  ["bench/main.ts", /npm run bench -- dump/],
  ["simulator/main.ts", /^Usage: npm run simulator/],
])(
  "%s says how it is used where that is asked, and what it does not understand",
  PATIENCE,
  async (file, usage) => {
    const [help, wrong] = await Promise.all([run(file, "--help"), run(file, "--bananas")]);
    expect([help.code, help.stderr]).toEqual([0, ""]);
    expect(help.stdout).toMatch(usage);
    expect(wrong.code).toBe(file === "simulator/main.ts" ? 1 : 2);
    expect(wrong.stdout).toBe("");
    expect(wrong.stderr).toContain("--bananas");
    expect(wrong.stderr).not.toMatch(/^ {4}at /m);
  },
);
