import { index, layout, route, type RouteConfig } from "@remix-run/route-config";

/** The areas of webhook topics; each address is declared in shopify.app.toml. */
const webhookAreas = ["orders", "products", "customers", "inventory", "bulk", "app", "compliance"];

export default [
  index("routes/_index.tsx"),
  route("auth/login", "routes/auth.login.tsx"),
  route("auth/*", "routes/auth.$.tsx"),

  route("app", "routes/app.tsx", [
    layout("routes/app.pages.tsx", [
      index("routes/app._index.tsx"),
      route("proof/:day", "routes/app.proof.$day.tsx"),
      route("orders", "routes/app.orders._index.tsx"),
      route("orders/:id", "routes/app.orders.$id.tsx"),
      route("remittances", "routes/app.remittances.tsx"),
      route("outbox", "routes/app.outbox.tsx"),
      route("catalogue", "routes/app.catalogue._index.tsx"),
      route("catalogue/workbench", "routes/app.catalogue.workbench.tsx"),
      route("catalogue/:id", "routes/app.catalogue.$id.tsx"),
      route("customers", "routes/app.customers._index.tsx"),
      route("customers/:id", "routes/app.customers.$id.tsx"),
      route("inventory", "routes/app.inventory.tsx"),
      route("inventory/compare", "routes/app.inventory.compare.tsx"),
      route("jobs", "routes/app.jobs._index.tsx"),
      route("jobs/:id", "routes/app.jobs.$id.tsx"),
      route("cache/:kind", "routes/app.cache.$kind._index.tsx"),
      route("cache/:kind/:id", "routes/app.cache.$kind.$id.tsx"),
      route("webhooks", "routes/app.webhooks._index.tsx"),
      route("webhooks/:id", "routes/app.webhooks.$id.tsx"),
      route("settings/shopify", "routes/app.settings.shopify.tsx"),
      route("settings/payment-rules", "routes/app.settings.payment-rules.tsx"),
      route("settings/orders", "routes/app.settings.orders.tsx"),
      route("settings/stock", "routes/app.settings.stock.tsx"),
      route("settings/write-back", "routes/app.settings.write-back.tsx"),
      route("*", "routes/app.no-such-page.tsx"),
    ]),
  ]),
  // What the pages fetch: fresh figures, and lists as CSV.
  route("app/progress", "routes/app.progress.ts"),
  route("app/charts", "routes/app.charts.ts"),
  route("app/settings/shopify/progress", "routes/app.settings.shopify.progress.ts"),
  route("app/orders/export", "routes/app.orders.export.ts"),
  route("app/remittances/export", "routes/app.remittances.export.ts"),
  route("app/outbox/export", "routes/app.outbox.export.ts"),
  route("app/catalogue/export", "routes/app.catalogue.export.ts"),
  route("app/catalogue/workbench/export", "routes/app.catalogue.workbench.export.ts"),
  route("app/catalogue/workbench/counts", "routes/app.catalogue.workbench.counts.ts"),
  route("app/customers/export", "routes/app.customers.export.ts"),
  route("app/inventory/export", "routes/app.inventory.export.ts"),
  route("app/inventory/sums", "routes/app.inventory.sums.ts"),
  route("app/inventory/compare/counts", "routes/app.inventory.compare.counts.ts"),
  route("app/inventory/compare/export", "routes/app.inventory.compare.export.ts"),
  route("app/jobs/export", "routes/app.jobs.export.ts"),
  route("app/jobs/progress", "routes/app.jobs.progress.ts"),
  route("app/cache/:kind/export", "routes/app.cache.$kind.export.ts"),
  route("app/cache/:kind/counts", "routes/app.cache.$kind.counts.ts"),
  route("app/cache/:kind/:id/payload", "routes/app.cache.$kind.$id.payload.ts"),
  route("app/cache/:kind/:id/state", "routes/app.cache.$kind.$id.state.ts"),
  route("app/webhooks/export", "routes/app.webhooks.export.ts"),
  route("app/webhooks/progress", "routes/app.webhooks.progress.ts"),

  ...webhookAreas.map((area) =>
    route(`api/webhooks/shopify/${area}`, `routes/api.webhooks.shopify.${area}.ts`),
  ),
  route("api/*", "routes/api.ts"),
] satisfies RouteConfig;
