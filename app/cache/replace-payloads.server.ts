import type { PoolClient } from "pg";
import { cacheTables, type CacheKind, type CacheTable, type PayloadSource } from "./cache-tables.ts";
import type { PreparedPayload } from "./payload.ts";
import { wishUnless } from "./wish-columns.ts";
import { SAME_INSTANT, type Placement, type Stamp } from "./place-payload.ts";

export type PlacedPayload = { payload: PreparedPayload; placement: Placement; known: readonly Stamp[] };

type Options = {
  shop: string;
  kind: CacheKind;
  source: PayloadSource;
  now: Date;
  placed: readonly PlacedPayload[];
};

/**
 * Writes payloads of records that are known already, by what `placePayload` decided: the replaced payload of the
 * same shape goes to history, the newest of all stands in the entry, the newest of the other shapes in slots.
 * The caller holds the entries' row locks. Set-based: a handful of statements for any number of records.
 */
export async function replacePayloads(tx: PoolClient, options: Options): Promise<void> {
  const { shop, kind, now, placed } = options;
  const table = cacheTables[kind].table;
  const of = (wanted: (item: PlacedPayload) => boolean) => placed.filter(wanted);
  const stored = of(({ placement }) => placement.action === "stored");
  const isMain = ({ known, payload }: PlacedPayload) => known[0]?.shape === payload.shape;

  await keepHistory(tx, { ...options, placed: of(({ placement }) => placement.action === "superseded") });
  await touch(tx, { ...options, placed: of(({ placement }) => placement.action === "touched") });
  const replacedMain = stored.filter(isMain).map(({ payload }) => payload.id);
  if (replacedMain.length > 0)
    await tx.query({
      name: `replaced-main-${kind}`,
      text: `INSERT INTO "ShopifyPayloadHistory" (shop, kind, id, shape, "contentHash", "rawData", "shopifyUpdatedAt", "triggeredAt", source, "receivedAt", "supersededAt")
        SELECT shop, $2, id, "rawShape", "contentHash", "rawData", "shopifyUpdatedAt", "triggeredAt", source, "receivedAt", $4
        FROM "${table}" WHERE shop = $1 AND id = ANY($3) ON CONFLICT DO NOTHING`,
      values: [shop, kind, replacedMain, now],
    });
  await replaceSlots(tx, { ...options, placed: stored.filter((item) => !isMain(item)) });
  // The entry's own payload steps aside into its slot where another shape is the newest now.
  const steppingAside = stored.filter((item) => !isMain(item) && item.placement.main === item.payload.shape);
  if (steppingAside.length > 0)
    await tx.query(
      `INSERT INTO "ShopifyCacheSlot" (shop, kind, id, shape, "rawData", "shopifyUpdatedAt", "triggeredAt", "contentHash", source, "receivedAt")
       SELECT shop, $2, id, "rawShape", "rawData", "shopifyUpdatedAt", "triggeredAt", "contentHash", source, "receivedAt"
       FROM "${table}" WHERE shop = $1 AND id = ANY($3)`,
      [shop, kind, steppingAside.map(({ payload }) => payload.id)],
    );
  const isNewest = ({ placement, payload }: PlacedPayload) => placement.main === payload.shape;
  await writeMain(tx, { ...options, placed: stored.filter(isNewest) });
  await writeSlots(tx, { ...options, placed: stored.filter((item) => !isNewest(item)) });
  await wakeEntries(tx, { ...options, placed: stored.filter((item) => !isNewest(item)) });
  await askForFetch(tx, options);
}

/** Payloads that stand in slots and are replaced go to history. */
async function replaceSlots(tx: PoolClient, { shop, kind, now, placed }: Options): Promise<void> {
  if (placed.length === 0) return;
  await tx.query(
    `WITH gone AS (
       DELETE FROM "ShopifyCacheSlot" s USING unnest($3::text[], $4::text[]) AS u(id, shape)
       WHERE s.shop = $1 AND s.kind = $2 AND s.id = u.id AND s.shape = u.shape RETURNING s.*)
     INSERT INTO "ShopifyPayloadHistory" (shop, kind, id, shape, "contentHash", "rawData", "shopifyUpdatedAt", "triggeredAt", source, "receivedAt", "supersededAt")
     SELECT shop, kind, id, shape, "contentHash", "rawData", "shopifyUpdatedAt", "triggeredAt", source, "receivedAt", $5
     FROM gone ON CONFLICT DO NOTHING`,
    [shop, kind, placed.map(({ payload }) => payload.id), placed.map(({ payload }) => payload.shape), now],
  );
}

/** Payloads that came too late to count: nobody computes with them, but they were sent and are kept. */
async function keepHistory(tx: PoolClient, { shop, kind, source, now, placed }: Options): Promise<void> {
  if (placed.length === 0) return;
  await tx.query(
    `INSERT INTO "ShopifyPayloadHistory" (shop, kind, id, shape, "contentHash", "rawData", "shopifyUpdatedAt", "triggeredAt", source, "receivedAt", "supersededAt")
     SELECT $1, $2, u.*, $3, $4, $4
     FROM unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::timestamptz[]) AS u
     ON CONFLICT DO NOTHING`,
    [shop, kind, source, now, ...payloadColumns(placed)],
  );
}

