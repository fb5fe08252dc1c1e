import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { isRunning } from "./is-running.ts";

const CHECKOUT = path.dirname(import.meta.dirname);
const SOURCES = [
  "app",
  "public",
  "prisma/schema.prisma",
  "vite.config.ts",
  "package.json",
  "package-lock.json",
];
const LOCK = path.join(CHECKOUT, ".data", "build.lock");

/**
 * Builds the web app unless the build in `build/` is newer than everything it is made from. Of several
 * commands at once one builds and the others wait. Throws with the build's own words.
 */
export async function ensureBuild(): Promise<void> {
  if (await isFresh()) return;
  await takeLock();
  try {
    if (await isFresh()) return;
    const remix = createRequire(import.meta.url).resolve("@remix-run/dev/dist/cli.js");
    await promisify(execFile)(process.execPath, [remix, "vite:build"], {
      cwd: CHECKOUT,
      env: { ...process.env, NODE_ENV: "production" },
      maxBuffer: 16 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`The app could not be built:\n${stdout}${stderr}`.trim(), { cause: error });
  } finally {
    await rm(LOCK, { force: true });
  }
}

async function isFresh(): Promise<boolean> {
  const built = await stat(path.join(CHECKOUT, "build", "server", "index.js")).catch(() => undefined);
  if (!built) return false;
  const changed = await Promise.all(SOURCES.map((source) => newestChange(path.join(CHECKOUT, source))));
  return Math.max(...changed) < built.mtimeMs;
}

/** Time of the newest change in a file or folder, deleted and renamed files included (they touch the folder). */
async function newestChange(place: string): Promise<number> {
  const found = await stat(place).catch(() => undefined);
  if (!found) return 0;
  if (!found.isDirectory()) return /\.test\.tsx?$/.test(place) ? 0 : found.mtimeMs;
  const inside = await readdir(place);
  const changes = await Promise.all(inside.map((name) => newestChange(path.join(place, name))));
  return Math.max(found.mtimeMs, ...changes);
}

async function takeLock(): Promise<void> {
  await mkdir(path.dirname(LOCK), { recursive: true });
  for (;;) {
    try {
      await writeFile(LOCK, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = Number(await readFile(LOCK, "utf8").catch(() => "0"));
    if (holder && !isRunning(holder)) await rm(LOCK, { force: true });
    await sleep(200);
  }
}
