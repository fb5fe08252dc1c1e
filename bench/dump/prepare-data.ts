import { access, mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Pool } from "pg";
import { hash } from "node:crypto";
import { ingestBulkFile } from "#app/cache/ingest-bulk-file.server.ts";
import { processPendingCustomers } from "#app/erp/customers/process-pending-customers.server.ts";
import { processPendingProducts } from "#app/erp/catalog/process-pending-products.server.ts";
import type { BulkPurpose } from "#app/shopify/bulk/bulk-purpose.ts";
import { bulkDocument } from "#app/shopify/bulk/documents.ts";
import { writeBulkFile } from "#simulator/bulk/write-bulk-file.ts";
import { createStore } from "#simulator/store/create-store.ts";

export type BenchData = {
  /** The orders' JSONL. */
  path: string;
  /** Makes a shop whose products and customers are in the ERP already, as they are before a dump of orders. */
  makeShop(shop: string): Promise<void>;
};

const SCOPES = [
  "read_orders",
  "read_all_orders",
  "read_customers",
  "read_products",
  "read_locations",
  "read_returns",
];

/** The simulated store's bulk files, made once and kept under `.data/bench` for the next run. */
export async function prepareData(
  pool: Pool,
  { orders, seed }: { orders: number; seed: number },
  say: (text: string) => void,
): Promise<BenchData> {
  const folder = join(import.meta.dirname, "../../.data/bench");
  await mkdir(folder, { recursive: true });
  const store = createStore({ orders, seed });
  const fileOf = async (purpose: BulkPurpose) => {
    const { query } = bulkDocument(purpose, { scopes: SCOPES, window: null });
    const path = join(
      folder,
      `${purpose}-${String(orders)}-${String(seed)}-${hash("sha256", query).slice(0, 8)}.jsonl`,
    );
    const exists = await access(path).then(
      () => true,
      () => false,
    );
    if (!exists) {
      say(`writing ${purpose} of a store with ${orders.toLocaleString("en")} orders`);
      await writeBulkFile(store, query, `${path}.part`);
      await rename(`${path}.part`, path);
    }
    return path;
  };
  const [products, customers, path] = [
    await fileOf("products"),
    await fileOf("customers"),
    await fileOf("orders"),
  ];
  const makeShop = async (shop: string) => {
    const now = new Date();
    await pool.query(
      `INSERT INTO "Shop" (shop, currency, "installedAt", "updatedAt") VALUES ($1, 'INR', '2020-01-01', now())`,
      [shop],
    );
    const common = { shop, workDir: join(folder, "work"), source: "dump" as const, expected: null, now };
    await ingestBulkFile(pool, { ...common, operationId: "products", purpose: "products", path: products });
    await ingestBulkFile(pool, {
      ...common,
      operationId: "customers",
      purpose: "customers",
      path: customers,
    });
    await processPendingProducts(pool, { shop, limit: Infinity, now });
    await processPendingCustomers(pool, { shop, limit: Infinity, now });
  };
  return { path, makeShop };
}
