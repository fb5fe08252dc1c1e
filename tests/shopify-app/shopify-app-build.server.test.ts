import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);

/** Shopify's own command line reads the TOML files, offline: `shopify app build`, with its settings in a folder apart. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "shopify-app-build-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The app as far as Shopify is concerned; `change` edits shopify.app.toml first. */
async function buildApp(name: string, change: (toml: string) => string = (toml) => toml) {
  const app = path.join(folder, name);
  for (const file of ["package.json", "shopify.web.toml"]) await cp(file, path.join(app, file));
  await cp("extensions", path.join(app, "extensions"), { recursive: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  });
  await writeFile(path.join(app, "shopify.app.toml"), change(await readFile("shopify.app.toml", "utf8")));
  return await run(
    path.resolve("node_modules/.bin/shopify"),
    ["app", "build", "--skip-dependencies-installation", "--path", app],
    {
      env: {
        NODE_ENV: "production",
        PATH: process.env["PATH"],
        HOME: folder,
        XDG_CONFIG_HOME: folder,
        CI: "1",
        SHOPIFY_CLI_NO_ANALYTICS: "1",
      },
    },
  );
}

test("shopify app build accepts the app", async () => {
  const { stdout, stderr } = await buildApp("as-it-is");
  expect(stdout + stderr).toContain("erp-sync-for-shopify built!");
});

test("shopify app build refuses it with a mistake in the file, so that its word counts", async () => {
  const broken = buildApp("broken", (toml) =>
    toml.replace(/^uri = .*$/m, "").replace(/^\s*uri = "\/api.*orders"$/m, ""),
  );
  await expect(broken).rejects.toMatchObject({ code: 1 });
});
