import type { PoolClient } from "pg";
import type { BatchHandler } from "#app/cache/process-batches.server.ts";
import type { OrderPlan } from "#app/erp/processor/process-order-with-context.server.ts";
import { applyPlans, asDone, planOrders } from "#app/erp/processor/process-orders.server.ts";
import { compareOrderRows } from "./compare-order-rows.server.ts";
import { countNames, type Foreseen } from "./foreseen.ts";

/**
 * What cached orders would change in their ERP rows. Decides as the processor does and writes no row of an order; the caller
 * takes back what was written of customers.
 */
export async function foreseeOrders(tx: PoolClient, batch: Parameters<BatchHandler>[1]): Promise<Foreseen> {
  const { plans, failed } = await planOrders(tx, batch);
  const differences = await compareOrderRows(tx, { shop: batch.shop, plans });
  return {
    entries: plans.map(({ id, outcome }) => ({
      id,
      outcome: outcome === "created" ? outcome : differences.has(id) ? "updated" : "unchanged",
    })),
    failed,
    columns: countNames([...differences.values()].map(({ columns }) => columns)),
  };
}

/** Cached orders into ERP rows, going by the rows themselves and not by the hash of what was last written: fills what is lacking. */
export const refillOrders: BatchHandler = async (tx, batch) => {
  const { plans, failed } = await planOrders(tx, batch);
  const differences = await compareOrderRows(tx, { shop: batch.shop, plans });
  const refilled = plans.map((plan): OrderPlan => {
    const parts = differences.get(plan.id)?.parts;
    if (parts === undefined) return plan;
    return { ...plan, outcome: "updated", changed: [...new Set([...plan.changed, ...parts])] };
  });
  await applyPlans(tx, batch.shop, refilled, batch.now);
  return { done: refilled.map(asDone), failed };
};
