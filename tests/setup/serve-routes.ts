import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import express from "express";

import type { AppContext } from "#app/context.server.ts";
import routes from "#app/routes.ts";

type RouteModule = ServerBuild["routes"][string]["module"];
type ServerRoute = ServerBuild["routes"][string];

type DeclaredRoute = { path?: string; file: string; children?: readonly DeclaredRoute[] };

export type RouteFile = { path: string; file: string };

/** Paths of the app's routes and the files that answer them, as app/routes.ts declares them: those whose path `isWanted`; the layouts around them are left out. */
export function routeFiles(isWanted: (path: string) => boolean): RouteFile[] {
  const below = ({ path, file, children = [] }: DeclaredRoute, folder: readonly string[]): RouteFile[] => {
    const parts = path === undefined ? folder : [...folder, path];
    if (children.length > 0) return children.flatMap((child) => below(child, parts));
    return parts.length > 0 && isWanted(parts.join("/")) ? [{ path: `/${parts.join("/")}`, file }] : [];
  };
  return (routes as readonly DeclaredRoute[]).flatMap((one) => below(one, []));
}

/**
 * Routes of the app behind the same Remix and express as in production, on a free port; only the bundling is left out. Every
 * request is answered with `context`.
 */
export async function serveRoutes(context: AppContext, files: readonly RouteFile[]) {
  (globalThis as { erpSyncContext?: AppContext }).erpSyncContext = context;
  const modules = await Promise.all(
    files.map(async ({ path, file }): Promise<[string, ServerRoute]> => {
      const module = (await import(new URL(`../../app/${file}`, import.meta.url).href)) as RouteModule;
      return [file, { id: file, parentId: "root", path: path.slice(1), module }];
    }),
  );
  const build: ServerBuild = {
    entry: { module: { default: () => new Response("no page is served here", { status: 500 }) } },
    routes: {
      root: { id: "root", path: "", module: { default: () => null } },
      ...Object.fromEntries(modules),
    },
    assets: { entry: { imports: [], module: "" }, routes: {}, url: "", version: "" },
    publicPath: "/",
    assetsBuildDirectory: "",
    isSpaMode: false,
    mode: "production",
    future: {
      v3_fetcherPersist: true,
      v3_relativeSplatPath: true,
      v3_throwAbortReason: true,
      v3_singleFetch: true,
      v3_lazyRouteDiscovery: false,
    },
  };

  const app = express();
  const handle = createRequestHandler({ build, mode: "production" });
  app.use((req, res, next) => void handle(req, res, next));
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
