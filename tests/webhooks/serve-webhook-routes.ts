import type { AppContext } from "#app/context.server.ts";
import { routeFiles, serveRoutes } from "#tests/setup/serve-routes.ts";

/** The app's webhook routes. */
export const webhookRouteFiles = routeFiles((path) => path.startsWith("api/webhooks/"));

/** Serves the app's own webhook routes, as production does but for the bundling. */
export function serveWebhookRoutes(context: AppContext) {
  return serveRoutes(context, webhookRouteFiles);
}
