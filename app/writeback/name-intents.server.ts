import type { Db } from "#app/lib/db.server.ts";
import type { IntentRow } from "#app/outbox/list-intents.server.ts";
import { describeIntent } from "./describe-intent.ts";

/** An intent's order as people call it, and what is wished, in words. */
export type NamedIntent = { orderNumber: string | null; words: string };

/** Names and words of intents, with two questions for all of them. */
export async function nameIntents<Row extends Pick<IntentRow, "kind" | "entity" | "entityId" | "payload">>(
  db: Db,
  { shop, rows }: { shop: string; rows: readonly Row[] },
): Promise<(Row & NamedIntent)[]> {
  const orderIds = [
    ...new Set(rows.filter(({ entity }) => entity === "order").map(({ entityId }) => entityId)),
  ];
  const orders = await db.query<{ id: string; orderNumber: string }>(
    `select "shopifyOrderId" as id, "orderNumber" from "Order" where shop = $1 and "shopifyOrderId" = any($2)`,
    [shop, orderIds],
  );
  const lines = await db.query<{ orderId: string; id: string; title: string }>(
    `select "shopifyOrderId" as "orderId", "shopifyLineId" as id, title from "OrderLine"
     where shop = $1 and "shopifyOrderId" = any($2)`,
    [shop, orderIds],
  );
  const numbers = new Map(orders.rows.map(({ id, orderNumber }) => [id, orderNumber]));
  const titles = new Map<string, Map<string, string>>();
  for (const { orderId, id, title } of lines.rows) {
    const known = titles.get(orderId) ?? new Map<string, string>();
    titles.set(orderId, known.set(id, title));
  }
  return rows.map((row) => ({
    ...row,
    orderNumber: row.entity === "order" ? (numbers.get(row.entityId) ?? null) : null,
    words: describeIntent({ ...row, titles: titles.get(row.entityId) ?? new Map<string, string>() }),
  }));
}
