import type { PoolClient } from "pg";
import type { BatchHandler } from "#app/cache/process-batches.server.ts";
import type { Db } from "#app/lib/db.server.ts";
import { countNames, type Foreseen } from "./foreseen.ts";

/** SQL of the rows that entries with the ids $2 of the shop $1 feed, as `key`, `record` (what a person counts) and `row`. */
const rowsOf = {
  product: `with fed as (select * from "Product" where shop = $1 and "shopifyProductIds" && $2::text[])
    select 'Product.' || id as key, id as record, to_jsonb(fed) as row from fed
    union all select 'Variation.' || v.id, v."productId", to_jsonb(v) from "Variation" v join fed on v.shop = $1 and v."productId" = fed.id
    union all select 'Sku.' || s.id, s."productId", to_jsonb(s) from "Sku" s join fed on s.shop = $1 and s."productId" = fed.id`,
  customer: `select 'Customer.' || id as key, id as record, to_jsonb(c) as row from "Customer" c
    where shop = $1 and "shopifyCustomerId" = any($2)`,
  inventory: `select 'Stock.' || id as key, id as record, jsonb_build_object('skuId', "skuId", 'availableQty', "availableQty",
      'onHandQty', "onHandQty", 'committedQty', "committedQty", 'incomingQty', "incomingQty", 'reservedQty', "reservedQty",
      'deletedAt', "deletedAt") as row
    from "ShopifyInventoryCache" where shop = $1 and id = any($2)`,
} as const;

/** Says when a row was written, and no news. */
const OUR_TIMES = new Set(["createdAt", "updatedAt"]);

/**
 * What a handler that compares with the rows themselves would change: it is run, and the rows are read before and after. The
 * caller takes everything back.
 */
export function foreseeByHandler(
  kind: keyof typeof rowsOf,
  handle: BatchHandler,
): (tx: PoolClient, batch: Parameters<BatchHandler>[1]) => Promise<Foreseen> {
  return async (tx, batch) => {
    const ids = batch.entries.map(({ id }) => id);
    const before = await readRows(tx, rowsOf[kind], [batch.shop, ids]);
    const { done, failed } = await handle(tx, batch);
    const after = await readRows(tx, rowsOf[kind], [batch.shop, ids]);
    return {
      entries: done.map(({ id, outcome }) => ({ id, outcome })),
      failed,
      columns: countNames(differingColumns(before, after).values()),
    };
  };
}

type Row = { record: string; row: Readonly<Record<string, unknown>> };

async function readRows(tx: Db, sql: string, values: unknown[]): Promise<Map<string, Row>> {
  const { rows } = await tx.query<Row & { key: string }>(sql, values);
  return new Map(rows.map(({ key, ...row }) => [key, row]));
}

/** Columns that differ, by record. A row that is new or gone counts as such: it has no columns to compare. */
function differingColumns(
  before: ReadonlyMap<string, Row>,
  after: ReadonlyMap<string, Row>,
): Map<string, string[]> {
  const byRecord = new Map<string, string[]>();
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const table = key.slice(0, key.indexOf("."));
    const [old, now] = [before.get(key), after.get(key)];
    const columns =
      old === undefined || now === undefined
        ? [`${table} (row ${old ? "too many" : "missing"})`]
        : Object.keys(now.row)
            .filter((column) => !OUR_TIMES.has(column))
            .filter((column) => JSON.stringify(old.row[column]) !== JSON.stringify(now.row[column]))
            .map((column) => `${table}.${column}`);
    const record = (now ?? old)?.record ?? key;
    byRecord.set(record, [...(byRecord.get(record) ?? []), ...columns]);
  }
  return byRecord;
}
