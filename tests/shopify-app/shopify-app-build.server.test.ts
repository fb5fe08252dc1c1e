import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { buildShopifyApp } from "./build-shopify-app.ts";

/** Shopify's own command line reads the TOML files, offline: `shopify app build`, with its settings in a folder apart. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "shopify-app-build-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("shopify app build accepts the app, and bundles the block on the order page", async () => {
  const { said, bundle } = await buildShopifyApp(folder, "as-it-is");
  expect(said).toContain("erp-sync-for-shopify built!");
  expect(bundle).toContain('shopify.extend("admin.order-details.block.render"');
  // Shopify refuses a bundle above 64 kB compressed; the server's code would be far above.
  expect(bundle.length).toBeLessThan(64_000);
});

test("shopify app build refuses it with a mistake in the file, so that its word counts", async () => {
  const broken = buildShopifyApp(folder, "broken", (toml) =>
    toml.replace(/^uri = .*$/m, "").replace(/^\s*uri = "\/api.*orders"$/m, ""),
  );
  await expect(broken).rejects.toMatchObject({ code: 1 });
});
