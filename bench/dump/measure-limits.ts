/**
 * What this machine and this database can do at most: the same ready rows into the same tables, with nothing to read,
 * decide or look up. Measured beside our own road, in the same run.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Pool, PoolClient } from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { inTransaction } from "#app/lib/db.server.ts";

type Options = { from: string; to: string; workDir: string };

const CACHE_COLUMNS = [
  "id", "rawShape", "shopifyUpdatedAt", "triggeredAt", "contentHash", "source", "receivedAt", "orderNumber",
  "financialStatus", "fulfillmentStatus", "rawData",
]; // prettier-ignore

const quoted = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(", ");

/** Seconds to COPY the cache rows of shop `from`, made ready in two files, over two connections. */
export async function measureCacheLimit(pool: Pool, { from, to, workDir }: Options): Promise<number> {
  const files = [0, 1].map((half) => join(workDir, `limit-cache-${String(half)}`));
  for (const [half, file] of files.entries())
    await exportRows(
      pool,
      `SELECT '${to}', ${quoted(CACHE_COLUMNS)} FROM "ShopifyOrderCache"
       WHERE shop = '${from}' AND id::bigint / 7 % 2 = ${String(half)}`,
      file,
    );
  await pool.query("CHECKPOINT");
  const started = performance.now();
  await Promise.all(
    files.map((file) =>
      inTransaction(pool, (tx) =>
        importRows(tx, `COPY "ShopifyOrderCache" (shop, ${quoted(CACHE_COLUMNS)}) FROM STDIN`, file),
      ),
    ),
  );
  return (performance.now() - started) / 1000;
}

const ERP_TABLES = ["Order", "OrderLine", "OrderCharge", "OrderPayment", "Parcel", "ParcelLine"] as const;
const BATCH = 1000;

/**
 * Seconds for temp-table COPY + INSERT … ON CONFLICT DO UPDATE of the ERP rows of shop `from`, 1,000 orders a batch and a
 * transaction, one connection; a feed row per order, as our own road writes it.
 */
export async function measureErpLimit(pool: Pool, { from, to, workDir }: Options): Promise<number> {
  const tables = await Promise.all(ERP_TABLES.map((table) => describeTable(pool, table)));
  const bounds = await pool.query<{ id: string }>(
    `SELECT id FROM (SELECT "shopifyOrderId" AS id, row_number() OVER (ORDER BY "shopifyOrderId") AS n FROM "Order" WHERE shop = $1) o
     WHERE (n - 1) % ${String(BATCH)} = 0 ORDER BY id`,
    [from],
  );
  const starts = bounds.rows.map(({ id }) => id);
  for (const [batch, start] of starts.entries())
    for (const { table, columns } of tables) {
      const until = starts[batch + 1];
      await exportRows(
        pool,
        `SELECT '${to}', ${quoted(columns)} FROM "${table}" WHERE shop = '${from}' AND "shopifyOrderId" >= '${start}'
         ${until === undefined ? "" : `AND "shopifyOrderId" < '${until}'`}`,
        join(workDir, `limit-${table}-${String(batch)}`),
      );
    }
  await pool.query("CHECKPOINT");
  const connection = await pool.connect();
  try {
    const started = performance.now();
    for (const { table } of tables)
      await connection.query(
        `CREATE TEMP TABLE "limit_${table}" (LIKE "${table}" INCLUDING DEFAULTS) ON COMMIT DELETE ROWS`,
      );
    for (const batch of starts.keys()) {
      await connection.query("BEGIN");
      for (const { table, columns, key } of tables) {
        const names = `shop, ${quoted(columns)}`;
        await importRows(
          connection,
          `COPY "limit_${table}" (${names}) FROM STDIN`,
          join(workDir, `limit-${table}-${String(batch)}`),
        );
        await connection.query(
          `INSERT INTO "${table}" (${names}) SELECT ${names} FROM "limit_${table}" ON CONFLICT (${quoted(key)}) DO UPDATE SET
           ${columns.map((column) => `"${column}" = excluded."${column}"`).join(", ")}`,
        );
      }
      await connection.query(
        `INSERT INTO "ChangeFeed" (shop, entity, "entityId", change) SELECT shop, 'order', "shopifyOrderId", 'created' FROM "limit_Order"`,
      );
      await connection.query("COMMIT");
    }
    return (performance.now() - started) / 1000;
  } finally {
    connection.release(true);
  }
}

async function describeTable(pool: Pool, table: string) {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 AND column_name <> 'shop' ORDER BY ordinal_position`,
    [table],
  );
  const key = await pool.query<{ name: string }>(
    `SELECT a.attname AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
     WHERE i.indrelid = $1::regclass AND i.indisprimary`,
    [`"${table}"`],
  );
  return { table, columns: rows.map(({ name }) => name), key: key.rows.map(({ name }) => name) };
}

async function exportRows(pool: Pool, select: string, file: string): Promise<void> {
  await inTransaction(pool, (tx) =>
    pipeline(tx.query(copyTo(`COPY (${select}) TO STDOUT`)), createWriteStream(file)),
  );
}

async function importRows(tx: PoolClient, sql: string, file: string): Promise<void> {
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), tx.query(copyFrom(sql)));
}
