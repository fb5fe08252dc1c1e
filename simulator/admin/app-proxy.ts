import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";

const SHOPIFY_APP_BRIDGE = "https://cdn.shopify.com/shopifycloud/app-bridge.js";

/**
 * Stands in front of the app where Shopify CLI's tunnel stands in development. It passes everything on
 * unchanged (the Host too: the app compares it with the browser's Origin), except two response headers
 * that name Shopify's own https addresses: the local Admin may frame the app, and App Bridge is
 * preloaded from the simulator.
 * @param target where the app listens, like `http://127.0.0.1:4000`; a function where that is
 *   known later (the app is told the proxy's address before it starts), null until then
 * @param simulatorUrl the Admin's origin as the browser sees it
 * @param port 0 = any free one
 * @returns `url` as the browser sees it, without a trailing slash
 */
export async function startAppProxy({
  target,
  simulatorUrl,
  port,
}: {
  target: string | (() => string | null);
  simulatorUrl: string;
  port: number;
}): Promise<{ url: string; close: () => Promise<void> }> {
  const simulator = new URL(simulatorUrl).origin;

  const server = createServer((req, res) => {
    const known = typeof target === "string" ? target : target();
    if (known === null) {
      res.writeHead(502, { "Content-Type": "text/plain" }).end("The app has not started yet.");
      return;
    }
    const app = new URL(known);
    const upstream = httpRequest(
      { host: app.hostname, port: app.port, method: req.method, path: req.url, headers: req.headers },
      (answer) => {
        res.writeHead(
          answer.statusCode ?? 502,
          answer.statusMessage,
          localHeaders(answer.headers, simulator),
        );
        // A cut on either side is the other side's business to notice; nothing is left to do here.
        pipeline(answer, res).catch(() => res.destroy());
      },
    );
    upstream.on("error", () => {
      if (res.headersSent) res.destroy();
      else res.writeHead(502, { "Content-Type": "text/plain" }).end("The app does not answer.");
    });
    pipeline(req, upstream).catch(() => upstream.destroy());
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://localhost:${String(address.port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function localHeaders(headers: IncomingHttpHeaders, simulator: string): OutgoingHttpHeaders {
  const local: OutgoingHttpHeaders = { ...headers };
  const policy = headers["content-security-policy"];
  if (typeof policy === "string") {
    local["content-security-policy"] = policy.replace(
      /frame-ancestors(?! 'none')/,
      `frame-ancestors ${simulator}`,
    );
  }
  const link = headers.link;
  if (typeof link === "string") {
    local.link = link.replace(SHOPIFY_APP_BRIDGE, `${simulator}/app-bridge.js`);
  }
  return local;
}
