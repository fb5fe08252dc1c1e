import { useEffect, useState } from "react";

import type { ChartsView } from "./charts-view.ts";
import { lookAgain } from "./look-again.ts";
import { readJson } from "./read-json.ts";

const LOOK_EVERY_MS = 15_000;

/** What the charts show, asked for once the page stands and then four times a minute; null until it has come. */
export function useCharts(): { charts: ChartsView | null; lost: boolean } {
  const [look, setLook] = useState<{ charts: ChartsView | null; lost: boolean }>({
    charts: null,
    lost: false,
  });
  useEffect(
    () =>
      lookAgain(
        LOOK_EVERY_MS,
        async (signal) => {
          const charts = await readJson<ChartsView>("/app/charts", signal);
          if (!signal.aborted) setLook({ charts, lost: false });
        },
        () => {
          setLook(({ charts }) => ({ charts, lost: true }));
        },
        { atOnce: true },
      ),
    [],
  );
  return look;
}
