import type { Pool } from "pg";
import { wishFor } from "#app/cache/wish-for.server.ts";
import { inRepeatedTransaction } from "#app/lib/in-repeated-transaction.server.ts";
import type { DayProof } from "./day-proof.ts";

/**
 * Notes the orders a proof found missing or differing for the worker to fetch, at once even where an earlier try was put off. A
 * missing one whose entry waits or has failed needs no fetch: it becomes an order, or its error says what to do.
 */
export async function askForOrders(
  pool: Pool,
  { shop, day, missing, differing }: Pick<DayProof, "shop" | "day" | "missing" | "differing">,
  now: Date,
): Promise<void> {
  await inRepeatedTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      `SELECT id FROM "ShopifyOrderCache" WHERE shop = $1 AND id = ANY($2)`,
      [shop, missing],
    );
    const held = new Set(rows.map(({ id }) => id));
    await wishFor(tx, {
      ...{ shop, kind: "order" },
      wishes: [
        ...differing.map((id) => ({ id, reason: "Differs from Shopify's total", at: now })),
        ...missing
          .filter((id) => !held.has(id))
          .map((id) => ({ id, reason: `Missing in the proof of ${day}`, at: now })),
      ],
    });
  });
}
