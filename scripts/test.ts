/**
 * `npm test`: every test, unit to browser, and the faults with a few seeds, with nothing started by hand; `npm run faults` draws more.
 * Arguments go on to vitest (`npm test -- app/lib`). The last line is `N passed, N failed`; a skipped test counts as failed.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureBuild } from "./build-app.ts";
import { countTests, noTestWords, type TestReport } from "./count-tests.ts";
import { ensureBrowser } from "./find-browser.ts";

const CHECKOUT = path.dirname(import.meta.dirname);
const PROJECTS = ["pure", "server", "faults", "e2e"].flatMap((name) => ["--project", name]);

async function main(args: string[]): Promise<{ passed: number; failed: number; note: string | null }> {
  process.env.CHROMIUM_PATH = await ensureBrowser();
  // Some hundred processes are started by the tests: each finds its modules compiled by the one before.
  process.env.NODE_COMPILE_CACHE ??= path.join(CHECKOUT, ".data", "compile-cache");
  await ensureBuild();
  const folder = await mkdtemp(path.join(tmpdir(), "erp-sync-report-"));
  try {
    const file = path.join(folder, "report.json");
    const exitCode = await runVitest([
      ...PROJECTS,
      ...args,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ]);
    const report = JSON.parse(await readFile(file, "utf8").catch(() => "{}")) as Partial<TestReport>;
    return { ...countTests(report, exitCode), note: noTestWords(report, args) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runVitest(args: string[]): Promise<number> {
  const vitest = path.join(
    path.dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
    "vitest.mjs",
  );
  const child = spawn(process.execPath, [vitest, "run", ...args], { cwd: CHECKOUT, stdio: "inherit" });
  // Ctrl-C reaches vitest too, which then removes its databases; we wait for it.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve) => {
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

try {
  const { passed, failed, note } = await main(process.argv.slice(2));
  if (note !== null) console.log(`\n${note}`);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log("\n0 passed, 1 failed");
  process.exitCode = 1;
}
