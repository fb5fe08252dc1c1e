import { hash } from "node:crypto";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";

/**
 * Where whoever runs jobs keeps their downloads. One per user, whose folder in a shared /tmp another could not write to, and per
 * database: whoever sweeps a folder must know all jobs that may be in it.
 */
export function defaultWorkDir(databaseUrl: string): string {
  const database = hash("sha256", databaseUrl, "hex").slice(0, 16);
  return path.join(tmpdir(), `erp-sync-${userInfo().username}`, database);
}
