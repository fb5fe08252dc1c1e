import { useRevalidator } from "@remix-run/react";
import { useEffect, useState } from "react";

import type { WorkbenchCounts } from "#app/erp/catalog/workbench-views.ts";

import { lookAgain } from "./look-again.ts";
import { readJson } from "./read-json.ts";

const LOOK_EVERY_MS = 2000;

/**
 * The counts of the workbench, kept fresh. Only counts are asked for again and again; once they differ from what the page was
 * loaded with, the page is loaded anew: orders went on, or somebody else has decided.
 */
export function useWorkbenchCounts(loaded: WorkbenchCounts): { counts: WorkbenchCounts; lost: boolean } {
  const { revalidate } = useRevalidator();
  const [lost, setLost] = useState(false);
  useEffect(
    () =>
      lookAgain(
        LOOK_EVERY_MS,
        async (signal) => {
          const counts = await readJson<WorkbenchCounts>("/app/catalogue/workbench/counts", signal);
          setLost(false);
          const names = Object.keys(loaded) as (keyof WorkbenchCounts)[];
          if (names.some((name) => counts[name] !== loaded[name])) revalidate();
        },
        () => {
          setLost(true);
        },
      ),
    [loaded, revalidate],
  );
  return { counts: loaded, lost };
}
