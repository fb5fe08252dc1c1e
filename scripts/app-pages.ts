import type { Pool } from "pg";

/** One page of the app; a list of them is what tests, screenshots and the bench go through. */
export type AppPage = {
  /** For file names and reports: "order-detail". */
  name: string;
  /** In the app, with its query. */
  path: string;
  /** What the Admin's title bar says when the page is there. */
  title: RegExp;
  /** Its entry in the app's menu; a page without one is reached from another page. */
  menu?: string;
};

/** Records that detail pages show; null where the shop has none. */
export type PageIds = Record<"order" | "product" | "customer" | "job" | "delivery", string | null> & {
  entries: Record<CacheKind, string | null>;
  /** The last day that is over in the shop's time zone, like "2026-11-25". */
  yesterday: string;
};

type CacheKind = (typeof CACHE_KINDS)[number];
const CACHE_KINDS = ["order", "product", "customer", "inventory"] as const;

/** The pages that need no record. */
const LISTS: readonly AppPage[] = [
  { name: "home", path: "/app", title: /^Home$/ },
  { name: "orders", path: "/app/orders", title: /^Orders$/, menu: "Orders" },
  { name: "remittances", path: "/app/remittances", title: /^Remittances$/, menu: "Remittances" },
  { name: "outbox", path: "/app/outbox", title: /^Updates to Shopify$/, menu: "Updates to Shopify" },
  { name: "catalogue", path: "/app/catalogue", title: /^Catalogue$/, menu: "Catalogue" },
  { name: "sku-workbench", path: "/app/catalogue/workbench", title: /workbench/i },
  ...["texts", "proposals", "mappings"].map((part) => ({
    ...{ name: `sku-workbench-${part}`, path: `/app/catalogue/workbench?part=${part}`, title: /workbench/i },
  })),
  { name: "customers", path: "/app/customers", title: /^Customers$/, menu: "Customers" },
  { name: "inventory", path: "/app/inventory", title: /^Inventory$/, menu: "Inventory" },
  { name: "stock-compare", path: "/app/inventory/compare", title: /^Compare stock$/ },
  { name: "jobs", path: "/app/jobs", title: /^Jobs$/, menu: "Jobs" },
  { name: "cache-orders", path: "/app/cache/order", title: /cache/i, menu: "Cache" },
  { name: "cache-products", path: "/app/cache/product", title: /cache/i },
  { name: "cache-customers", path: "/app/cache/customer", title: /cache/i },
  { name: "cache-inventory", path: "/app/cache/inventory", title: /cache/i },
  { name: "webhooks", path: "/app/webhooks", title: /^Webhooks$/, menu: "Webhooks" },
  {
    ...{ name: "settings-shopify", path: "/app/settings/shopify", title: /^Shopify settings$/ },
    menu: "Shopify settings",
  },
  {
    ...{ name: "settings-payment-rules", path: "/app/settings/payment-rules", title: /^Payment rules$/ },
    menu: "Payment rules",
  },
  {
    ...{ name: "settings-orders", path: "/app/settings/orders", title: /^Order rules$/ },
    menu: "Order rules",
  },
  {
    ...{ name: "settings-stock", path: "/app/settings/stock", title: /^Stock rules$/ },
    menu: "Stock rules",
  },
  {
    ...{ name: "settings-write-back", path: "/app/settings/write-back", title: /^Write-back$/ },
    menu: "Write-back",
  },
];

/** What pages ask for by `fetch` while they are open. */
export function fetchedPaths({ entries }: Pick<PageIds, "entries">): string[] {
  return [
    ...[
      "/app/progress",
      "/app/charts",
      "/app/settings/shopify/progress",
      "/app/jobs/progress",
      "/app/webhooks/progress",
    ],
    ...["/app/catalogue/workbench/counts", "/app/cache/order/counts", "/app/inventory/sums"],
    "/app/inventory/compare/counts",
    ...(entries.order === null
      ? []
      : ["payload", "state"].map((part) => `/app/cache/order/${String(entries.order)}/${part}`)),
  ];
}

