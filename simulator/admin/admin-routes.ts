import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";

import { renderAdminPage, renderElsewhere } from "#simulator/admin/admin-page.ts";
import { readBody, sendJson } from "#simulator/http/http-io.ts";
import type { AdminRoutes, AdminSim } from "#simulator/admin/types.ts";

/** The last part of the app's address in the Admin: `/store/{handle}/apps/erp-sync`. */
const APP_HANDLE = "erp-sync";
const APP_NAME = "ERP Sync";

const JAVASCRIPT = "text/javascript; charset=utf-8";
/** App Bridge is one classic script, as Shopify's is; the Admin's own are modules, served under the names they import. */
const ASSETS = new Map<string, { files: readonly string[]; type: string }>([
  ["/app-bridge.js", { files: ["app-elements.browser.ts", "app-bridge.browser.ts"], type: JAVASCRIPT }],
  ...["admin.browser.ts", "draw-chrome.browser.ts", "find-current-page.ts"].map(
    (file) => [`/admin-assets/${file}`, { files: [file], type: JAVASCRIPT }] as const,
  ),
  ["/admin-assets/admin.css", { files: ["admin.css"], type: "text/css; charset=utf-8" }],
]);

/**
 * The imitated Shopify Admin: one page with an iframe that holds the app, the session tokens that
 * App Bridge asks the Admin for, and the App Bridge script itself.
 */
export const adminRoutes: AdminRoutes = (sim) => async (req, res, url) => {
  const asset = ASSETS.get(url.pathname);
  if (asset && req.method === "GET") {
    send(res, 200, asset.type, (await Promise.all(asset.files.map(loadAsset))).join("\n"));
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
  if (url.pathname === `/store/${handle}/scopes`) {
    if (req.method === "POST") answerGrant(res, sim, await readBody(req));
    else sendJson(res, 200, sim.scopes.detail());
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
        frameUrl: frameUrl(sim, appUrl, url, url.pathname.slice(home.length) || "/", new Date()),
      }),
    );
    return true;
  }
  if (url.pathname.startsWith(`/store/${handle}/`) && req.method === "GET") {
    const path = url.pathname.slice(`/store/${handle}`.length);
    send(res, 200, "text/html; charset=utf-8", renderElsewhere({ shopName: sim.shopName, home, path }));
    return true;
  }
  return false;
};

/** A merchant has agreed in the Admin's dialog. */
function answerGrant(res: ServerResponse, { scopes }: AdminSim, body: string): void {
  try {
    sendJson(res, 200, scopes.grant(JSON.parse(body) as string[]));
  } catch (error) {
    sendJson(res, 422, { error: (error as Error).message });
  }
}

/**
 * The address Shopify puts into the iframe: the app's own path and query, then shop, host, a session token and
 * an HMAC over the sorted parameters (Shopify's docs, "Set up embedded app authorization").
 */
function frameUrl(sim: AdminSim, appUrl: string, asked: URL, path: string, now: Date): string {
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
  // A filter may be given several times.
  const given = [...asked.searchParams].filter(([name]) => !(name in parameters) && name !== "hmac");
  const all = [...given, ...Object.entries(parameters)];
  const message = all
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const hmac = createHmac("sha256", sim.apiSecret).update(message).digest("hex");
  return `${appUrl}${path}?${new URLSearchParams([...all, ["hmac", hmac]]).toString()}`;
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
