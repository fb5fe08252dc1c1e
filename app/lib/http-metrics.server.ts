import type { RequestHandler } from "express";
import { collectDefaultMetrics, Histogram } from "prom-client";

import type { Log } from "./log.server.ts";

collectDefaultMetrics();

const duration = new Histogram({
  name: "http_request_duration_seconds",
  help: "How long answers took, by method, area of the app and status.",
  labelNames: ["method", "area", "status"],
  buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
});

/**
 * Measures and logs every request by its path. Never the full URL: Shopify puts session tokens
 * into the query string.
 */
export function watchRequests(log: Log): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    const path = req.path;
    res.on("finish", () => {
      const ms = performance.now() - started;
      duration.observe({ method: req.method, area: areaOf(path), status: res.statusCode }, ms / 1000);
      log.debug({ method: req.method, path, status: res.statusCode, ms: Math.round(ms) }, "request");
    });
    next();
  };
}

/** A handful of areas, so that ids in paths do not become a metric each. */
function areaOf(path: string): string {
  const [, first = "", second = ""] = path.split("/");
  if (first === "api") return second === "webhooks" ? "webhooks" : "api";
  return ["app", "auth"].includes(first) ? first : "other";
}
