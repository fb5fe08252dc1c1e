import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

import type { WorkbenchCounts } from "#app/erp/catalog/workbench-views.ts";

import { lookAgain } from "./look-again.ts";
import { readJson } from "./read-json.ts";
import { useLatest, type Watch } from "./use-latest.ts";

const LOOK_EVERY_MS = 5000;

const watch: Watch<WorkbenchCounts> = (_loaded, onLook) =>
  lookAgain(
    LOOK_EVERY_MS,
    async (signal) => {
      const latest = await readJson<WorkbenchCounts>("/app/catalogue/workbench/counts", signal);
      if (!signal.aborted) onLook(latest);
    },
    () => {
      onLook(null);
    },
  );

/** What the lists of the page are made of. Orders being processed are none of it: during a dump their number is never the same twice. */
const LISTED = ["waiting", "texts", "proposals", "mappings", "syncsProducts", "syncProblem"] as const;

/**
 * The counts of the workbench, kept fresh. Only counts are asked for again and again; once one differs that the page's lists are
 * made of, the page is loaded anew: orders went on, or somebody else has decided.
 */
export function useWorkbenchCounts(loaded: WorkbenchCounts): { latest: WorkbenchCounts; lost: boolean } {
  const look = useLatest(loaded, watch);
  const { revalidate } = useRevalidator();
  const isOld = LISTED.some((name) => look.latest[name] !== loaded[name]);
  useEffect(() => {
    if (isOld) revalidate();
  }, [isOld, revalidate]);
  return look;
}
