import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { chromium, type Browser } from "playwright";
import { findBrowser } from "./find-browser.ts";
import { isRoot } from "./postgres-user.ts";

/**
 * What a browser with a screen says. The app answers headless user agents as bots (410, by `isbot`), so a
 * context needs it: `browser.newContext({ userAgent: USER_AGENT })`, which `launchBrowser` sets by itself.
 */
const userAgentOf = (version: string) =>
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version} Safari/537.36`;

/** A headless Chromium that stays on this machine. `npm test` has made sure that one is installed. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  if (!executablePath)
    throw new Error("No browser: run the tests by `npm test`, which gets one, or set CHROMIUM_PATH.");
  const { stdout } = await promisify(execFile)(executablePath, ["--version"]);
  const version = /\d+(?:\.\d+)+/.exec(stdout)?.[0];
  if (version === undefined) throw new Error(`${executablePath} does not tell its version: ${stdout}`);
  const args = [...FLAGS, ...(isRoot() ? ["--no-sandbox"] : []), `--user-agent=${userAgentOf(version)}`];
  return chromium.launch({ executablePath, args });
}

const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // What moves is drawn by the processor here.
  "--force-prefers-reduced-motion",
];
