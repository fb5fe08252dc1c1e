import type { Pool } from "pg";
import { inTransaction, type Db } from "#app/lib/db.server.ts";
import { findMergedCustomers, findOrdersOfPerson } from "./find-person.server.ts";
import type { Counts, Person } from "./person.ts";

/** How long a person's data can be downloaded. */
const KEPT_DAYS = 30;

/** Tables of an order's rows, as they stand in the export beside the order. */
const PARTS = [
  "OrderLine",
  "OrderCharge",
  "OrderPayment",
  "Parcel",
  "ParcelLine",
  "ReturnCase",
  "ErpFact",
] as const;

/**
 * Everything that is kept about a person, as one JSON document in the request's row: the customer, their orders with all
 * that belongs to them, and every raw copy of what Shopify sent. It can be downloaded for 30 days.
 * @param requestId of the row in PrivacyRequest
 * @returns how many rows of which table are in it
 */
export async function exportCustomer(
  pool: Pool,
  {
    shop,
    customerId,
    orderIds,
    requestId,
    now,
  }: { shop: string; customerId: string; orderIds: readonly string[]; requestId: string; now: Date },
): Promise<Counts> {
  const customerIds = await findMergedCustomers(pool, { shop, customerId });
  const found = await findOrdersOfPerson(pool, { shop, customerIds });
  const person = { shop, customerIds, orderIds: [...new Set([...orderIds, ...found])].sort() };
  return inTransaction(pool, async (tx) => {
    const { records, counts } = await gather(tx, person);
    const document = { shop, customerId, madeAt: now.toISOString(), ...records };
    const expiresAt = new Date(now.getTime() + KEPT_DAYS * 86_400_000);
    await tx.query(`UPDATE "PrivacyRequest" SET export = $3, "expiresAt" = $4 WHERE shop = $1 AND id = $2`, [
      ...[shop, requestId],
      ...[JSON.stringify(document, null, 2), expiresAt],
    ]);
    return counts;
  });
}

type Records = Record<string, unknown[]>;

async function gather(
  tx: Db,
  { shop, customerIds, orderIds }: Person,
): Promise<{ records: Records; counts: Counts }> {
  const records: Records = {};
  const counts: Counts = {};
  const take = async (name: string, sql: string, ids: readonly string[]) => {
    const { rows } = await tx.query<{ row: unknown }>(sql, [shop, ids]);
    if (rows.length > 0) counts[name] = rows.length;
    records[name] = rows.map(({ row }) => row);
  };
  // Amounts as text: a number of JavaScript's would not keep them exact.
  const row = `to_jsonb(t) - 'shop' - 'outputHash' - 'actor'`;
  await take(
    "Customer",
    `SELECT ${row} || jsonb_build_object('totalSpent', "totalSpent"::text) AS row FROM "Customer" t
     WHERE shop = $1 AND "shopifyCustomerId" = ANY($2) ORDER BY id`,
    customerIds,
  );
  const money = (table: string) =>
    `(SELECT coalesce(jsonb_object_agg(key, value #>> '{}'), '{}') FROM jsonb_each(to_jsonb(t)) WHERE jsonb_typeof(value) = 'number'
       AND key IN (SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '${table}' AND data_type = 'numeric'))`;
  for (const table of ["Order", ...PARTS])
    await take(
      table,
      `SELECT ${row} || ${money(table)} AS row FROM "${table}" t
       WHERE shop = $1 AND "shopifyOrderId" = ANY($2) ORDER BY "shopifyOrderId", t::text`,
      orderIds,
    );
  for (const [kind, table, ids] of [
    ["order", "ShopifyOrderCache", orderIds],
    ["customer", "ShopifyCustomerCache", customerIds],
  ] as const) {
    const columns = `"shopifyUpdatedAt", source, "receivedAt", "rawData"`;
    await take(
      `${kind} payloads`,
      `SELECT to_jsonb(t) AS row FROM (
         SELECT id, "rawShape" AS shape, ${columns} FROM "${table}" WHERE shop = $1 AND id = ANY($2)
         UNION ALL SELECT id, shape, ${columns} FROM "ShopifyCacheSlot" WHERE shop = $1 AND kind = '${kind}' AND id = ANY($2)
         UNION ALL SELECT id, shape, ${columns} FROM "ShopifyPayloadHistory" WHERE shop = $1 AND kind = '${kind}' AND id = ANY($2)
       ) t ORDER BY id, "receivedAt"`,
      ids,
    );
  }
  return { records, counts };
}
