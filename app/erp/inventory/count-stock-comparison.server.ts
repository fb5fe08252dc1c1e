import type { Db } from "#app/lib/db.server.ts";
import {
  comparedLevels,
  comparedValues,
  fedNowhere,
  isDiffering,
  saidOfAll,
  target,
} from "./compared-levels.ts";
import { loadCompared } from "./load-compared.server.ts";
import type { StockCompareCounts } from "./stock-compare-row.ts";

/** SQL over the compared columns: what would be done about a level. */
const OUTCOME = `coalesce(c.skipped, case when not ${isDiffering} then 'equal' when ${target} > coalesce(c.shopify, 0) then 'raised'
  when ${target} < c.shopify then 'lowered' else 'told' end)`;

/**
 * The whole comparison in figures: what a person sees before stock is pushed for the first time. Every level is compared, in one pass. What
 * the ERP has for locations where Shopify stocks nothing is looked for only where the ERP has said more than found its level.
 */
export async function countStockComparison(db: Db, { shop }: { shop: string }): Promise<StockCompareCounts> {
  const { orders, waits, pass, ...compared } = await loadCompared(db, { shop });
  const values = comparedValues(compared);
  const counted = new Map<string, number>();
  const moved = new Map<string, number>();
  const count = async (levels: string): Promise<number> => {
    const { rows } = await db.query<{ outcome: string; levels: number; units: number; unplaced: number }>(
      `select ${OUTCOME} as outcome, count(*) as levels, sum(abs(${target}::bigint - coalesce(c.shopify, 0)))::bigint as units,
         (select count(*) from (${saidOfAll(pass)}) fed) - sum(count(*) filter (where c."isPlaced")) over () as unplaced
       from (${levels}) c group by 1`,
      values,
    );
    for (const { outcome, levels: more, units } of rows) {
      counted.set(outcome, (counted.get(outcome) ?? 0) + more);
      moved.set(outcome, (moved.get(outcome) ?? 0) + units);
    }
    return rows[0]?.unplaced ?? 1;
  };
  const unplaced = await count(comparedLevels({ pass }));
  if (unplaced > 0) await count(fedNowhere({ pass }));
  const figure = (outcome: string) => counted.get(outcome) ?? 0;
  const skipped = {
    ...{ archived: figure("archived"), bundle: figure("bundle"), untracked: figure("untracked") },
    ...{ not_stocked: figure("not_stocked"), nothing_said: figure("nothing_said") },
  };
  const [equal, raised, lowered] = [figure("equal"), figure("raised"), figure("lowered")];
  return {
    levels: [...counted.values()].reduce((sum, levels) => sum + levels, 0),
    ...{ equal, differ: raised + lowered + figure("told"), raised, lowered, skipped },
    ...{ raisedUnits: moved.get("raised") ?? 0, loweredUnits: moved.get("lowered") ?? 0 },
    ...{ unprocessedOrders: orders, waits },
  };
}
