import type { PoolClient } from "pg";
import { encodePayloadRows } from "#app/lib/copy-payloads.ts";
import { copyRows, copySql } from "#app/lib/copy-rows.server.ts";
import { copyLine, type CopyValue } from "#app/lib/copy-text.ts";
import { cacheTables, type CacheKind, type CacheTable, type PayloadSource } from "./cache-tables.ts";
import type { PreparedPayload } from "./payload.ts";

const COLUMNS = [
  "shop",
  "id",
  "rawShape",
  "shopifyUpdatedAt",
  "triggeredAt",
  "contentHash",
  "source",
  "receivedAt",
];

type NewEntries = {
  shop: string;
  kind: CacheKind;
  source: PayloadSource;
  payloads: readonly PreparedPayload[];
  now: Date;
};

const UNIQUE_VIOLATION = "23505";

/**
 * Stores records that the cache does not hold yet. One alone (a webhook) by a prepared INSERT, which is one round trip; more
 * by COPY, which sends each payload as it came and not through a parameter. COPY knows no conflict: where another road brought
 * one of them at the same instant, all are stored one by one.
 * @returns the ids that another road was first with; nothing was stored for them
 */
export async function insertEntries(tx: PoolClient, entries: NewEntries): Promise<Set<string>> {
  const { payloads, kind } = entries;
  if (payloads.length === 0) return new Set();
  if (payloads.length === 1) return insertOneByOne(tx, entries);
  const { table, headerColumns }: CacheTable = cacheTables[kind];
  const rows = payloads.map((payload) => ({
    columns: copyLine(columnsOf(payload, entries)).slice(0, -1),
    payload: payload.raw,
  }));
  await tx.query("SAVEPOINT copy_entries");
  try {
    await copyRows(tx, copySql(table, [...COLUMNS, ...headerColumns, "rawData"]), [encodePayloadRows(rows)]);
    await tx.query("RELEASE SAVEPOINT copy_entries");
    return new Set();
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
    await tx.query("ROLLBACK TO SAVEPOINT copy_entries");
    return insertOneByOne(tx, entries);
  }
}

async function insertOneByOne(tx: PoolClient, entries: NewEntries): Promise<Set<string>> {
  const { payloads, kind } = entries;
  const { table, headerColumns }: CacheTable = cacheTables[kind];
  const columns = [...COLUMNS, ...headerColumns, "rawData"];
  const taken = new Set<string>();
  // In one order for all, so that two roads with the same records wait for each other instead of locking each other out.
  for (const payload of payloads.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const { rowCount } = await tx.query({
      name: `insert-entry-${kind}`,
      text: `INSERT INTO "${table}" (${columns.map((column) => `"${column}"`).join(", ")})
        VALUES (${columns.map((_, i) => `$${String(i + 1)}`).join(", ")}) ON CONFLICT (shop, id) DO NOTHING`,
      values: [...columnsOf(payload, entries), payload.raw.toString()],
    });
    if (rowCount === 0) taken.add(payload.id);
  }
  return taken;
}

function columnsOf(
  { id, shape, shopifyUpdatedAt, triggeredAt, stamp, header }: PreparedPayload,
  { shop, kind, source, now }: NewEntries,
): CopyValue[] {
  const { headerColumns }: CacheTable = cacheTables[kind];
  const values: CopyValue[] = [
    shop,
    id,
    shape,
    shopifyUpdatedAt,
    triggeredAt,
    stamp.contentHash,
    source,
    now,
  ];
  for (const column of headerColumns) values.push(header?.[column] ?? null);
  return values;
}
