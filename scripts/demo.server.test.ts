import { execFile } from "node:child_process";
import path from "node:path";
import { expect } from "vitest";
import { databaseTest as test } from "#tests/setup/test-database.ts";
import type { DemoSummary } from "./demo-summary.ts";

const CHECKOUT = path.dirname(import.meta.dirname);

async function demo(args: string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { cwd: CHECKOUT, env: { ...process.env, ...env } };
    const child = execFile(
      process.execPath,
      ["scripts/demo.ts", ...args],
      options,
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, stdout, stderr });
      },
    );
  });
}

test(
  "one command brings a whole store into the ERP and accounts for every record and amount; twice changes nothing",
  { timeout: 240_000 },
  async ({ database }) => {
    const args = ["--once", "--json", "--orders", "60", "--seed", "3"];
    const first = await demo(args, { DATABASE_URL: database.url });
    expect(first.code, first.stderr).toBe(0);
    const summary = JSON.parse(first.stdout.trimEnd().split("\n").at(-1) ?? "") as DemoSummary;
    for (const kind of [summary.products, summary.customers, summary.orders]) {
      expect(kind).toMatchObject({ erp: kind.store, failed: 0 });
      expect(kind.cached).toBeGreaterThanOrEqual(kind.store);
    }
    expect(summary.orders.store).toBeGreaterThan(50);
    expect(summary.totals.INR?.store).toMatch(/^\d+\.\d\d$/);
    expect(summary.totals.INR?.erp).toBe(summary.totals.INR?.store);
    expect(summary.ordersPerSecond).toBeGreaterThan(0);

    const second = await demo(args, { DATABASE_URL: database.url });
    expect(second.code, second.stderr).toBe(0);
    for (const kind of ["products", "customers", "orders"]) {
      expect(second.stderr).toMatch(
        new RegExp(`^${kind}: Done: nothing changed, \\d+ ${kind} unchanged$`, "m"),
      );
    }
  },
);

test("what it does not understand is said, with the usage, and ends with 2", async () => {
  const { code, stdout, stderr } = await demo(["--orders", "many"]);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/--orders must be a whole number.*\n\nUsage: npm run demo/);
});

test("a database that is not there is said in words", async () => {
  const { code, stderr } = await demo(["--once"], { DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing" });
  expect(code).toBe(1);
  expect(stderr).toContain("No database:");
});
