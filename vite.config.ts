import { fileURLToPath } from "node:url";

import { vitePlugin as remix } from "@remix-run/dev";
import type { UserConfig } from "vite";
import { defineConfig } from "vite";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
}

// `shopify app dev` hands the tunnel's address over as HOST (old CLIs) or SHOPIFY_APP_URL.
const appHost = new URL(process.env.SHOPIFY_APP_URL ?? process.env.HOST ?? "http://localhost").hostname;

/**
 * Hot reload reaches the browser through the tunnel, which speaks TLS; on localhost it goes directly.
 */
function hotReload(): NonNullable<UserConfig["server"]>["hmr"] {
  if (appHost === "localhost") {
    return { protocol: "ws", host: "localhost", port: 64_999, clientPort: 64_999 };
  }
  return {
    protocol: "wss",
    host: appHost,
    port: Number(process.env.FRONTEND_PORT ?? 8002),
    clientPort: 443,
  };
}

export default defineConfig({
  server: {
    allowedHosts: [appHost],
    port: Number(process.env.PORT ?? 3000),
    hmr: hotReload(),
    fs: { allow: ["app", "node_modules", "prisma/generated"] },
  },
  plugins: [
    remix({
      ignoredRouteFiles: ["**/.*"],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        // With lazy discovery on, client navigation dies inside Shopify's iframe wherever
        // third-party storage is blocked.
        v3_lazyRouteDiscovery: false,
      },
    }),
  ],
  // The session storage recognises database errors by the classes of `@prisma/client`, a package that is
  // empty where the client is generated elsewhere: give it ours.
  resolve: {
    alias: [
      {
        find: /^@prisma\/client$/,
        replacement: fileURLToPath(new URL("prisma/generated/client.ts", import.meta.url)),
      },
    ],
  },
  ssr: { noExternal: ["@shopify/shopify-app-session-storage-prisma"] },
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  optimizeDeps: { include: ["@shopify/app-bridge-react", "@shopify/polaris"] },
});
