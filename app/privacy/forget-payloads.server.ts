import type { Db } from "#app/lib/db.server.ts";
import type { PayloadShape } from "#app/cache/cache-tables.ts";
import { preparePayload } from "#app/cache/prepare-payload.server.ts";
import { forgetFulfillmentOrderPerson, forgetOrderPerson } from "#app/shopify/codecs/forget-order-person.ts";
import { personPatterns, quotesOf } from "#app/shopify/codecs/person-pattern.ts";
import type { PersonTexts } from "#app/shopify/codecs/person-texts.ts";
import type { Counts, Person } from "./person.ts";

type Copy = { id: string; shape: PayloadShape; raw: string };
type Emptied = Copy & { hash: string };

/**
 * The raw copies of a person: their own records go, and what was replaced goes; their orders stay without them, and are
 * computed again. Locks the orders' entries in the order of ids, as every writer of the cache does; a worker that holds one
 * is waited for.
 */
export async function forgetPayloads(
  tx: Db,
  { shop, customerIds, orderIds }: Person,
  texts: PersonTexts,
): Promise<Counts> {
  const forget = forgetter(texts);
  // As a fulfilment order comes in: itself first, then its order.
  const parts = await tx.query<Copy>(
    `SELECT id, "rawShape" AS shape, "rawData" AS raw FROM "ShopifyFulfillmentOrderCache"
     WHERE shop = $1 AND "orderId" = ANY($2) ORDER BY id FOR UPDATE`,
    [shop, orderIds],
  );
  const entries = await tx.query<Copy>(
    `SELECT id, "rawShape" AS shape, "rawData" AS raw FROM "ShopifyOrderCache" WHERE shop = $1 AND id = ANY($2)
     ORDER BY id FOR UPDATE`,
    [shop, orderIds],
  );
  const partIds = parts.rows.map(({ id }) => id);
  const slots = await tx.query<Copy & { kind: "order" | "fulfillment_order" }>(
    `SELECT kind, id, shape, "rawData" AS raw FROM "ShopifyCacheSlot" WHERE shop = $1
       AND (kind = 'order' AND id = ANY($2) OR kind = 'fulfillment_order' AND id = ANY($3)) ORDER BY kind, id, shape FOR UPDATE`,
    [shop, orderIds, partIds],
  );
  const slotsOf = (kind: string) => slots.rows.filter((slot) => slot.kind === kind);
  const emptied = {
    entries: entries.rows.flatMap(forget.order),
    slots: slotsOf("order").flatMap(forget.order),
    parts: parts.rows.flatMap(forget.fulfillmentOrder),
    partSlots: slotsOf("fulfillment_order").flatMap(forget.fulfillmentOrder),
  };
  await writeEntries(tx, shop, emptied.entries);
  const slot = { shop, table: "ShopifyCacheSlot", shape: "shape" };
  await writeCopies(tx, { ...slot, and: `AND c.kind = 'order'` }, emptied.slots);
  await writeCopies(tx, { ...slot, and: `AND c.kind = 'fulfillment_order'` }, emptied.partSlots);
  const part = { shop, table: "ShopifyFulfillmentOrderCache", shape: "rawShape" };
  await writeCopies(tx, { ...part, and: "" }, emptied.parts);
  const counts: Counts = {
    ShopifyOrderCache: emptied.entries.length,
    ShopifyCacheSlot: emptied.slots.length + emptied.partSlots.length,
    ShopifyFulfillmentOrderCache: emptied.parts.length,
  };
  const drop = async (table: string, where: string, ids: readonly string[]) => {
    const { rowCount } = await tx.query(
      `DELETE FROM "${table}" WHERE shop = $1 AND ${where} AND id = ANY($2)`,
      [shop, ids],
    );
    counts[table] = (counts[table] ?? 0) + (rowCount ?? 0);
  };
  await drop("ShopifyPayloadHistory", `kind = 'order'`, orderIds);
  await drop("ShopifyPayloadHistory", `kind = 'fulfillment_order'`, partIds);
  for (const table of ["ShopifyPayloadHistory", "ShopifyCacheSlot", "ShopifyFetchRequest"])
    await drop(table, `kind = 'customer'`, customerIds);
  await drop("ShopifyMissedUpdate", `kind = 'customer'`, customerIds);
  await drop("ShopifyCustomerCache", "true", customerIds);
  return counts;
}

/** Emptied copies, those left out that hold nothing of the person any more. */
function forgetter(texts: PersonTexts) {
  const { naming } = quotesOf(personPatterns(texts));
  const emptied = (copy: Copy, forgotten: string): Emptied[] =>
    forgotten === copy.raw ? [] : [{ ...copy, raw: forgotten, hash: hashOf({ ...copy, raw: forgotten }) }];
  return {
    order: (copy: Copy): Emptied[] => {
      const { id, shape, raw } = copy;
      // As the door would have it, so that the same payload sent again is known; more is taken away only where it must be.
      const alone = forgetOrderPerson(shape, raw, { id });
      return emptied(copy, naming(alone) ? forgetOrderPerson(shape, raw, { id, known: texts }) : alone);
    },
    fulfillmentOrder: (copy: Copy): Emptied[] =>
      emptied(copy, forgetFulfillmentOrderPerson(copy.raw, { id: copy.id, known: texts })),
  };
}

function hashOf({ id, shape, raw }: Copy): string {
  return preparePayload({ id, shape, raw, shopifyUpdatedAt: null, triggeredAt: null }).stamp.contentHash;
}

/** Pending again, whatever became of them: their errors may quote the person, and their rows are to be computed anew. */
async function writeEntries(tx: Db, shop: string, emptied: readonly Emptied[]): Promise<void> {
  await tx.query(
    `UPDATE "ShopifyOrderCache" c SET "rawData" = u.raw, "contentHash" = u.hash, "processedAt" = NULL, "errorCode" = NULL,
       "processingError" = NULL, "fetchError" = NULL, attempts = 0, "nextRetryAt" = NULL, "quarantinedAt" = NULL
     FROM unnest($2::text[], $3::text[], $4::text[]) AS u(id, raw, hash) WHERE c.shop = $1 AND c.id = u.id`,
    [shop, ...columns(emptied, ["id", "raw", "hash"])],
  );
}

async function writeCopies(
  tx: Db,
  { shop, table, shape, and }: { shop: string; table: string; shape: string; and: string },
  emptied: readonly Emptied[],
): Promise<void> {
  await tx.query(
    `UPDATE "${table}" c SET "rawData" = u.raw, "contentHash" = u.hash
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS u(id, raw, hash, shape)
     WHERE c.shop = $1 AND c.id = u.id AND c."${shape}" = u.shape ${and}`,
    [shop, ...columns(emptied, ["id", "raw", "hash", "shape"])],
  );
}

function columns(rows: readonly Emptied[], names: readonly (keyof Emptied)[]): string[][] {
  return names.map((name) => rows.map((row) => row[name]));
}
