import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import { register } from "prom-client";

import { flushAnswers } from "#app/cache/note-answer.server.ts";
import { getContext } from "#app/context.server.ts";
import { registerOutboxMetrics } from "#app/jobs/outbox-metrics.server.ts";
import { registerSchedulerMetrics } from "#app/jobs/scheduler-metrics.server.ts";
import { watchRequests } from "#app/lib/http-metrics.server.ts";
import { failStart, warnOfDatabase } from "#app/lib/process-start.server.ts";
import { waitForReader } from "#app/lib/wait-for-reader.server.ts";
import { registerFeedMetrics } from "#app/outbox/feed-metrics.server.ts";
import { keepSingleShop } from "#app/shopify/keep-single-shop.server.ts";

/** How long requests under way may still take after the wish to stop. */
const CLOSE_GRACE_MS = 10_000;

/** The web process: `node app/server.ts`, until SIGTERM or SIGINT. */
async function start(): Promise<void> {
  const context = getContext();
  const { env, database, log } = context;
  registerSchedulerMetrics(context, register);
  registerOutboxMetrics(context, register);
  registerFeedMetrics(context, register);
  const built = new URL("../build/", import.meta.url);
  const build = (await import(new URL("server/index.js", built).href)) as ServerBuild;

  const app = express();
  app.disable("x-powered-by");
  app.disable("query parser"); // Remix reads the address itself
  app.use((_req, res, next) => {
    res.set({ "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin" });
    next();
  });

  // Persons are in pages, in what they fetch (`/app/orders.data`) and in exports: nobody on the way keeps a copy, nor the browser.
  app.use((req, res, next) => {
    if (/^\/app(?![^./])/.test(req.path)) res.set("Cache-Control", "no-store");
    next();
  });

  app.get("/healthz", (_req, res) => {
    res.json({ status: "ok" });
  });
  app.get("/readyz", (_req, res) => {
    database.pool.query("select 1").then(
      () => res.json({ status: "ready" }),
      (error: unknown) => {
        log.warn({ err: error }, "not ready: the database does not answer");
        res.status(503).json({ status: "not ready", reason: "The database does not answer" });
      },
    );
  });
  app.get("/metrics", (_req, res, next) => {
    register.metrics().then((metrics) => res.type(register.contentType).send(metrics), next);
  });

  // No body parser in front: webhooks are verified over the raw bytes.
  const watch = watchRequests(log);
  const serve = (routes: ServerBuild["routes"]): RequestHandler => {
    const handle = createRequestHandler({
      ...{ build: { ...build, routes }, mode: process.env.NODE_ENV },
      getLoadContext: (_req, res) => ({ drained: () => waitForReader(res) }),
    });
    return (req, res, next) => void handle(req, res, next); // hands its errors to `next` itself
  };

  // Remix lays its list of routes out anew for every request it matches, twice: among all of them that was a tenth of what
  // a webhook costs beyond its SQL. So each webhook route is served beside the root only, and before the static files.
  const { root } = build.routes;
  for (const route of Object.values(build.routes))
    if (root && route.path?.startsWith("api/webhooks/") === true)
      app.all(`/${route.path}`, watch, serve({ root, [route.id]: route }));

  // Behind the webhooks, whose answers are empty. A page's scripts are a third of their size then. An export is not: between it and the
  // line would stand a buffer without an end.
  app.use(
    compression({
      filter: (req, res) =>
        !String(res.getHeader("Content-Type")).startsWith("text/csv") && compression.filter(req, res),
    }),
  );

  // Names of built assets carry a hash of their content.
  const client = fileURLToPath(new URL("client/", built));
  app.use("/assets", express.static(`${client}assets`, { immutable: true, maxAge: "1y", index: false }));
  app.use(express.static(client, { maxAge: "1h", index: false }));

  // Not all("*"): that reads the whole path as a parameter, and fails where an address has a stray "%".
  app.use(watch, serve(build.routes));

  const onError: ErrorRequestHandler = (error: unknown, req, res, next) => {
    log.error({ err: error, method: req.method, path: req.path }, "request failed");
    if (res.headersSent) next(error);
    else res.status(500).type("text/plain").send("Something went wrong");
  };
  app.use(onError);

  const server = env.listenHost === undefined ? app.listen(env.port) : app.listen(env.port, env.listenHost);
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : env.port;
  log.info({ port }, "web process listening");
  warnOfDatabase(database.pool, log);
  const closing = new AbortController();
  context.closing = closing.signal;
  const recorded = keepSingleShop(context, closing.signal);

  async function close(signal: string): Promise<void> {
    log.info({ signal }, "web process closing");
    closing.abort();
    const closed = once(server, "close");
    server.close();
    server.closeIdleConnections();
    const timer = setTimeout(() => {
      server.closeAllConnections();
    }, CLOSE_GRACE_MS);
    await closed;
    clearTimeout(timer);
    await recorded;
    await flushAnswers(database.pool, log);
    await database.close();
  }

  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      close(signal).catch((error: unknown) => {
        log.error({ err: error }, "closing failed");
        process.exitCode = 1;
      });
    });
  }
}

await start().catch(failStart);
