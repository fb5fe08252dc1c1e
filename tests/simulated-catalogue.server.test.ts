import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "pg";
import { expect } from "vitest";
import { ingestBulkFile } from "#app/cache/ingest-bulk-file.server.ts";
import { findSkuProblems } from "#app/erp/catalog/find-sku-problems.server.ts";
import { processPendingProducts } from "#app/erp/catalog/process-pending-products.server.ts";
import { processPendingCustomers } from "#app/erp/customers/process-pending-customers.server.ts";
import { bulkDocument } from "#app/shopify/bulk/documents.ts";
import { writeBulkFile } from "#simulator/bulk/write-bulk-file.ts";
import { DEFAULT_SCOPES } from "#simulator/simulator-defaults.ts";
import { createStore } from "#simulator/store/create-store.ts";
import type { SimNode, SimStore } from "#simulator/store/types.ts";
import { databaseTest as test } from "./setup/test-database.ts";

const store = createStore({ orders: 400, seed: 7 });
const shop = store.domain;
const now = new Date("2026-11-22T10:00:00Z");

/** A full dump of one kind of record: the store's own bulk file, through the one door into the cache. */
async function dump(pool: Pool, purpose: "products" | "customers"): Promise<void> {
  const workDir = await mkdtemp(join(tmpdir(), "catalogue-"));
  try {
    const path = join(workDir, "dump.jsonl");
    const { query } = bulkDocument(purpose, { scopes: [...DEFAULT_SCOPES], window: null });
    const expected = await writeBulkFile(store, query, path);
    await ingestBulkFile(pool, {
      ...{ shop, operationId: randomUUID(), purpose, path, workDir, source: "dump", expected, now },
    });
  } finally {
    await rm(workDir, { recursive: true });
  }
}

async function counts(pool: Pool): Promise<Record<string, number>> {
  const { rows } = await pool.query<Record<string, number>>(
    `select (select count(distinct linked)::int from "Product", unnest("shopifyProductIds") linked where shop = $1) as products,
            (select count(distinct "shopifyVariantId")::int from "Sku" where shop = $1) as variants,
            (select count(distinct "shopifyCustomerId")::int from "Customer" where shop = $1) as customers,
            (select count(*)::int from "ChangeFeed" where shop = $1) as news`,
    [shop],
  );
  return rows[0] ?? {};
}

function listAll(from: SimStore, rootField: string): SimNode[] {
  const collection = from.collection(rootField);
  return Array.from({ length: collection?.count() ?? 0 }, (_, index) => collection?.at(index)).filter(
    (node) => node !== undefined,
  );
}

function skuTexts(from: SimStore): (string | null)[] {
  return listAll(from, "productVariants").map((variant) =>
    typeof variant["sku"] === "string" ? variant["sku"] : null,
  );
}

test("every product, variant and buying customer of a store arrives, and the same dump again changes nothing", async ({
  database: { pool },
}) => {
  await dump(pool, "products");
  await dump(pool, "customers");
  const products = await processPendingProducts(pool, { shop, limit: 100_000, now });
  const customers = await processPendingCustomers(pool, { shop, limit: 100_000, now });
  expect([products.failed, customers.failed]).toEqual([0, 0]);

  const expected = store.expectations();
  const arrived = await counts(pool);
  const texts = skuTexts(store);
  expect(arrived).toMatchObject({
    products: expected.products,
    variants: texts.length,
    customers: expected.customers,
  });

  const problems = await findSkuProblems(pool, { shop });
  expect(problems.blank.length).toBeGreaterThan(0);
  expect(problems.duplicates.length).toBeGreaterThan(0);

  await pool.query(`update "ShopifyProductCache" set "processedAt" = null`);
  await pool.query(`update "ShopifyCustomerCache" set "processedAt" = null`);
  const again = await processPendingProducts(pool, { shop, limit: 100_000, now });
  const customersAgain = await processPendingCustomers(pool, { shop, limit: 100_000, now });
  expect([again.unchanged, customersAgain.unchanged]).toEqual([products.processed, customers.processed]);
  expect(await counts(pool)).toEqual(arrived);
});
