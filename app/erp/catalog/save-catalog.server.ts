import type { Db } from "#app/lib/db.server.ts";
import { linkInventoryLevels } from "#app/erp/inventory/link-inventory-levels.server.ts";
import { recordChanges } from "#app/outbox/record-changes.server.ts";
import type { ProposalRow } from "./catalog-rows.ts";
import type { CatalogChanges } from "./collect-catalog-changes.ts";

/** What a table's columns are as JSON fields; `id` is the key. */
type Columns = Readonly<Record<string, string>>;

const PRODUCT: Columns = {
  id: "text",
  name: "text",
  handle: "text",
  description: "text",
  vendor: "text",
  productType: "text",
  status: "text",
  tags: "text[]",
  shopifyProductId: "text",
  shopifyProductIds: "text[]",
  isGiftCard: "boolean",
  archivedAt: "timestamptz",
};

const VARIATION: Columns = {
  id: "text",
  productId: "text",
  axis: "text",
  name: "text",
  shopifySourceProductId: "text",
  position: "int",
  archivedAt: "timestamptz",
};

const SKU: Columns = {
  id: "text",
  productId: "text",
  variationId: "text",
  skuCode: "text",
  size: "text",
  options: "jsonb",
  title: "text",
  barcode: "text",
  price: "numeric",
  compareAtPrice: "numeric",
  weightGrams: "numeric",
  tracked: "boolean",
  requiresShipping: "boolean",
  isBundle: "boolean",
  isPlaceholder: "boolean",
  shopifyVariantId: "text",
  shopifyInventoryItemId: "text",
  position: "int",
  archivedAt: "timestamptz",
};

/** Writes a plan: at most one statement per table, and none where nothing changed. The caller holds the transaction. */
export async function saveCatalog(
  tx: Db,
  {
    shop,
    plan,
    now,
  }: {
    shop: string;
    plan: Pick<CatalogChanges, "products" | "variations" | "skus" | "changes"> & {
      proposals: readonly ProposalRow[];
    };
    now: Date;
  },
): Promise<void> {
  await upsert(tx, { shop, table: "Product", columns: PRODUCT, rows: plan.products, now });
  await upsert(tx, { shop, table: "Variation", columns: VARIATION, rows: plan.variations, now });
  await upsert(tx, { shop, table: "Sku", columns: SKU, rows: plan.skus, now });
  if (plan.skus.length > 0)
    await linkInventoryLevels(tx, { shop, skuIds: plan.skus.map(({ id }) => id), now });
  if (plan.proposals.length > 0)
    await tx.query(
      `insert into "ProductProposal" (shop, "shopifyProductId", "productId", reason, "createdAt")
        select $1, row."shopifyProductId", row."productId", row.reason, $3
          from json_to_recordset($2) as row("shopifyProductId" text, "productId" text, reason text)
        on conflict (shop, "shopifyProductId", "productId") do nothing`,
      [shop, JSON.stringify(plan.proposals), now],
    );
  const changes = plan.changes.map(
    ({ productId, change, parts }) => ({ entity: "product", entityId: productId, change, parts }) as const,
  );
  await recordChanges(tx, { shop, changes, now });
}

async function upsert(
  tx: Db,
  {
    shop,
    table,
    columns,
    rows,
    now,
  }: { shop: string; table: string; columns: Columns; rows: readonly object[]; now: Date },
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns).map((column) => `"${column}"`);
  const fields = Object.entries(columns).map(([column, type]) => `"${column}" ${type}`);
  const set = names.filter((name) => name !== '"id"').map((name) => `${name} = excluded.${name}`);
  await tx.query(
    `insert into "${table}" (shop, ${names.join(", ")}, "createdAt", "updatedAt")
      select $1, ${names.map((name) => `row.${name}`).join(", ")}, $3, $3
        from json_to_recordset($2) as row(${fields.join(", ")})
      on conflict (shop, id) do update set ${set.join(", ")}, "updatedAt" = excluded."updatedAt"`,
    [shop, JSON.stringify(rows), now],
  );
}
