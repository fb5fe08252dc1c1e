import { index, route, type RouteConfig } from "@remix-run/route-config";

/** The areas of webhook topics; each address is declared in shopify.app.toml. */
const webhookAreas = ["orders", "products", "customers", "inventory", "bulk", "app", "compliance"];

export default [
  index("routes/_index.tsx"),
  route("auth/login", "routes/auth.login.tsx"),
  route("auth/*", "routes/auth.$.tsx"),

  route("app", "routes/app.tsx", [
    index("routes/app._index.tsx"),
    route("settings/shopify", "routes/app.settings.shopify.tsx"),
  ]),
  route("app/progress", "routes/app.progress.ts"),
  route("app/settings/shopify/progress", "routes/app.settings.shopify.progress.ts"),

  ...webhookAreas.map((area) =>
    route(`api/webhooks/shopify/${area}`, `routes/api.webhooks.shopify.${area}.ts`),
  ),
  route("api/*", "routes/api.ts"),
] satisfies RouteConfig;