/** The newest payload of all into the entry, which is pending again (law 5). */
async function writeMain(tx: PoolClient, { shop, kind, source, now, placed }: Options): Promise<void> {
  if (placed.length === 0) return;
  const { table, headerColumns, queued }: CacheTable = cacheTables[kind];
  const set = headerColumns
    .map((column, i) => `, "${column}" = coalesce(u.h${String(i)}, c."${column}")`)
    .join("");
  const names = headerColumns.map((_, i) => `, h${String(i)}`).join("");
  const arrays = headerColumns.map((_, i) => `, $${String(10 + i)}::text[]`).join("");
  await tx.query({
    name: `write-main-${kind}`,
    text: `UPDATE "${table}" c SET "rawShape" = u.shape, "contentHash" = u.hash, "rawData" = u.raw, "shopifyUpdatedAt" = u.updated,
       "triggeredAt" = u.triggered, source = $2, "receivedAt" = $3${set}${queued ? `, ${pendingAgain("u.shape = 'detail'", "u.triggered")}` : ""}
     FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::timestamptz[]${arrays})
       AS u(id, shape, hash, raw, updated, triggered${names})
     WHERE c.shop = $1 AND c.id = u.id`,
    values: [
      shop,
      source,
      now,
      ...payloadColumns(placed),
      ...headerColumns.map((column) => placed.map(({ payload }) => payload.header?.[column] ?? null)),
    ],
  });
}

/**
 * What makes an entry wait for the processor. Shopify's answer to a question of ours (`answered`) tells everything, as of when it
 * was asked for (`askedAt`): it ends the wish for it, but not for news that was told later.
 */
function pendingAgain(answered: string, askedAt: string): string {
  return `"processedAt" = NULL, "errorCode" = NULL, "processingError" = NULL, attempts = 0, "nextRetryAt" = NULL, "quarantinedAt" = NULL,
    ${wishUnless(`${answered} AND (c."newsAt" IS NULL OR c."newsAt" <= ${askedAt})`)}`;
}

async function writeSlots(tx: PoolClient, { shop, kind, source, now, placed }: Options): Promise<void> {
  if (placed.length === 0) return;
  await tx.query(
    `INSERT INTO "ShopifyCacheSlot" (shop, kind, id, shape, "contentHash", "rawData", "shopifyUpdatedAt", "triggeredAt", source, "receivedAt")
     SELECT $1, $2, u.*, $3, $4
     FROM unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::timestamptz[]) AS u`,
    [shop, kind, source, now, ...payloadColumns(placed)],
  );
}

/** The same content, triggered again later: only its time moves on, so that the order stays total. */
async function touch(tx: PoolClient, { shop, kind, placed }: Options): Promise<void> {
  if (placed.length === 0) return;
  const columns = [
    placed.map(({ payload }) => payload.id),
    placed.map(({ payload }) => payload.shape),
    placed.map(({ payload }) => payload.triggeredAt),
  ];
  const from = `unnest($2::text[], $3::text[], $4::timestamptz[]) AS u(id, shape, triggered)`;
  await tx.query(
    `UPDATE "${cacheTables[kind].table}" c SET "triggeredAt" = u.triggered FROM ${from}
     WHERE c.shop = $1 AND c.id = u.id AND c."rawShape" = u.shape`,
    [shop, ...columns],
  );
  await tx.query(
    `UPDATE "ShopifyCacheSlot" s SET "triggeredAt" = u.triggered FROM ${from}
     WHERE s.shop = $1 AND s.kind = $5 AND s.id = u.id AND s.shape = u.shape`,
    [shop, ...columns, kind],
  );
}

/** A new payload in a slot makes its entry pending again too. */
async function wakeEntries(tx: PoolClient, { shop, kind, placed }: Options): Promise<void> {
  if (placed.length === 0 || !cacheTables[kind].queued) return;
  await tx.query(
    `UPDATE "${cacheTables[kind].table}" c SET ${pendingAgain("false", "NULL")} WHERE shop = $1 AND id = ANY($2)`,
    [shop, placed.map(({ payload }) => payload.id)],
  );
}

/** Two contents at one instant: only Shopify can say which one stands, in an answer to a question that is still to be asked. */
async function askForFetch(tx: PoolClient, { shop, kind, now, placed }: Options): Promise<void> {
  const asking = placed.filter(({ placement }) => placement.asksForFetch).map(({ payload }) => payload.id);
  if (asking.length === 0 || !cacheTables[kind].queued) return;
  await tx.query(
    `UPDATE "${cacheTables[kind].table}" SET "needsFetch" = $3, "newsAt" = greatest("newsAt", $4), "nextFetchAt" = NULL
     WHERE shop = $1 AND id = ANY($2)`,
    [shop, asking, SAME_INSTANT, now],
  );
}

/** Columns in the order id, shape, content hash, raw text, updated, triggered. */
function payloadColumns(placed: readonly PlacedPayload[]): unknown[][] {
  const payloads = placed.map(({ payload }) => payload);
  return [
    payloads.map(({ id }) => id),
    payloads.map(({ shape }) => shape),
    payloads.map(({ stamp }) => stamp.contentHash),
    payloads.map(({ raw }) => (typeof raw === "string" ? raw : raw.toString("utf8"))),
    payloads.map(({ shopifyUpdatedAt }) => shopifyUpdatedAt),
    payloads.map(({ triggeredAt }) => triggeredAt),
  ];
}