/** Lists as CSV. */
export const exportPaths = [
  ...["orders", "remittances", "outbox", "catalogue", "customers", "inventory", "jobs", "webhooks"].map(
    (name) => `/app/${name}/export`,
  ),
  ...["/app/catalogue/workbench/export", "/app/inventory/compare/export"],
  ...CACHE_KINDS.map((kind) => `/app/cache/${kind}/export`),
];

/** Every page of the app: of each sort of detail page one, of a record the shop has. */
export function appPages(ids: PageIds): AppPage[] {
  const any = /\S/;
  const details: (Omit<AppPage, "path"> & { folder: string; id: string | null })[] = [
    { name: "order-detail", folder: "/app/orders", id: ids.order, title: any },
    { name: "product-detail", folder: "/app/catalogue", id: ids.product, title: any },
    { name: "customer-detail", folder: "/app/customers", id: ids.customer, title: any },
    { name: "job-detail", folder: "/app/jobs", id: ids.job, title: any },
    { name: "webhook-detail", folder: "/app/webhooks", id: ids.delivery, title: any },
    ...CACHE_KINDS.map((kind) => ({
      ...{ name: `cache-${kind}-detail`, folder: `/app/cache/${kind}`, id: ids.entries[kind], title: any },
    })),
  ];
  return [
    ...LISTS,
    { name: "proof", path: `/app/proof/${ids.yesterday}`, title: /^Proof of / },
    ...details.flatMap(({ folder, id, ...page }) =>
      id === null ? [] : [{ ...page, path: `${folder}/${encodeURIComponent(id)}` }],
    ),
  ];
}

/** One record of each sort that the shop has, the richest first: an order with a return, an entry that failed. */
export async function findPageIds(pool: Pool, { shop }: { shop: string }): Promise<PageIds> {
  const first = async (sql: string): Promise<string | null> => {
    const { rows } = await pool.query<{ id: string }>(`${sql} LIMIT 1`, [shop]);
    return rows[0]?.id ?? null;
  };
  const yesterday = await pool.query<{ day: string }>(
    `SELECT to_char((now() AT TIME ZONE coalesce("timeZone", 'UTC'))::date - 1, 'YYYY-MM-DD') AS day FROM "Shop" WHERE shop = $1`,
    [shop],
  );
  const entry = (kind: string) =>
    first(`SELECT id FROM "Shopify${kind}Cache" WHERE shop = $1 ORDER BY "errorCode", id`);
  return {
    order: await first(
      `SELECT "shopifyOrderId" AS id FROM "Order" o WHERE shop = $1
       ORDER BY EXISTS (SELECT FROM "ReturnCase" r WHERE r.shop = o.shop AND r."shopifyOrderId" = o."shopifyOrderId") DESC, "orderDate" DESC`,
    ),
    product: await first(
      `SELECT "productId" AS id FROM "Sku" WHERE shop = $1 GROUP BY "productId" ORDER BY count(*) DESC, "productId"`,
    ),
    customer: await first(
      `SELECT id FROM "Customer" WHERE shop = $1 ORDER BY "ordersCount" DESC NULLS LAST, id`,
    ),
    job: await first(
      `SELECT id FROM "SyncJob" WHERE shop = $1 ORDER BY status = 'failed' DESC, "createdAt" DESC`,
    ),
    delivery: await first(
      `SELECT "webhookId" AS id FROM "WebhookDelivery" WHERE shop = $1 ORDER BY outcome = 'failed' DESC, "receivedAt" DESC`,
    ),
    entries: {
      order: await entry("Order"),
      product: await entry("Product"),
      customer: await entry("Customer"),
      inventory: await entry("Inventory"),
    },
    yesterday: yesterday.rows[0]?.day ?? "",
  };
}
