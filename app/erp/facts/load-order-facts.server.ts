import type { Db } from "#app/lib/db.server.ts";
import type { OrderFacts } from "./order-facts.ts";
import { readOrderFacts, type FactRow } from "./read-order-facts.ts";

/** What the ERP did with these orders; most have nothing. */
export async function loadOrderFacts(
  db: Db,
  { shop, orderIds }: { shop: string; orderIds: readonly string[] },
): Promise<ReadonlyMap<string, OrderFacts>> {
  const { rows } = await db.query<Omit<FactRow, "at"> & { orderId: string; at: Date }>({
    name: "load-erp-facts",
    text: `SELECT "shopifyOrderId" AS "orderId", kind, "shopifyLineId" AS "lineId", "parcelId", qty, details, at
      FROM "ErpFact" WHERE shop = $1 AND "shopifyOrderId" = ANY($2) ORDER BY id`,
    values: [shop, orderIds],
  });
  const byOrder = Map.groupBy(rows, ({ orderId }) => orderId);
  return new Map(
    [...byOrder].map(([orderId, facts]) => [
      orderId,
      readOrderFacts(facts.map((fact) => ({ ...fact, at: fact.at.toISOString() }))),
    ]),
  );
}
