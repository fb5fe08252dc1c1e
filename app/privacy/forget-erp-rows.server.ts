import type { Db } from "#app/lib/db.server.ts";
import { REMOVED } from "#app/shopify/codecs/keep-listed.ts";
import type { PersonPatterns } from "#app/shopify/codecs/person-pattern.ts";
import type { Counts, Person } from "./person.ts";

/** In no text: what is looked for where nothing is. */
const NOTHING = "(?!x)x";

/** Columns of an order that are the person's, and what stands in them when there is nobody. */
export const EMPTY_ORDER = {
  customerId: "NULL",
  shopifyCustomerId: "NULL",
  customerName: "NULL",
  customerEmail: "NULL",
  customerPhone: "NULL",
  shippingAddress: "NULL",
  billingAddress: "NULL",
  note: "NULL",
  poNumber: "NULL",
  attributes: `'[]'::jsonb`,
} as const;

/** SQL: an order's ways of shipping, with the words removed in which a merchant wrote what the pattern finds. */
function shippingLinesWithout(pattern: string): string {
  const word = (key: string) =>
    `'${key}', CASE WHEN line->>'${key}' ~* ${pattern} THEN '${REMOVED}' ELSE line->>'${key}' END`;
  return `(SELECT coalesce(jsonb_agg(line || jsonb_build_object(${word("title")}, ${word("code")}) ORDER BY n), '[]')
    FROM jsonb_array_elements("shippingLines") WITH ORDINALITY AS u(line, n))`;
}

/** SQL: what keeps an order back, with other words. */
export function holdsWith(words: string): string {
  return `(SELECT coalesce(jsonb_agg(hold || jsonb_build_object('words', ${words}) ORDER BY n), '[]')
    FROM jsonb_array_elements(holds) WITH ORDINALITY AS u(hold, n))`;
}

/** Words that the processor made of titles, which may quote the person as their titles do. */
const wordsWithout = (column: string, pattern: string) =>
  `regexp_replace(${column}, ${pattern}, '${REMOVED}', 'gi')`;

/**
 * The ERP's orders of a person without them: at once, because the entries made pending are only computed later. Amounts,
 * quantities and statuses are not touched. The hash is emptied, so that the computed rows are written whatever they were.
 * @returns counts, and the orders the feed tells of: test orders are told to nobody
 */
export async function forgetOrderRows(
  tx: Db,
  { shop, orderIds }: Person,
  { telling, naming }: PersonPatterns,
  now: Date,
): Promise<{ counts: Counts; told: string[] }> {
  const set = Object.entries(EMPTY_ORDER).map(([column, empty]) => `"${column}" = ${empty}`);
  const held = Object.entries(EMPTY_ORDER).map(([column, empty]) => `"${column}" IS DISTINCT FROM ${empty}`);
  const names = naming ?? NOTHING;
  const words = {
    stopShip: wordsWithout(`"stopShip"`, "$5"),
    holds: holdsWith(wordsWithout(`hold->>'words'`, "$5")),
  };
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE "Order" SET ${set.join(", ")}, "outputHash" = '', "updatedAt" = $4,
       tags = ARRAY(SELECT t FROM unnest(tags) WITH ORDINALITY AS u(t, n) WHERE t !~* $3 ORDER BY n),
       "discountCodes" = ARRAY(SELECT CASE WHEN t ~* $3 THEN '${REMOVED}' ELSE t END FROM unnest("discountCodes") WITH ORDINALITY AS u(t, n) ORDER BY n),
       "shippingLines" = ${shippingLinesWithout("$3")}, "stopShip" = ${words.stopShip}, holds = ${words.holds}
     WHERE shop = $1 AND "shopifyOrderId" = ANY($2) AND (${held.join(" OR ")}
       OR EXISTS (SELECT 1 FROM unnest(tags || "discountCodes") AS t WHERE t ~* $3)
       OR "shippingLines" <> ${shippingLinesWithout("$3")} OR "stopShip" ~* $5 OR holds <> ${words.holds})
     RETURNING "shopifyOrderId" AS id`,
    [shop, orderIds, names, now, telling ?? NOTHING],
  );
  const counts: Counts = { Order: rows.length };
  const reached = new Set(rows.map(({ id }) => id));
  const run = async (table: string, sql: string, values: unknown[] = []) => {
    const touched = await tx.query<{ id: string }>(
      `UPDATE "${table}" SET ${sql} RETURNING "shopifyOrderId" AS id`,
      [...[shop, orderIds, ...values]],
    );
    for (const { id } of touched.rows) reached.add(id);
    counts[table] = (counts[table] ?? 0) + touched.rows.length;
  };
  const mine = `WHERE shop = $1 AND "shopifyOrderId" = ANY($2)`;
  await run("OrderLine", `attributes = '[]' ${mine} AND attributes <> '[]'`);
  // A carrier's page may show the person.
  await run("Parcel", `"trackingUrl" = NULL ${mine} AND "trackingUrl" IS NOT NULL`);
  const removed = (column: string) => `"${column}" = '${REMOVED}' ${mine} AND "${column}" ~* $3`;
  for (const column of ["title", "variantTitle"])
    await run("OrderLine", removed(column), [telling ?? NOTHING]);
  await run("OrderCharge", removed("title"), [names]);
  await run("ReturnCase", removed("reason"), [names]);
  const told = await tx.query<{ id: string }>(
    `SELECT "shopifyOrderId" AS id FROM "Order" WHERE shop = $1 AND "shopifyOrderId" = ANY($2) AND NOT test ORDER BY 1`,
    [shop, [...reached]],
  );
  return { counts, told: told.rows.map(({ id }) => id) };
}

/**
 * The customer's own rows, those merged into them too, emptied and archived. Nothing leads to them any more: Shopify's id
 * stands in the tombstone, which is what keeps a late delivery from making a new one.
 * @returns ids of the rows
 */
export async function forgetCustomerRows(
  tx: Db,
  { shop, customerIds, now }: { shop: string; customerIds: readonly string[] | "all"; now: Date },
): Promise<string[]> {
  const all = customerIds === "all";
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE "Customer" SET "shopifyCustomerId" = NULL, email = NULL, phone = NULL, "firstName" = NULL, "lastName" = NULL,
       "defaultAddress" = NULL, "acceptsMarketing" = NULL, tags = '{}', note = NULL, state = NULL, "ordersCount" = NULL,
       "totalSpent" = NULL, currency = NULL, "taxExempt" = NULL, "shopifyUpdatedAt" = NULL, "mergedIntoId" = NULL,
       "archivedAt" = coalesce("archivedAt", $2), "redactedAt" = $2, "updatedAt" = $2
     WHERE shop = $1 AND id IN (SELECT id FROM "Customer" WHERE shop = $1 AND "redactedAt" IS NULL
       ${all ? "" : `AND "shopifyCustomerId" = ANY($3)`} ORDER BY id FOR UPDATE) RETURNING id`,
    all ? [shop, now] : [shop, now, customerIds],
  );
  return rows.map(({ id }) => id);
}
