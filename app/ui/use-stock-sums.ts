import { useEffect, useState } from "react";

import type { StockSums } from "#app/erp/inventory/stock-item.ts";

import { lookAgain } from "./look-again.ts";
import { readJson } from "./read-json.ts";

const LOOK_EVERY_MS = 60_000;

/**
 * What there is at each location, asked for once the page stands and then every minute; null until it has come.
 * @param sync the stock sync that was the last: another one, or its end, is a reason to ask anew
 */
export function useStockSums(sync: string): { sums: readonly StockSums[] | null; lost: boolean } {
  const [look, setLook] = useState<{ sums: readonly StockSums[] | null; lost: boolean }>({
    sums: null,
    lost: false,
  });
  useEffect(
    () =>
      lookAgain(
        LOOK_EVERY_MS,
        async (signal) => {
          const sums = await readJson<StockSums[]>("/app/inventory/sums", signal);
          if (!signal.aborted) setLook({ sums, lost: false });
        },
        () => {
          setLook(({ sums }) => ({ sums, lost: true }));
        },
        { atOnce: true },
      ),
    [sync],
  );
  return look;
}
