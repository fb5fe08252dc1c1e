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

/**
 * Stores records that the cache does not hold yet. One alone (a webhook) by a prepared INSERT, which is one round trip; more
 * by COPY, which sends each payload as it came and not through a parameter.
 * @throws unique violation when another road brought one of them at the same instant
 */
export async function insertEntries(tx: PoolClient, entries: NewEntries): Promise<void> {
  const { payloads, kind } = entries;
  const { table, headerColumns }: CacheTable = cacheTables[kind];
  const columns = [...COLUMNS, ...headerColumns, "rawData"];
  const [first] = payloads;
  if (first !== undefined && payloads.length === 1) {
    await tx.query({
      name: `insert-entry-${kind}`,
      text: `INSERT INTO "${table}" (${columns.map((column) => `"${column}"`).join(", ")})
        VALUES (${columns.map((_, i) => `$${String(i + 1)}`).join(", ")})`,
      values: [...columnsOf(first, entries), first.raw.toString()],
    });
    return;
  }
  const rows = payloads.map((payload) => ({
    columns: copyLine(columnsOf(payload, entries)).slice(0, -1),
    payload: payload.raw,
  }));
  await copyRows(tx, copySql(table, columns), [encodePayloadRows(rows)]);
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
