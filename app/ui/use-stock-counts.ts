import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";

import { lookAgain } from "./look-again.ts";
import { readJson } from "./read-json.ts";
import type { StockFigures } from "./stock-compare-view.ts";

const LOOK_EVERY_MS = 15_000;

type Look = { counts: StockFigures | null; lost: boolean };

/**
 * The comparison in figures, asked for once the page stands and then again and again, because every level is counted; null until they
 * have come. Where they are others than before, the page's list is loaded anew.
 * @param after what has just been done on the page: another one is a reason to count anew
 */
export function useStockCounts(after: unknown): Look {
  const [look, setLook] = useState<Look>({ counts: null, lost: false });
  const { revalidate } = useRevalidator();
  const known = useRef<string | null>(null);
  useEffect(
    () =>
      lookAgain(
        LOOK_EVERY_MS,
        async (signal) => {
          const counts = await readJson<StockFigures>("/app/inventory/compare/counts", signal);
          if (signal.aborted) return;
          setLook({ counts, lost: false });
          const found = JSON.stringify(counts);
          if (known.current !== null && known.current !== found) revalidate();
          known.current = found;
        },
        () => {
          setLook(({ counts }) => ({ counts, lost: true }));
        },
        { atOnce: true },
      ),
    [after, revalidate],
  );
  return look;
}
