import type { Pool } from "pg";
import {
  entryColumns,
  withSlots,
  type CacheEntry,
  type ClaimedRow,
} from "#app/cache/claim-pending.server.ts";
import { inTransaction } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { findSku } from "#app/erp/processor/find-sku.ts";
import { readOrderEntry } from "#app/erp/processor/read-order-entry.ts";
import type { OrderLinePart } from "#app/shopify/codecs/order-parts.ts";
import type { AwaitedSku, AwaitedSkus } from "./workbench-views.ts";
import { loadSkuIndex } from "./load-sku-index.server.ts";

/** Orders read for one look. More wait only where no product was synced yet, and then that is what helps. */
const MOST = 250;
const EXAMPLES = 3;

type WaitingOrder = { id: string; orderNumber: string; lines: OrderLinePart[] };

/**
 * Variants that orders wait for, by what the orders themselves say now: the error's text is words for a person, and names no
 * variant. A variant that Shopify says is gone is none of them: its order gets a placeholder at its next try.
 */
export async function findAwaitedSkus(
  pool: Pool,
  { shop, most = MOST }: { shop: string; most?: number },
): Promise<AwaitedSkus> {
  const { orders, isAll } = await readWaiting(pool, shop, most);
  const named = orders.flatMap(({ lines }) => lines);
  const skus = await loadSkuIndex(pool, {
    shop,
    variantIds: named.flatMap(({ variantId }) => variantId ?? []),
    skuCodes: named.flatMap(({ sku }) => sku ?? []),
  });
  const groups = new Map<string, AwaitedSku>();
  let ready = 0;
  for (const { id, orderNumber, lines } of orders) {
    const missing = new Map(
      lines.flatMap((line) =>
        line.variantId === null || line.variantIsGone || findSku(line, skus) !== undefined
          ? []
          : [[line.variantId, line] as const],
      ),
    );
    if (missing.size === 0) ready++;
    for (const [variantId, line] of missing) {
      const group = groups.get(variantId) ?? startGroup(variantId, line);
      groups.set(variantId, group);
      group.orders++;
      if (missing.size === 1) group.onlyThis++;
      if (group.examples.length < EXAMPLES) group.examples.push({ id, orderNumber });
    }
  }
  const sorted = [...groups.values()].sort(
    (a, b) => b.orders - a.orders || (a.shopifyVariantId < b.shopifyVariantId ? -1 : 1),
  );
  return { groups: sorted, isAll, ready };
}

function startGroup(shopifyVariantId: string, line: OrderLinePart): AwaitedSku {
  return {
    shopifyVariantId,
    shopifyProductId: line.productId,
    skuText: line.sku,
    title: line.title,
    variantTitle: line.variantTitle,
    orders: 0,
    onlyThis: 0,
    examples: [],
  };
}

/** The newest orders that wait, and what they name. One that cannot be read any more says nothing. */
async function readWaiting(
  pool: Pool,
  shop: string,
  most: number,
): Promise<{ orders: WaitingOrder[]; isAll: boolean }> {
  const entries = await inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<ClaimedRow & { orderNumber: string }>(
      `select ${entryColumns("order")}, coalesce("orderNumber", id) as "orderNumber" from "ShopifyOrderCache"
        where shop = $1 and "errorCode" = 'SKU_NOT_FOUND' and "processedAt" is null
        order by "receivedAt" desc, id limit $2`,
      [shop, most + 1],
    );
    const names = new Map(rows.map(({ id, orderNumber }) => [id, orderNumber]));
    const whole = await withSlots(tx, { shop, kind: "order", rows });
    return whole.map((entry) => ({ entry, orderNumber: names.get(entry.id) ?? entry.id }));
  });
  const orders = entries.slice(0, most).flatMap(({ entry, orderNumber }) => {
    const lines = readLines(entry);
    return lines === null ? [] : [{ id: entry.id, orderNumber, lines }];
  });
  return { orders, isAll: entries.length <= most };
}

function readLines(entry: CacheEntry): OrderLinePart[] | null {
  try {
    return readOrderEntry(entry, []).lines;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
