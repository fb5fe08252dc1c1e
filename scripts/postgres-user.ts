import { mkdir, readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** Whom the server runs as, when that is not ourselves. */
export type ServerUser = { uid: number; gid: number };

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * PostgreSQL refuses to run as root. As root, a server runs as the owner of its data folder if there is one
 * already, else as the machine's `postgres` user, else as `nobody`. Not root: as ourselves (undefined).
 */
export async function findServerUser(dataFolder: string): Promise<ServerUser | undefined> {
  if (!isRoot()) return undefined;
  const existing = await stat(dataFolder).catch(() => undefined);
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  const passwd = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const entry = passwd.find(([user]) => user === name);
    if (entry) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Error("PostgreSQL cannot run as root, and this machine has neither a user postgres nor nobody.");
}

/** Where root keeps what another user must reach: never inside the checkout, which may be closed to others. */
export async function stateFolder(): Promise<string> {
  const folder = "/var/lib/erp-sync-for-shopify";
  await mkdir(folder, { recursive: true, mode: 0o755 });
  return folder;
}

/** A folder for throwaway data: the temp folder, unless we are root and others may not enter it. */
export async function throwawayFolder(): Promise<string> {
  return isRoot() && !(await othersMayEnter(tmpdir())) ? "/var/tmp" : tmpdir();
}

async function othersMayEnter(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) return false;
  const parent = path.dirname(folder);
  return parent === folder || othersMayEnter(parent);
}
