import type { PoolClient } from "pg";
import { AppError } from "#app/lib/errors.ts";
import type { FailedDetail } from "#app/shopify/details/ask-in-batches.server.ts";
import type { DetailKind } from "#app/shopify/details/fetch-details.server.ts";

/** Without read_all_orders Shopify shows the orders of the last 60 days (its docs, access scopes); the day of the limit is in doubt. */
export const SURELY_SHOWN_MS = 59 * 86_400_000;

/**
 * Tells what is gone from what is only hidden: without read_all_orders Shopify answers for an older order as if there were
 * none, and it must not be taken for deleted.
 * @param ids what Shopify had no record of
 */
export async function setHiddenApart(
  tx: PoolClient,
  {
    shop,
    kind,
    ids,
    scopes,
    now,
  }: { shop: string; kind: DetailKind; ids: readonly string[]; scopes: readonly string[]; now: Date },
): Promise<{ gone: string[]; hidden: FailedDetail[] }> {
  if (kind !== "order" || ids.length === 0 || scopes.includes("read_all_orders"))
    return { gone: [...ids], hidden: [] };
  const { rows } = await tx.query<{ id: string; rawData: string }>(
    `SELECT id, "rawData" FROM "ShopifyOrderCache" WHERE shop = $1 AND id = ANY($2)`,
    [shop, ids],
  );
  const error = new AppError(
    "PERIOD_NEEDS_ALL_ORDERS",
    "This order is older than 60 days: without the permission read_all_orders Shopify does not show it.",
  );
  const hidden = rows
    .filter(({ rawData }) => !(now.getTime() - createdAt(rawData) < SURELY_SHOWN_MS))
    .map(({ id }) => ({ id, error }));
  const set = new Set(hidden.map(({ id }) => id));
  return { gone: ids.filter((id) => !set.has(id)), hidden };
}

/** When the order was made, of any shape; NaN where that cannot be read. */
function createdAt(raw: string): number {
  try {
    const order = JSON.parse(raw) as { createdAt?: unknown; created_at?: unknown } | null;
    return Date.parse(String(order?.createdAt ?? order?.created_at));
  } catch {
    return NaN;
  }
}
