import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright";
import { isRoot } from "./postgres-user.ts";

const run = promisify(execFile);

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "chrome",
  "microsoft-edge",
];
const PLACES = [
  "/usr/lib/chromium/chromium",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * Path of a browser that starts: CHROMIUM_PATH, else one installed on this machine, else Playwright's own.
 * A browser whose libraries are missing, or a stub that only asks to install one, does not count.
 */
export async function findBrowser(): Promise<string | undefined> {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (await starts(given)) return given;
    throw new Error(`CHROMIUM_PATH is ${given}, but no browser starts there.`);
  }
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const named = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  for (const candidate of [...named, ...PLACES, chromium.executablePath()]) {
    if (await starts(candidate)) return candidate;
  }
  return undefined;
}

/**
 * Like `findBrowser`, and gets one if there is none: Playwright's download, else Debian's package (as root,
 * or with a sudo that asks nothing). Throws with what was tried.
 */
export async function ensureBrowser(): Promise<string> {
  const present = await findBrowser();
  if (present) return present;
  const tried: string[] = [];
  for (const [what, program, ...args] of waysToInstall()) {
    console.log(`No browser for the tests yet: trying ${what} …`);
    const failure = await run(program, args, { timeout: 300_000, maxBuffer: 64 * 1024 * 1024 }).then(
      () => "it then did not start",
      (error: unknown) =>
        /^.*\berror\b.*$/im.exec((error as { stderr?: string }).stderr ?? "")?.[0] ?? String(error),
    );
    const found = await findBrowser();
    if (found) return found;
    tried.push(`  - ${what}: ${failure}`);
  }
  throw new Error(
    [
      "The browser tests need Chromium or Chrome, and none could be had:",
      ...tried,
      "Install one (Debian: apt-get install chromium), or set CHROMIUM_PATH.",
    ].join("\n"),
  );
}

function waysToInstall(): [what: string, program: string, ...args: string[]][] {
  const playwright = path.join(path.dirname(createRequire(import.meta.url).resolve("playwright")), "cli.js");
  const apt = isRoot() ? [] : ["sudo", "-n"];
  const install = [...apt, "sh", "-c", "apt-get update -qq && apt-get install -y -qq chromium"];
  const [program = "sh", ...args] = install;
  return [
    ["Playwright's own", process.execPath, playwright, "install", "chromium"],
    ["the system's package", program, ...args],
  ];
}

async function starts(executable: string): Promise<boolean> {
  return run(executable, ["--version"], { timeout: 20_000 }).then(
    () => true,
    () => false,
  );
}
