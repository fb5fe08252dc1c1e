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

  route("api/shopify/proof", "routes/api.shopify.proof.ts"),
  route("api/shopify/orders/fetch", "routes/api.shopify.orders.fetch.ts"),
  route("api/shopify/webhooks/health", "routes/api.shopify.webhooks.health.ts"),
  route("api/shopify/privacy", "routes/api.shopify.privacy.ts"),
  route("api/shopify/privacy/:id/export", "routes/api.shopify.privacy.$id.export.ts"),

  ...webhookAreas.map((area) =>
    route(`api/webhooks/shopify/${area}`, `routes/api.webhooks.shopify.${area}.ts`),
  ),
] satisfies RouteConfig;
