import { execFile } from "node:child_process";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * The app as far as Shopify is concerned, built by Shopify's own command line: offline, in `folder`, where it keeps its settings
 * too. `change` edits shopify.app.toml first.
 * @returns what the command said, and the bundle of the block on the order page
 */
export async function buildShopifyApp(
  folder: string,
  name: string,
  change: (toml: string) => string = (toml) => toml,
): Promise<{ said: string; bundle: string }> {
  const app = path.join(folder, name);
  for (const file of ["package.json", "shopify.web.toml", "tsconfig.json"])
    await cp(file, path.join(app, file));
  // What a build here has left behind proves nothing.
  const filter = (source: string) => path.basename(source) !== "dist";
  await cp("extensions", path.join(app, "extensions"), { recursive: true, filter });
  for (const used of ["node_modules", "app"]) await symlink(path.resolve(used), path.join(app, used));
  await writeFile(path.join(app, "shopify.app.toml"), change(await readFile("shopify.app.toml", "utf8")));
  const { stdout, stderr } = await run(
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
  const bundle = path.join(app, "extensions/order-sync-status/dist/order-sync-status.js");
  return { said: stdout + stderr, bundle: await readFile(bundle, "utf8") };
}
