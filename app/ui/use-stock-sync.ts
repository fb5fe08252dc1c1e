import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

import { lookAgain } from "./look-again.ts";
import { readJson } from "./read-json.ts";
import type { StockSync } from "./stock-view.ts";
import { isActive, type SyncProgress } from "./sync-view.ts";
import { useLatest, type Watch } from "./use-latest.ts";

const LOOK_EVERY_MS = 1000;
/** While nothing is at work a schedule may start something: every so many looks. */
const IDLE_LOOKS = 10;

const watch: Watch<StockSync> = (loaded, onLook) => {
  let shown = loaded;
  let looks = 0;
  return lookAgain(
    LOOK_EVERY_MS,
    async (signal) => {
      looks += 1;
      const isAtWork = shown.job !== null && isActive(shown.job);
      if (!isAtWork && looks % IDLE_LOOKS !== 0) return;
      const { now, jobs } = await readJson<Pick<SyncProgress, "now" | "jobs">>(
        "/app/settings/shopify/progress?part=jobs",
        signal,
      );
      shown = { ...shown, now, job: stockJob(jobs) };
      if (!signal.aborted) onLook(shown);
    },
    () => {
      onLook(null);
    },
  );
};

/** The stock sync that is at work, else the last one, of jobs the newest first. */
export function stockJob(jobs: SyncProgress["jobs"]): StockSync["job"] {
  const own = jobs.filter(({ jobType }) => jobType === "inventory");
  return own.find(isActive) ?? own[0] ?? null;
}

/** How the stock is being synced, kept fresh; the page's list is loaded anew as soon as a sync has ended. */
export function useStockSync(loaded: StockSync): { latest: StockSync; lost: boolean } {
  const look = useLatest(loaded, watch);
  const { revalidate } = useRevalidator();
  const { job } = look.latest;
  const isAtWork = job !== null && isActive(job);
  const wasAtWork = useRef(isAtWork);
  useEffect(() => {
    if (wasAtWork.current && !isAtWork) revalidate();
    wasAtWork.current = isAtWork;
  }, [isAtWork, revalidate]);
  return look;
}
