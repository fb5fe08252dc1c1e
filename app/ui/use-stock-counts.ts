import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";

import { lookAgain } from "./look-again.ts";
import { readJson } from "./read-json.ts";
import type { StockFigures, StockSendNews } from "./stock-compare-view.ts";

const LOOK_EVERY_MS = 15_000;

type Look = { counts: StockFigures | null; lost: boolean };

/**
 * The comparison in figures, asked for once the page stands and then again and again, because every level is counted; null until they
 * have come. Where they are others than before, or say what the page does not yet, the page's list is loaded anew.
 * @param shown what the page says of it
 * @param after what has just been done on the page: another one is a reason to count anew
 */
export function useStockCounts(shown: StockSendNews, after: unknown): Look {
  const [look, setLook] = useState<Look>({ counts: null, lost: false });
  const { revalidate } = useRevalidator();
  const known = useRef<string | null>(null);
  const page = useRef(shown);
  useEffect(() => {
    page.current = shown;
  }, [shown]);
  useEffect(
    () =>
      lookAgain(
        LOOK_EVERY_MS,
        async (signal) => {
          const counts = await readJson<StockFigures>("/app/inventory/compare/counts", signal);
          if (signal.aborted) return;
          setLook({ counts, lost: false });
          const found = JSON.stringify(counts);
          const { waits, questions } = page.current;
          // What came between the page and its first figures stands in the figures alone.
          const isOld = counts.questions !== questions || counts.waits !== waits;
          if (isOld || (known.current !== null && known.current !== found)) revalidate();
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
