import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
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

/** Whether any process of the group that `pid` leads is running: whoever it started, and whoever those started. */
function isGroupRunning(pid: number): boolean {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}

test.for([
  // A terminal tells all processes of a command at once; a service manager tells the one it has started.
  ["Ctrl-C in a terminal", "SIGINT", (pid: number) => -pid],
  ["a service manager", "SIGTERM", (pid: number) => pid],
] as const)(
  "without --once the store lives and its webhooks reach the ERP, until %s stops everything",
  { timeout: 240_000 },
  async ([, signal, target], { database: { pool, url } }) => {
    const args = ["scripts/demo.ts", "--orders", "20", "--seed", "8", "--live", "10"];
    const env = { ...process.env, DATABASE_URL: url };
    const child = spawn(process.execPath, args, { cwd: CHECKOUT, env, detached: true });
    const pid = child.pid ?? 0;
    const ended = once(child, "exit");
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
    try {
      await expect
        .poll(() => said, { timeout: 120_000, interval: 100 })
        .toMatch(
          /The store lives: about 10 things a second happen in it\.\nAPI http:[^]*Open http:[^]*Ctrl-C stops everything\./,
        );
      expect(said).toContain("Every record and every amount is accounted for.");
      const figures = async () =>
        (
          await pool.query<{ told: number; orders: number }>(
            `select (select count(*)::int from "WebhookDelivery" where "processedAt" is not null) as told,
               (select count(*)::int from "Order") as orders`,
          )
        ).rows[0] ?? { told: 0, orders: 0 };
      const first = await figures();
      await expect
        .poll(async () => (await figures()).orders, { timeout: 60_000, interval: 100 })
        .toBeGreaterThan(first.orders);
      expect((await figures()).told).toBeGreaterThan(0);
      expect(isGroupRunning(pid)).toBe(true);

      const [, api = ""] = /^API (\S+\/api) /m.exec(said) ?? [];
      expect(await (await fetch(`${api}/openapi.json`)).json()).toMatchObject({ openapi: "3.1.0" });
      const beside = await demo(["--once"], { DATABASE_URL: url });
      expect([beside.code, beside.stderr]).toEqual([
        2,
        "A demo is running already, on the same database.\nWhat to do: Stop it first: Ctrl-C where it was started.\n",
      ]);

      process.kill(target(pid), signal);
      expect(await ended, said).toEqual([0, null]);
      expect(isGroupRunning(pid)).toBe(false);

      // The next run's store knows nothing of this one's life, and neither may the ERP.
      const next = await demo(["--once", "--orders", "20", "--seed", "8"], { DATABASE_URL: url });
      expect(next.code, next.stdout).toBe(0);
      expect(next.stdout).toMatch(/begins anew.*\n[^]*Every record and every amount is accounted for/);
    } finally {
      if (isGroupRunning(pid)) process.kill(-pid, "SIGKILL");
    }
  },
);

test("what it does not understand is said, with the usage, and ends with 2", async () => {
  const { code, stdout, stderr } = await demo(["--orders", "many"]);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^Usage: npm run demo[^]*\n\n--orders must be a whole number.*\n$/);
});

test.each([
  ["postgres://nobody@127.0.0.1:1/nothing", "connect ECONNREFUSED 127.0.0.1:1"],
  ["mysql://nobody@nowhere/nothing", "DATABASE_URL must be like postgres://user:password@host:5432/database"],
])("a database that is not there is said in words: %s", async (DATABASE_URL, words) => {
  const { code, stderr } = await demo(["--once"], { DATABASE_URL });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^No database:\n/);
  expect(stderr).toContain(words);
});
