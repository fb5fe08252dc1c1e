import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";

import { renderAdminPage } from "#simulator/admin/admin-page.ts";
import type { AdminRoutes, AdminSim } from "#simulator/admin/types.ts";

/** The last part of the app's address in the Admin: `/store/{handle}/apps/erp-sync`. */
const APP_HANDLE = "erp-sync";
const APP_NAME = "ERP Sync";

const ASSETS = new Map([
  ["/app-bridge.js", { file: "app-bridge.browser.ts", type: "text/javascript; charset=utf-8" }],
  ["/admin-assets/admin.js", { file: "admin.browser.ts", type: "text/javascript; charset=utf-8" }],
  ["/admin-assets/admin.css", { file: "admin.css", type: "text/css; charset=utf-8" }],
]);

/**
 * The imitated Shopify Admin: one page with an iframe that holds the app, the session tokens that
 * App Bridge asks the Admin for, and the App Bridge script itself.
 */
export const adminRoutes: AdminRoutes = (sim) => async (req, res, url) => {
  const asset = ASSETS.get(url.pathname);
  if (asset && req.method === "GET") {
    send(res, 200, asset.type, await loadAsset(asset.file));
    return true;
  }
  const handle = storeHandle(sim);
  const home = `/store/${handle}/apps/${APP_HANDLE}`;
  if (req.method === "GET" && ["/", "/admin", `/store/${handle}`].includes(url.pathname)) {
    res.writeHead(302, { Location: home }).end();
    return true;
  }
  if (url.pathname === `/store/${handle}/session-token` && req.method === "POST") {
    send(res, 200, "text/plain; charset=utf-8", sim.issueSessionToken());
    return true;
  }
  if ((url.pathname === home || url.pathname.startsWith(`${home}/`)) && req.method === "GET") {
    const appUrl = sim.appUrl();
    if (appUrl === null) {
      send(res, 503, "text/plain; charset=utf-8", "The app's address is not known yet: start the app.");
      return true;
    }
    send(
      res,
      200,
      "text/html; charset=utf-8",
      renderAdminPage({
        shopName: sim.shopName,
        appName: APP_NAME,
        home,
        tokenPath: `/store/${handle}/session-token`,
        appOrigin: new URL(appUrl).origin,
        frameUrl: frameUrl(sim, appUrl, url.pathname.slice(home.length) || "/", new Date()),
      }),
    );
    return true;
  }
  return false;
};

/**
 * The address Shopify puts into the iframe: the app's own path, then shop, host, a session token and
 * an HMAC over the sorted parameters (Shopify's docs, "Set up embedded app authorization").
 */
function frameUrl(sim: AdminSim, appUrl: string, path: string, now: Date): string {
  const parameters: Record<string, string> = {
    embedded: "1",
    host: Buffer.from(`admin.shopify.com/store/${storeHandle(sim)}`)
      .toString("base64")
      .replace(/=+$/, ""),
    id_token: sim.issueSessionToken(),
    locale: "en",
    shop: sim.domain,
    timestamp: String(Math.floor(now.getTime() / 1000)),
  };
  const message = Object.entries(parameters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const hmac = createHmac("sha256", sim.apiSecret).update(message).digest("hex");
  return `${appUrl}${path}?${new URLSearchParams({ ...parameters, hmac }).toString()}`;
}

function storeHandle(sim: AdminSim): string {
  return sim.domain.replace(/\.myshopify\.com$/, "");
}

const assets = new Map<string, Promise<string>>();

/** The browser's scripts are typed like all other code; their types are taken out as they are first served. */
function loadAsset(file: string): Promise<string> {
  const known = assets.get(file) ?? readAsset(file);
  assets.set(file, known);
  return known;
}

async function readAsset(file: string): Promise<string> {
  const text = await readFile(new URL(file, import.meta.url), "utf8");
  if (!file.endsWith(".ts")) return text;
  const { transformWithEsbuild } = await import("vite");
  return (await transformWithEsbuild(text, file, { loader: "ts", sourcemap: false })).code;
}

function send(res: ServerResponse, status: number, type: string, body: string): void {
  res.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store" }).end(body);
}
