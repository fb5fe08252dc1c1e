import type { Db } from "#app/lib/db.server.ts";
import { sameJson } from "#app/lib/same-json.ts";
import { REMOVED } from "#app/shopify/codecs/keep-listed.ts";
import { quotesOf, type PersonPatterns } from "#app/shopify/codecs/person-pattern.ts";
import { forgetRemittances } from "./forget-remittances.server.ts";
import type { Counts } from "./person.ts";
import { withoutQuotes } from "./without-quotes.ts";

/** Where somebody may be quoted in words: errors, logs, notes of decisions, what waits for other systems. */
const TEXTS: readonly (readonly [table: string, ...columns: string[]])[] = [
  ["ShopifyOrderCache", "processingError", "fetchError"],
  ["ShopifyProductCache", "processingError", "fetchError"],
  ["ShopifyCustomerCache", "processingError", "fetchError"],
  ["ShopifyInventoryCache", "processingError", "fetchError"],
  ["ShopifyFetchRequest", "reason", "fetchError"],
  ["WebhookDelivery", "error"],
  ["SyncJob", "step", "errorMessage"],
  ["SyncJobLog", "message"],
  ["Outbox", "error"],
  ["AuditLog", "target"],
  ["DailyProof", "problem"],
];
const DOCUMENTS: readonly (readonly [table: string, ...columns: string[]])[] = [
  ["SyncJob", "options", "checkpoint"],
  ["Outbox", "payload", "answer", "conflict"],
  ["AuditLog", "details"],
  ["IdempotentAnswer", "answer"],
  ["SchedulerState", "lastResult"],
];

/** Takes every quotation of the person out of the shop's texts; what was written around it stays. */
export async function forgetTexts(
  tx: Db,
  { shop }: { shop: string },
  patterns: PersonPatterns,
): Promise<Counts> {
  const counts: Counts = {};
  const { telling } = patterns;
  if (telling === null) return counts;
  for (const [table, ...columns] of TEXTS)
    for (const column of columns) {
      const { rowCount } = await tx.query(
        `UPDATE "${table}" SET "${column}" = regexp_replace("${column}", $2, '${REMOVED}', 'gi')
         WHERE shop = $1 AND "${column}" ~* $2`,
        [shop, telling],
      );
      if (rowCount) counts[table] = (counts[table] ?? 0) + rowCount;
    }
  for (const [table, ...columns] of DOCUMENTS)
    for (const column of columns) {
      const reached = await forgetDocuments(tx, { shop, table, column }, patterns);
      if (reached > 0) counts[table] = (counts[table] ?? 0) + reached;
    }
  const remittances = await forgetRemittances(tx, { shop }, telling);
  if (remittances > 0) counts["Remittance"] = remittances;
  return counts;
}

/** JSON is taken apart, for a quoted number or key could not simply be cut out of its text. */
async function forgetDocuments(
  tx: Db,
  { shop, table, column }: { shop: string; table: string; column: string },
  patterns: PersonPatterns,
): Promise<number> {
  const { rows } = await tx.query<{ place: string; document: unknown }>(
    `SELECT ctid::text AS place, "${column}" AS document FROM "${table}" WHERE shop = $1 AND "${column}"::text ~* $2 FOR UPDATE`,
    [shop, patterns.telling],
  );
  const { telling } = quotesOf(patterns);
  const changed = rows
    .map((row) => ({ ...row, left: withoutQuotes(row.document, telling) }))
    .filter(({ document, left }) => !sameJson(document, left));
  await tx.query(
    `UPDATE "${table}" t SET "${column}" = u.document::jsonb FROM unnest($2::text[], $3::text[]) AS u(place, document)
     WHERE t.shop = $1 AND t.ctid = u.place::tid`,
    [shop, changed.map(({ place }) => place), changed.map(({ left }) => JSON.stringify(left))],
  );
  return changed.length;
}
